import type { CalendarDate } from "../vatReturn/calendar.ts";
import { checkAddresses } from "./checks/addresses.ts";
import {
  checkApplicationType,
  checkGrants,
  checkIntegrationType,
  checkMethod,
  checkName,
  checkProofKey,
  checkSingleSignOn,
  likelyType,
} from "./checks/clientType.ts";
import { checkLifetimes } from "./checks/lifetimes.ts";
import { checkMicrosoft } from "./checks/microsoft.ts";
import { checkRedirects } from "./checks/redirects.ts";
import { checkScopes } from "./checks/scopes.ts";
import { checkKeys, checkSecret } from "./checks/secrets.ts";
import { readFields } from "./checks/shape.ts";
import { isMissing, problem, type Check, type CheckOptions, type Problem, type Subject } from "./problem.ts";
import type { GivenFields } from "./registration.ts";

const checks: readonly Check[] = [
  checkIntegrationType,
  checkApplicationType,
  checkMethod,
  checkName,
  checkGrants,
  checkScopes,
  checkRedirects,
  checkAddresses,
  checkLifetimes,
  checkProofKey,
  checkSingleSignOn,
  checkSecret,
  checkKeys,
];

export interface CheckedRegistration {
  /** What could be read, each field by itself. */
  readonly given: GivenFields;
  readonly problems: readonly Problem[];
}

/** Judges a registration in the shape of the self-service API. Never throws. @param registration what `JSON.parse` gave */
export function checkRegistration(registration: unknown, options: CheckOptions): CheckedRegistration {
  if (typeof registration !== "object" || registration === null || Array.isArray(registration)) {
    const message = {
      en: "A registration is an object: the fields of one client in braces.",
      nb: "En registrering er et objekt: feltene til én klient i krøllparenteser.",
    };
    return { given: {}, problems: [problem("not-a-registration", "error", [], message, { refused: true })] };
  }
  const { given, broken, problems } = readFields({ ...registration });
  const subject = subjectOf(given, broken, options);
  const found = [...problems, ...scopesMissing(subject), ...checks.flatMap((check) => check(subject))];
  // What Microsoft's page asks for is said of fields that have nothing else wrong with them.
  const named = new Set(found.filter(({ severity }) => severity !== "information").map(({ path }) => path[0]));
  const microsoft = checkMicrosoft(subject).filter(({ path }) => !named.has(path[0]));
  return { given, problems: [...found, ...microsoft] };
}

/** Whether a registration is one that the self-service or ID-porten would not take, and why. */
export function refusals(registration: unknown, today: CalendarDate): readonly Problem[] {
  const { problems } = checkRegistration(registration, { today, registrationFor: "test" });
  return problems.filter(({ refused }) => refused);
}

function subjectOf(given: GivenFields, broken: ReadonlySet<string>, options: CheckOptions): Subject {
  const method = given.token_endpoint_auth_method ?? null;
  return {
    given,
    broken,
    options,
    // Left out, ID-porten takes it for a web system.
    applicationType: likelyType(given) ?? given.application_type ?? (broken.has("application_type") ? null : "web"),
    method,
    refreshes: given.grant_types?.includes("refresh_token") === true && method !== "none",
  };
}

function scopesMissing(subject: Subject): readonly Problem[] {
  if (!isMissing(subject, "scopes")) return [];
  const message = {
    en: "scopes is missing: a client without scopes can ask for nothing.",
    nb: "scopes mangler: en klient uten scope kan ikke be om noe.",
  };
  return [problem("scopes-missing", "error", ["scopes"], message, { refused: true })];
}
