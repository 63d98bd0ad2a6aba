/** The security levels of persons in ID-porten, lowest first. */
export const levels = ["idporten-loa-low", "idporten-loa-substantial", "idporten-loa-high"] as const;
export type Level = (typeof levels)[number];

/** All values of the discovery document; those of eIDAS are known but nobody in the sandbox has one. */
export const supportedAcrValues = [...levels, "eidas-loa-low", "eidas-loa-substantial", "eidas-loa-high"] as const;

/** The names of the older platform, which the newer one still understands. */
const legacyNames: Readonly<Record<string, Level>> = {
  Level3: "idporten-loa-substantial",
  Level4: "idporten-loa-high",
};

export function isLevel(text: string): text is Level {
  return levels.some((level) => level === text);
}

/**
 * The lowest level that satisfies `acr_values`. A value asks for a minimum, so the lowest of several decides; null
 * where nothing (known) is asked for.
 */
export function requiredLevel(acrValues: string | undefined): Level | null {
  const asked = (acrValues ?? "").split(" ").map((value) => legacyNames[value] ?? value);
  return levels.find((level) => asked.includes(level)) ?? null;
}

/** Whether none of the values asked for is one that ID-porten knows. */
export function isUnknownAcr(acrValues: string | undefined): boolean {
  const asked = (acrValues ?? "").split(" ").filter((value) => value !== "");
  const known = (value: string): boolean =>
    value in legacyNames || supportedAcrValues.some((supported) => supported === value);
  return asked.length > 0 && !asked.some(known);
}

/** Whether `level` is at least `minimum`. */
export function satisfies(level: string | undefined, minimum: Level | null): boolean {
  if (minimum === null) return true;
  return level !== undefined && isLevel(level) && levels.indexOf(level) >= levels.indexOf(minimum);
}

/** The level one step below, for logins that are to come out too low. */
export function levelBelow(level: Level): Level {
  return level === "idporten-loa-high" ? "idporten-loa-substantial" : "idporten-loa-low";
}
