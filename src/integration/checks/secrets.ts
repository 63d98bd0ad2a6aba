import { addDays, daysBetween, type CalendarDate } from "../../vatReturn/calendar.ts";
import type { Text } from "../../vatReturn/text.ts";
import {
  isMissing,
  problem,
  remedy,
  remove,
  setTo,
  type Check,
  type JsonPath,
  type Problem,
  type Subject,
} from "../problem.ts";

/** How long the self-service lets them live, in days. */
const longestSecret = 360;
const longestKey = 366;
/** Days before its end at which a new one has to be thought of. */
const warnDays = 30;
const mostKeys = 5;
/** The years 2001 to 2100, counted in milliseconds; in seconds they would be tens of thousands of years away. */
const firstInMilliseconds = 1e12;
const lastInMilliseconds = 4_102_444_800_000;
/** Parts of an RSA key that only its owner may know. */
const privateParts = ["d", "p", "q", "dp", "dq", "qi"];

export const checkSecret: Check = (subject) => {
  const { client_secret: secret, client_secret_expires_at: expires } = subject.given;
  const problems: Problem[] = [];
  if (secret !== undefined) {
    const useless = subject.method === "none" || subject.method === "private_key_jwt";
    const message: Text = useless
      ? {
          en: `A client with the method ${subject.method} has no secret; this one is never used. It should not lie in a file either.`,
          nb: `En klient med metoden ${subject.method} har ingen hemmelighet; denne blir aldri brukt. Den bør heller ikke ligge i en fil.`,
        }
      : {
          en: "The client's secret stands here in plain text: whoever can read the workspace or its history can act as your system. Remove it, make a new one in the self-service, and keep it with MVA: Set client secret or in MVA_CLIENT_SECRET.",
          nb: "Klientens hemmelighet står her i klartekst: den som kan lese arbeidsområdet eller historikken, kan opptre som systemet ditt. Fjern den, lag en ny i selvbetjeningen, og ta vare på den med MVA: Legg inn klienthemmelighet eller i MVA_CLIENT_SECRET.",
        };
    const fix = remove(["client_secret"], "client_secret");
    problems.push(problem("secret-in-file", "warning", ["client_secret"], message, { atName: true, remedies: [fix] }));
  }
  if (expires !== undefined) {
    const names = { en: "The client's secret", nb: "Klientens hemmelighet" };
    const end = expires === 0 ? null : dayOf(expires);
    const path = ["client_secret_expires_at"] as const;
    problems.push(
      ...(inMilliseconds(path, expires) ?? lifeEnd(path, end, longestSecret, names, subject.options.today)),
    );
  }
  return problems;
};

export const checkKeys: Check = (subject) => {
  const { jwks } = subject.given;
  if (jwks === undefined) {
    if (subject.method !== "private_key_jwt" || !isMissing(subject, "jwks")) return [];
    return [noKey(["jwks"])];
  }
  const { keys } = jwks;
  if (keys.length === 0 && subject.method === "private_key_jwt") return [noKey(["jwks", "keys"])];
  const problems: Problem[] = keys.flatMap((key, index) => keyProblems(key, ["jwks", "keys", index], subject));
  if (keys.length > mostKeys) {
    const message = {
      en: `The self-service takes ${mostKeys} keys at most, and here are ${keys.length}. Take out those that are no longer used.`,
      nb: `Selvbetjeningen tar høyst ${mostKeys} nøkler, og her er det ${keys.length}. Ta ut dem som ikke er i bruk lenger.`,
    };
    problems.push(problem("too-many-keys", "error", ["jwks", "keys", mostKeys], message));
  }
  return problems;
};

function noKey(path: JsonPath): Problem {
  const message = {
    en: "A client with private_key_jwt needs its public key here, or in the self-service's own field for keys: without one every token call is answered with invalid_client.",
    nb: "En klient med private_key_jwt trenger den offentlige nøkkelen sin her, eller i selvbetjeningens eget felt for nøkler: uten den får hvert token-kall svaret invalid_client.",
  };
  // Usually the keys are registered apart from the client, so a file without them is no mistake yet.
  return problem("key-missing", "information", path, message, { refused: true });
}

