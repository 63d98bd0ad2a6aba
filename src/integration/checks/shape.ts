import * as v from "valibot";
import { editDistance } from "../../vatReturn/editDistance.ts";
import { resembles } from "../../vatReturn/resemblance.ts";
import type { Text } from "../../vatReturn/text.ts";
import { anyPort, wildcardText } from "./redirects.ts";
import { problem, remedy, remove, setTo, type JsonPath, type Problem, type Remedy } from "../problem.ts";
import {
  applicationTypes,
  authenticationMethods,
  challengeMethods,
  fieldSchemas,
  integrationTypes,
  isFieldName,
  refreshTokenUsages,
  type FieldName,
  type GivenFields,
} from "../registration.ts";

const choices: Partial<Record<FieldName, readonly string[]>> = {
  integration_type: integrationTypes,
  application_type: applicationTypes,
  token_endpoint_auth_method: authenticationMethods,
  refresh_token_usage: refreshTokenUsages,
  code_challenge_method: challengeMethods,
};

/** Names that people write for values of ID-porten, from the portal and from the standard. */
const otherNames: Readonly<Record<string, string>> = {
  "api-klient": "api_klient",
  apiklient: "api_klient",
  desktop: "native",
  mobile: "native",
  spa: "browser",
  "single-page": "browser",
  engangs: "ONETIME",
  "one-time": "ONETIME",
  one_time: "ONETIME",
  gjenbrukbart: "REUSE",
  reusable: "REUSE",
  sha256: "S256",
};

export interface ReadFields {
  readonly given: GivenFields;
  readonly broken: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Reads each field by itself: one that is wrong keeps no other from being judged. */
export function readFields(registration: Readonly<Record<string, unknown>>): ReadFields {
  const given: Record<string, unknown> = {};
  const broken = new Set<string>();
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(registration)) {
    if (name === "$schema") continue;
    if (!isFieldName(name)) {
      problems.push(unknownField(name, Object.keys(registration)));
      continue;
    }
    const read = v.safeParse(fieldSchemas[name], value);
    if (read.success) given[name] = read.output;
    else {
      broken.add(name);
      problems.push(wrongValue(name, value, read.issues));
    }
  }
  return { given, broken, problems };
}

function unknownField(name: string, present: readonly string[]): Problem {
  const meant = Object.keys(fieldSchemas)
    .filter((known) => !present.includes(known) && resembles(known, name.replaceAll("-", "_")))
    // jwks_uri is another field of the standard's than jwks, not a slip of the keys.
    .filter((known) => !name.startsWith(`${known}_`))
    .sort((one, other) => editDistance(one, name) - editDistance(other, name))[0];
  if (meant === undefined) {
    const message: Text = {
      en: `“${name}” is no field that is known here. The self-service may ignore it, and then nothing of it is registered.`,
      nb: `«${name}» er ikke et felt som er kjent her. Selvbetjeningen kan se bort fra det, og da blir ingenting av det registrert.`,
    };
    return problem("unknown-field", "information", [name], message, { atName: true });
  }
  const message: Text = {
    en: `There is no field “${name}”: ${meant} is meant. A field of another name is ignored without a word, and the client gets the usual value instead.`,
    nb: `Feltet «${name}» finnes ikke: ${meant} er ment. Et felt med et annet navn blir oversett uten et ord, og klienten får den vanlige verdien i stedet.`,
  };
  const rename = remedy(
    { en: `Rename to ${meant}`, nb: `Endre navnet til ${meant}` },
    [{ kind: "rename", path: [name], name: meant }],
    true,
  );
  return problem("misspelt-field", "error", [name], message, { atName: true, remedies: [rename] });
}

function wrongValue(name: FieldName, value: unknown, issues: readonly v.BaseIssue<unknown>[]): Problem {
  const [issue] = issues;
  const steps = (issue?.path ?? []).map(({ key }) => key as string | number);
  const path: JsonPath = [name, ...steps];
  const listed = choices[name];
  if (listed !== undefined && typeof value === "string") return wrongChoice(name, value, listed);
  if ((name === "client_orgno" || name === "supplier_orgno") && typeof value === "string") {
    return problem("wrong-organisation-number", "error", path, organisationNumberText(value), { refused: true });
  }
  if (issue?.type === "url") return wrongAddress(path, issue.input);
  if (issue?.type === "min_length" && Array.isArray(value) && steps.length === 0) return emptyList(name);
  return wrongType(name, path, value, issue);
}

function wrongChoice(name: FieldName, value: string, listed: readonly string[]): Problem {
  const plain = value.trim().toLowerCase();
  const meant =
    listed.find((choice) => choice.toLowerCase() === plain) ??
    listed.find((choice) => choice === otherNames[plain]) ??
    listed.find((choice) => resembles(choice, plain));
  const message: Text = {
    en: `“${value}” is no value of ${name}. It is one of ${listed.join(", ")}, in exactly these letters.`,
    nb: `«${value}» er ingen verdi for ${name}. Den er en av ${listed.join(", ")}, med akkurat disse bokstavene.`,
  };
  const remedies = meant === undefined ? listed.map((choice) => setTo([name], choice, false)) : [setTo([name], meant)];
  return problem("unknown-value", "error", [name], message, { refused: true, remedies });
}

