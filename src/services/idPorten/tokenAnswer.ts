/** The parts of a token answer that these functions read. */
export interface TokenTimes {
  readonly access_token: string;
  readonly expires_in?: number | undefined;
}

/** The client default of ID-porten, for an answer that says nothing about its lifetime. */
const defaultLifetimeSeconds = 120;

/** When an access token runs out, in milliseconds since 1970: by the answer, else by the token, else by the default. */
export function expiryOf(answer: TokenTimes, now: number): number {
  if (answer.expires_in !== undefined && answer.expires_in > 0) return now + answer.expires_in * 1000;
  const exp = expiryClaim(answer.access_token);
  return exp === null ? now + defaultLifetimeSeconds * 1000 : exp * 1000;
}

/** The scopes of an answer in the order asked for, then what was given besides; an answer without scopes means all. */
export function scopesOf(scope: string | undefined, requested: readonly string[]): readonly string[] {
  if (scope === undefined) return [...requested];
  const granted = new Set(scope.split(" ").filter((name) => name !== ""));
  return [
    ...requested.filter((name) => granted.has(name)),
    ...[...granted].filter((name) => !requested.includes(name)),
  ];
}

/** `exp` of a JSON Web Token, unverified, in seconds; null for an opaque token. Good for a guess at time, nothing more. */
function expiryClaim(token: string): number | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof payload !== "object" || payload === null || !("exp" in payload)) return null;
    return typeof payload.exp === "number" && Number.isFinite(payload.exp) ? payload.exp : null;
  } catch {
    return null;
  }
}
