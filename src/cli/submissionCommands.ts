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
  SubmitCommand | ResumeCommand | AbandonCommand | SubmissionsCommand | LoginCommand | SessionCommand | LogoutCommand;

export const submissionCommandNames = [
  "submit",
  "submissions",
  "resume",
  "abandon",
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