function organisationNumberText(value: string): Text {
  return /^\d{9}$/.test(value)
    ? {
        en: `${value} is no organisation number: its last digit does not follow from the others, so one digit is mistyped.`,
        nb: `${value} er ikke et organisasjonsnummer: det siste sifferet følger ikke av de andre, så ett siffer er tastet feil.`,
      }
    : {
        en: "An organisation number is nine digits, without spaces.",
        nb: "Et organisasjonsnummer er ni sifre, uten mellomrom.",
      };
}

function wrongAddress(path: JsonPath, value: unknown): Problem {
  const written = typeof value === "string" ? value : "";
  // Digdir's older example has a wildcard for the port, which is no address to any library.
  const wild = /^https?:\/\/(?:127\.0\.0\.1|localhost):\*\/(.*)$/.exec(written);
  if (wild !== null) {
    const fix = setTo(path, anyPort + (wild[1] ?? ""));
    return problem("redirect-wildcard", "error", path, wildcardText(written), { refused: true, remedies: [fix] });
  }
  const remedies: Remedy[] = [];
  if (/^(?:localhost|127\.0\.0\.1)[:/]/.test(written)) remedies.push(setTo(path, `http://${written}`));
  else if (/^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(written)) remedies.push(setTo(path, `https://${written}`));
  else if (written !== written.trim()) remedies.push(setTo(path, written.trim()));
  const message: Text = {
    en: `“${written}” is not a whole address: it begins with https:// (or http:// on this machine) and names a host.`,
    nb: `«${written}» er ikke en hel adresse: den begynner med https:// (eller http:// på denne maskinen) og navngir en vert.`,
  };
  return problem("not-an-address", "error", path, message, { refused: true, remedies });
}

function emptyList(name: FieldName): Problem {
  const message: Text =
    name === "scopes"
      ? {
          en: "scopes is empty: a client without scopes can ask for nothing.",
          nb: "scopes er tom: en klient uten scope kan ikke be om noe.",
        }
      : {
          en: "redirect_uris is empty: ID-porten has nowhere to send the user after the sign-in.",
          nb: "redirect_uris er tom: ID-porten har ingen steder å sende brukeren etter innloggingen.",
        };
  return problem("empty-list", "error", [name], message, { refused: true });
}

const keysText: Text = {
  en: 'jwks is an object with a list of keys: {"keys": [{"kty": "RSA", …}]}.',
  nb: 'jwks er et objekt med en liste av nøkler: {"keys": [{"kty": "RSA", …}]}.',
};

/** What each kind of value is called, by what the field takes. */
const kinds: Readonly<Record<string, Text>> = {
  string: { en: "a text in quotation marks", nb: "en tekst i anførselstegn" },
  number: { en: "a whole number, without quotation marks", nb: "et helt tall, uten anførselstegn" },
  boolean: { en: "true or false, without quotation marks", nb: "true eller false, uten anførselstegn" },
  Array: { en: "a list in square brackets", nb: "en liste i hakeparenteser" },
  Object: { en: "an object in braces", nb: "et objekt i krøllparenteser" },
};

function wrongType(name: FieldName, path: JsonPath, value: unknown, issue: v.BaseIssue<unknown> | undefined): Problem {
  if (name === "jwks") return problem("wrong-type", "error", ["jwks"], keysText, { refused: true });
  const isNumber = ["integer", "min_value", "number"].includes(issue?.type ?? "");
  const expected = kinds[isNumber ? "number" : (issue?.expected ?? "")] ??
    kinds["string"] ?? { en: "another value", nb: "en annen verdi" };
  const seconds = name.endsWith("_lifetime");
  const isEmpty = issue?.type === "min_length";
  const message: Text = isEmpty
    ? { en: `${name} is empty here.`, nb: `${name} er tom her.` }
    : seconds && typeof value === "number"
      ? {
          en: `${value} is no lifetime: ${name} is a whole number of seconds, 0 or more.`,
          nb: `${value} er ingen levetid: ${name} er et helt antall sekunder, 0 eller flere.`,
        }
      : {
          en: `${name} takes ${expected.en}${seconds ? ": seconds, 0 or more" : ""}.`,
          nb: `${name} skal være ${expected.nb}${seconds ? ": sekunder, 0 eller flere" : ""}.`,
        };
  const mended = isEmpty ? undefined : sameInRightType(issue?.input ?? value, issue);
  const isItem = path.length > 1;
  const remedies = [
    ...(mended === undefined ? [] : [setTo(path, mended)]),
    ...(isEmpty && isItem ? [remove(path, JSON.stringify(issue.input))] : []),
  ];
  return problem("wrong-type", "error", path, message, { refused: true, remedies });
}

/** The same value in the type that the field takes; undefined where that can't be told. */
function sameInRightType(value: unknown, issue: v.BaseIssue<unknown> | undefined): unknown {
  switch (issue?.type) {
    case "number":
      return typeof value === "string" && /^\d{1,10}$/.test(value.trim()) ? Number(value) : undefined;
    case "boolean":
      return value === "true" ? true : value === "false" ? false : undefined;
    case "array":
      return typeof value === "string" && value !== ""
        ? value.split(/[\s,]+/).filter((part) => part !== "")
        : undefined;
    case "string":
      return typeof value === "number" ? String(value) : undefined;
    default:
      return undefined;
  }
}