function keyProblems(key: Readonly<Record<string, unknown>>, path: JsonPath, { options }: Subject): readonly Problem[] {
  const problems: Problem[] = [];
  const secret = privateParts.find((part) => key[part] !== undefined);
  if (secret !== undefined) {
    const message = {
      en: "This is the private half of the key. Only the public half (kty, n, e, kid, alg, use) is registered; the private one stays where it is used. A key that has lain in a file has to be replaced.",
      nb: "Dette er den private halvdelen av nøkkelen. Bare den offentlige (kty, n, e, kid, alg, use) registreres; den private blir der den brukes. En nøkkel som har ligget i en fil, må byttes.",
    };
    const publicHalf = Object.fromEntries(Object.entries(key).filter(([part]) => !privateParts.includes(part)));
    const title = { en: "Keep the public half only", nb: "Behold bare den offentlige halvdelen" };
    const fix = remedy(title, [{ kind: "set", path, value: publicHalf }], true);
    problems.push(problem("private-key", "error", [...path, secret], message, { atName: true, remedies: [fix] }));
  }
  if (key["kty"] !== "RSA" || (key["alg"] !== undefined && key["alg"] !== "RS256")) {
    const field = key["kty"] === "RSA" ? "alg" : "kty";
    const message = {
      en: "ID-porten takes RSA keys signing with RS256 only.",
      nb: "ID-porten tar bare RSA-nøkler som signerer med RS256.",
    };
    problems.push(problem("key-algorithm", "error", [...path, field], message));
  }
  const missing = ["kid", "n", "e"].filter((part) => typeof key[part] !== "string" && key["kty"] === "RSA");
  if (missing.length > 0) {
    const message = {
      en: `The key has no ${missing.join(", no ")}. Digdir wants the whole definition, and a kid that no other customer uses: the application names it when it authenticates.`,
      nb: `Nøkkelen mangler ${missing.join(", ")}. Digdir vil ha hele definisjonen, og en kid som ingen annen kunde bruker: applikasjonen oppgir den når den autentiserer seg.`,
    };
    problems.push(problem("key-incomplete", "error", path, message));
  }
  const { exp } = key;
  if (typeof exp === "number") {
    const names = { en: "The key", nb: "Nøkkelen" };
    const place = [...path, "exp"];
    problems.push(...(inMilliseconds(place, exp) ?? lifeEnd(place, dayOf(exp), longestKey, names, options.today)));
  }
  return problems;
}

/** A moment as most programming languages count it, where seconds are meant; null for others. */
function inMilliseconds(path: JsonPath, moment: number): readonly Problem[] | null {
  if (moment < firstInMilliseconds || moment > lastInMilliseconds) return null;
  const message = {
    en: `${moment} is ${dayOf(moment / 1000)} in milliseconds, and this field counts seconds since 1970: without the last three digits it is that day.`,
    nb: `${moment} er ${dayOf(moment / 1000)} i millisekunder, og dette feltet teller sekunder siden 1970: uten de tre siste sifrene er det den dagen.`,
  };
  return [
    problem("moment-in-milliseconds", "warning", path, message, { remedies: [setTo(path, Math.floor(moment / 1000))] }),
  ];
}

/** @param end null where it is said that there is none */
function lifeEnd(
  path: JsonPath,
  end: CalendarDate | null,
  longest: number,
  what: Text,
  today: CalendarDate,
): readonly Problem[] {
  const kind = longest === longestSecret ? "secret" : "key";
  const most = kind === "secret" ? { en: "360 days", nb: "360 dager" } : { en: "a year", nb: "ett år" };
  const left = end === null ? Infinity : daysBetween(today, end);
  if (left > longest) {
    const message = {
      en: `${what.en} lives for ${most.en} at most, whatever stands here: by ${addDays(today, Math.min(longest, 360))} at the latest it is over. Write the end that the self-service shows.`,
      nb: `${what.nb} lever i høyst ${most.nb}, uansett hva som står her: senest ${addDays(today, Math.min(longest, 360))} er det slutt. Skriv slutten som selvbetjeningen viser.`,
    };
    return [problem(`${kind}-life-too-long`, "information", path, message)];
  }
  if (left < 0) {
    const message = {
      en: `${what.en} ran out on ${end ?? ""}. ID-porten answers invalid_client until there is a new one.`,
      nb: `${what.nb} utløp ${end ?? ""}. ID-porten svarer invalid_client til det finnes en ny.`,
    };
    return [problem(`${kind}-expired`, "error", path, message)];
  }
  if (left > warnDays) return [];
  const message = {
    en: `${what.en} runs out on ${end ?? ""}, in ${left} ${left === 1 ? "day" : "days"}. It lives for ${most.en} at most and nobody reminds you: make the new one now, while the old one still works.`,
    nb: `${what.nb} utløper ${end ?? ""}, om ${left} ${left === 1 ? "dag" : "dager"}. Levetiden er høyst ${most.nb}, og ingen minner deg på det: lag den nye nå, mens den gamle fortsatt virker.`,
  };
  return [problem(`${kind}-expires-soon`, "warning", path, message)];
}

/** The day in UTC of seconds since 1970; the last day there is where they are beyond all days. */
function dayOf(seconds: number): CalendarDate {
  const milliseconds = seconds * 1000;
  return milliseconds > 253_402_300_799_000 ? "9999-12-31" : new Date(milliseconds).toISOString().slice(0, 10);
}
