import type { LoginCommand, LogoutCommand, SessionCommand } from "./login.ts";
import type { Access } from "./terminalTokens.ts";
import { UsageError } from "./usageError.ts";

export interface SubmitCommand extends Access {
  readonly name: "submit";
  readonly file: string;
  readonly attachments: readonly string[];
  /** The user's own envelope; null to have one written. */
  readonly envelope: string | null;
  readonly out: string | null;
  readonly wait: boolean;
  /** Says yes to what the checklist asks. */
  readonly yes: boolean;
  /** Leaves the submitting to somebody who may sign. */
  readonly fillInOnly: boolean;
  readonly format: "text" | "json";
}

export interface ResumeCommand extends Omit<Access, "environment"> {
  readonly name: "resume";
  readonly id: string;
  /** null: the submission's own. */
  readonly environment: string | null;
  readonly wait: boolean;
  readonly format: "text" | "json";
}

export interface AbandonCommand extends Omit<Access, "environment"> {
  readonly name: "abandon";
  readonly id: string;
  readonly environment: string | null;
  readonly yes: boolean;
  readonly format: "text" | "json";
}

export interface AdoptCommand extends Omit<Access, "environment"> {
  readonly name: "adopt";
  /** null: the sandbox, or that of the submission it is for. */
  readonly environment: string | null;
  readonly wish:
    | { readonly kind: "list"; readonly organisationNumber: string }
    | { readonly kind: "instance"; readonly instanceId: string; readonly out: string | null }
    /** Which draft belongs to a submission whose creation got no answer. */
    | { readonly kind: "draft"; readonly instanceId: string; readonly submission: string }
    | { readonly kind: "delete"; readonly instanceId: string; readonly yes: boolean };
  readonly format: "text" | "json";
}

export interface SubmissionsCommand {
  readonly name: "submissions";
  readonly format: "text" | "json";
}

export interface SandboxCommand {
  readonly name: "sandbox";
  /** Handed on as they are. */
  readonly words: readonly string[];
}

export type SubmissionCommand =
  | SubmitCommand
  | ResumeCommand
  | AbandonCommand
  | AdoptCommand
  | SubmissionsCommand
  | LoginCommand
  | SessionCommand
  | LogoutCommand;

export const submissionCommandNames = [
  "submit",
  "submissions",
  "resume",
  "abandon",
  "adopt",
  "login",
  "session",
  "logout",
] as const satisfies readonly SubmissionCommand["name"][];

const access = {
  environment: { type: "string" },
  client: { type: "string" },
  "test-person": { type: "string" },
} as const;
const format = { format: { type: "string", choices: ["text", "json"] } } as const;

/** The options of each, as `commandLine.ts` reads them. */
export const submissionOptions = {
  submit: {
    ...access,
    ...format,
    attachment: { type: "string", multiple: true },
    envelope: { type: "string" },
    out: { type: "string" },
    wait: { type: "boolean" },
    yes: { type: "boolean" },
    "fill-in-only": { type: "boolean" },
  },
  submissions: format,
  resume: { ...access, ...format, wait: { type: "boolean" } },
  abandon: { ...access, ...format, yes: { type: "boolean" } },
  adopt: {
    ...access,
    ...format,
    organisation: { type: "string" },
    out: { type: "string" },
    for: { type: "string" },
    delete: { type: "boolean" },
    yes: { type: "boolean" },
  },
  login: {
    ...access,
    ...format,
    purpose: { type: "string", choices: ["validation", "submission"], multiple: true },
    store: { type: "boolean" },
  },
  session: format,
  logout: { environment: access.environment, client: access.client },
} as const;

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** @throws UsageError where something is missing or too much */
export function submissionCommandOf(
  name: SubmissionCommand["name"],
  values: Values,
  words: readonly string[],
): SubmissionCommand {
  const text = (option: string): string | null => {
    const value = values[option];
    return typeof value === "string" ? value : null;
  };
  const list = (option: string): readonly string[] => {
    const value = values[option];
    return typeof value === "object" ? value : [];
  };
  const format = values["format"] === "json" ? "json" : "text";
  const who = { clientId: text("client"), testPerson: text("test-person") };
  const environment = text("environment");
  switch (name) {
    case "submit":
      return {
        name,
        file: only(name, words, "FILE", "FIL"),
        ...who,
        environment: environment ?? "sandbox",
        attachments: list("attachment"),
        envelope: text("envelope"),
        out: text("out"),
        wait: values["wait"] === true,
        yes: values["yes"] === true,
        fillInOnly: values["fill-in-only"] === true,
        format,
      };
    case "resume":
      return { name, id: only(name, words, "ID", "ID"), ...who, environment, wait: values["wait"] === true, format };
    case "abandon":
      return { name, id: only(name, words, "ID", "ID"), ...who, environment, yes: values["yes"] === true, format };
    case "adopt":
      return { name, ...who, environment, wish: adoptWish(values, words, text), format };
    case "submissions":
    case "session":
      none(name, words);
      return { name, format };
    case "login": {
      none(name, words);
      const purposes = (["validation", "submission"] as const).filter((purpose) => list("purpose").includes(purpose));
      return {
        name,
        ...who,
        environment: environment ?? "sandbox",
        purposes: purposes.length === 0 ? ["validation", "submission"] : purposes,
        store: values["store"] === true,
        format,
      };
    }
    case "logout":
      none(name, words);
      return { name, environment: environment ?? "sandbox", clientId: who.clientId };
  }
}

function adoptWish(
  values: Values,
  words: readonly string[],
  text: (option: string) => string | null,
): AdoptCommand["wish"] {
  const organisationNumber = text("organisation");
  if (organisationNumber !== null) {
    none("adopt --organisation", words);
    if (!/^[0-9]{9}$/.test(organisationNumber)) {
      throw new UsageError({
        en: `An organisation number has nine digits: “${organisationNumber}” does not.`,
        nb: `Et organisasjonsnummer har ni siffer: «${organisationNumber}» har ikke det.`,
      });
    }
    return { kind: "list", organisationNumber };
  }
  const instanceId = only("adopt", words, "INSTANCE", "INSTANS");
  if (!/^[0-9]+\/[0-9a-fA-F-]{36}$/.test(instanceId)) {
    throw new UsageError({
      en: `An instance is called PARTY/GUID, as mva adopt --organisation NUMBER lists them: “${instanceId}” is none.`,
      nb: `En instans heter PART/GUID, slik mva adopt --organisation NUMMER lister dem: «${instanceId}» er ikke en.`,
    });
  }
  if (values["delete"] === true) return { kind: "delete", instanceId, yes: values["yes"] === true };
  const submission = text("for");
  return submission === null
    ? { kind: "instance", instanceId, out: text("out") }
    : { kind: "draft", instanceId, submission };
}

function only(name: string, [word, extra]: readonly string[], en: string, nb: string): string {
  if (word === undefined) {
    throw new UsageError({ en: `Say which one: mva ${name} ${en}`, nb: `Oppgi hvilken: mva ${name} ${nb}` });
  }
  if (extra !== undefined) throw tooMany(name, extra);
  return word;
}

function none(name: string, [extra]: readonly string[]): void {
  if (extra !== undefined) throw tooMany(name, extra);
}

function tooMany(name: string, extra: string): UsageError {
  return new UsageError({
    en: `mva ${name} does not take the argument “${extra}”.`,
    nb: `mva ${name} tar ikke imot argumentet «${extra}».`,
  });
}
