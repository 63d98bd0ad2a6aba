import type { Severity } from "../validation/finding.ts";
import type { CalendarDate } from "../vatReturn/calendar.ts";
import type { Text } from "../vatReturn/text.ts";
import type { ApplicationType, FieldName, GivenFields, RegisteredMethod } from "./registration.ts";

/** Where in a registration: `["redirect_uris", 0]`. An index one beyond the last stands for a new item. */
export type JsonPath = readonly (string | number)[];

/** One change to a registration; where several belong together, they are made at once. */
export type Change =
  | { readonly kind: "set"; readonly path: JsonPath; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: JsonPath }
  | { readonly kind: "rename"; readonly path: JsonPath; readonly name: string };

/** A way to put a problem right. */
export interface Remedy {
  readonly title: Text;
  readonly changes: readonly Change[];
  /** Whether this is what is meant almost certainly. */
  readonly preferred: boolean;
}

/** Something wrong with a registration, or worth knowing. */
export interface Problem {
  /** In kebab-case, constant. */
  readonly code: string;
  /** `error`: refused, or nobody can sign in. `warning`: works until it does not. `information`: good to know. */
  readonly severity: Severity;
  /** Whether the self-service or ID-porten itself would not take the registration. */
  readonly refused: boolean;
  readonly path: JsonPath;
  /** Whether the name of the field is meant rather than its value. */
  readonly atName: boolean;
  readonly message: Text;
  readonly remedies: readonly Remedy[];
}

/** Which of ID-porten's environments a registration is for: test takes what production does not. */
export type RegistrationFor = "test" | "production";

export interface CheckOptions {
  /** Today in Norway, for secrets and keys that run out. */
  readonly today: CalendarDate;
  readonly registrationFor: RegistrationFor;
}

/** A registration as the checks see it. */
export interface Subject {
  /** The fields that could be read. */
  readonly given: GivenFields;
  /** Fields that are there and could not be read; what is wrong with them has been said. */
  readonly broken: ReadonlySet<string>;
  readonly options: CheckOptions;
  /** The registered one, or the one that all the rest speaks for; null where it can't be known. */
  readonly applicationType: ApplicationType | null;
  readonly method: RegisteredMethod | null;
  /** Whether the client is given refresh tokens, as far as the registration says. */
  readonly refreshes: boolean;
}

/** One subject's problems of one kind. */
export type Check = (subject: Subject) => readonly Problem[];

interface Details {
  readonly refused?: boolean;
  readonly atName?: boolean;
  readonly remedies?: readonly Remedy[];
}

/** A problem at a place; see `Problem` for what is left out usually. */
export function problem(
  code: string,
  severity: Severity,
  path: JsonPath,
  message: Text,
  details: Details = {},
): Problem {
  const { refused = false, atName = false, remedies = [] } = details;
  return { code, severity, refused, path, atName, message, remedies };
}

export function remedy(title: Text, changes: readonly Change[], preferred = false): Remedy {
  return { title, changes, preferred };
}

/** Sets one field or item. */
export function setTo(path: JsonPath, value: unknown, preferred = true): Remedy {
  const written = JSON.stringify(value);
  const name = path.findLast((step) => typeof step === "string") ?? "";
  const title = { en: `Set ${name} to ${written}`, nb: `Sett ${name} til ${written}` };
  return remedy(title, [{ kind: "set", path, value }], preferred);
}

export function remove(path: JsonPath, what: string, preferred = true): Remedy {
  return remedy({ en: `Remove ${what}`, nb: `Fjern ${what}` }, [{ kind: "remove", path }], preferred);
}

/** Adds an item at the end of a list, or begins the list. */
export function addTo(field: FieldName, list: readonly unknown[] | undefined, item: string, preferred = true): Remedy {
  const change: Change =
    list === undefined
      ? { kind: "set", path: [field], value: [item] }
      : { kind: "set", path: [field, list.length], value: item };
  return remedy({ en: `Add ${item} to ${field}`, nb: `Legg ${item} til ${field}` }, [change], preferred);
}

/** Whether a field is missing: one that could not be read is there all the same. */
export function isMissing({ given, broken }: Subject, field: FieldName): boolean {
  return given[field] === undefined && !broken.has(field);
}
