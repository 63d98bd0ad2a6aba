import { parseArgs } from "node:util";
import type { Language } from "../vatReturn/text.ts";
import { closestTo } from "./closest.ts";
import { integrationCommandOf, integrationOptions, type IntegrationCommand } from "./integrationCommands.ts";
import { submissionCommandNames, submissionCommandOf, submissionOptions } from "./submissionCommands.ts";
import type { SandboxCommand, SubmissionCommand } from "./submissionCommands.ts";
import type { Access } from "./terminalTokens.ts";
import { UsageError } from "./usageError.ts";

export type CommandName = "validate" | "rules" | "explain" | "integration" | "sandbox" | SubmissionCommand["name"];
export type ReportFormat = "text" | "json" | "sarif";

/** What is said about something that the core has a default for; saying that it is not known is not the same as silence. */
export type Said = "yes" | "no" | "unknown";

export interface ValidateCommand {
  readonly name: "validate";
  readonly format: ReportFormat;
  readonly engine: "builtin" | "java";
  /** Whether deviating returns fail the run too. */
  readonly strict: boolean;
  /** `YYYY-MM-DD` as given, not yet checked to exist; null: today in Europe/Oslo. */
  readonly today: string | null;
  readonly tolerance: "faq" | "strict" | null;
  readonly firstSubmission: Said | null;
  readonly changeOfEarlierReturn: Said | null;
  readonly maximumBasis: string | null;
  readonly compensationRulesFrom: string | null;
  /** Each as given: `PERIOD-END=DEADLINE`. */
  readonly deadlines: readonly string[];
  readonly factsFiles: readonly string[];
  /** As whom and where Skatteetaten is asked too; null: nothing is sent anywhere. */
  readonly remote: Access | null;
  /** Files, folders, patterns, and `-` for standard input. */
  readonly inputs: readonly string[];
}

export type Command =
  | { readonly name: "help"; readonly of: CommandName | null }
  | { readonly name: "version" }
  | ValidateCommand
  | { readonly name: "rules"; readonly format: "text" | "json" }
  | { readonly name: "explain"; readonly rule: string }
  | IntegrationCommand
  | SandboxCommand
  | SubmissionCommand;

interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  readonly choices?: readonly string[];
  /** Whether `--no-NAME` is allowed too. A boolean option with choices may be given one of them, as `--NAME=unknown`. */
  readonly negatable?: boolean;
}

const everywhere: Readonly<Record<string, Option>> = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
  language: { type: "string", choices: ["en", "nb"] },
};

const said: readonly Said[] = ["yes", "no", "unknown"];

const optionsOf: Readonly<Record<CommandName, Readonly<Record<string, Option>>>> = {
  validate: {
    ...everywhere,
    format: { type: "string", choices: ["text", "json", "sarif"] },
    today: { type: "string" },
    tolerance: { type: "string", choices: ["faq", "strict"] },
    engine: { type: "string", choices: ["builtin", "java"] },
    strict: { type: "boolean" },
    "first-submission": { type: "boolean", negatable: true, choices: said },
    "change-of-earlier-return": { type: "boolean", negatable: true, choices: said },
    "maximum-basis": { type: "string" },
    "compensation-rules-from": { type: "string" },
    deadline: { type: "string", multiple: true },
    facts: { type: "string", multiple: true },
    remote: { type: "boolean" },
    environment: { type: "string" },
    client: { type: "string" },
    "test-person": { type: "string" },
  },
  rules: { ...everywhere, format: { type: "string", choices: ["text", "json"] } },
  explain: { ...everywhere },
  integration: { ...everywhere, ...integrationOptions },
  sandbox: everywhere,
  submit: { ...everywhere, ...submissionOptions.submit },
  submissions: { ...everywhere, ...submissionOptions.submissions },
  resume: { ...everywhere, ...submissionOptions.resume },
  abandon: { ...everywhere, ...submissionOptions.abandon },
  adopt: { ...everywhere, ...submissionOptions.adopt },
  login: { ...everywhere, ...submissionOptions.login },
  session: { ...everywhere, ...submissionOptions.session },
  logout: { ...everywhere, ...submissionOptions.logout },
};
const commandNames: readonly CommandName[] = [
  "validate",
  "rules",
  "explain",
  "integration",
  ...submissionCommandNames,
  "sandbox",
];

type Values = Readonly<Record<string, string | boolean | readonly string[]>>;

/**
 * Reads the arguments after `mva`; the language is read by `languageAskedFor`, since a wrong command line has one too.
 * @throws UsageError where they make no command.
 */
export function parseCommandLine(commandArguments: readonly string[]): Command {
  // The sandbox reads its own words.
  if (commandArguments[0] === "sandbox") return { name: "sandbox", words: commandArguments.slice(1) };
  const name = commandArguments.map(commandNamed).find((named) => named !== null) ?? null;
  const { values, positionals } = readOptions(commandArguments, name);
  return commandOf(name, values, positionals);
}

/** The language asked for with `--language`, also in a command line that is wrong otherwise. */
export function languageAskedFor(commandArguments: readonly string[]): Language | null {
  const joined = commandArguments.join("\n");
  const asked = /(?:^|\n)--language[=\n](en|nb)(?:\n|$)/.exec(joined)?.[1];
  return asked === "nb" || asked === "en" ? asked : null;
}

function commandNamed(word: string | undefined): CommandName | null {
  return commandNames.find((known) => known === word) ?? null;
}

function commandOf(name: CommandName | null, values: Values, positionals: readonly string[]): Command {
  if (values["version"] === true) return { name: "version" };
  if (values["help"] === true) return { name: "help", of: name };
  const [first, ...rest] = positionals;
  if (first === "help") return { name: "help", of: commandNamed(rest[0]) };
  if (name === null || first !== name) throw unknownCommand(first);
  switch (name) {
    case "validate":
      return validateCommand(values, rest);
    case "rules":
      if (rest.length > 0) throw tooMany("rules", rest[0] ?? "");
      return { name, format: values["format"] === "json" ? "json" : "text" };
    case "explain": {
      const [rule, extra] = rest;
      if (rule === undefined)
        throw new UsageError({
          en: "Say which rule to explain: mva explain R018",
          nb: "Oppgi regelen som skal forklares: mva explain R018",
        });
      if (extra !== undefined) throw tooMany("explain", extra);
      return { name, rule };
    }
    case "integration":
      return integrationCommandOf(values, rest);
    case "sandbox":
      return { name, words: rest };
    default:
      return submissionCommandOf(name, values, rest);
  }
}

function validateCommand(values: Values, inputs: readonly string[]): ValidateCommand {
  if (inputs.length === 0)
    throw new UsageError({
      en: "Say what to validate: a file, a folder, a pattern, or - for standard input.",
      nb: "Oppgi hva som skal valideres: en fil, en mappe, et mønster, eller - for standard inndata.",
    });
  const format = values["format"];
  const tolerance = values["tolerance"];
  return {
    name: "validate",
    format: format === "json" || format === "sarif" ? format : "text",
    engine: values["engine"] === "java" ? "java" : "builtin",
    strict: values["strict"] === true,
    today: text(values["today"]),
    tolerance: tolerance === "faq" || tolerance === "strict" ? tolerance : null,
    firstSubmission: whatIsSaid(values["first-submission"]),
    changeOfEarlierReturn: whatIsSaid(values["change-of-earlier-return"]),
    maximumBasis: text(values["maximum-basis"]),
    compensationRulesFrom: text(values["compensation-rules-from"]),
    deadlines: list(values["deadline"]),
    factsFiles: list(values["facts"]),
    remote: remoteAccess(values),
    inputs,
  };
}

function remoteAccess(values: Values): Access | null {
  const given = ["environment", "client", "test-person"].find((option) => values[option] !== undefined);
  if (values["remote"] !== true) {
    if (given === undefined) return null;
    throw new UsageError({
      en: `--${given} says where and as whom to ask Skatteetaten: it needs --remote.`,
      nb: `--${given} sier hvor og som hvem Skatteetaten spørres: det krever --remote.`,
    });
  }
  return {
    environment: text(values["environment"]) ?? "sandbox",
    clientId: text(values["client"]),
    testPerson: text(values["test-person"]),
  };
}

function readOptions(commandArguments: readonly string[], name: CommandName | null) {
  const known = name === null ? everywhere : optionsOf[name];
  const { tokens, positionals } = parseArgs({
    args: [...commandArguments],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean | string[]> = {};
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const negated = token.name.startsWith("no-") && known[token.name.slice(3)]?.negatable === true;
    const optionName = negated ? token.name.slice(3) : token.name;
    const option = Object.hasOwn(known, optionName) ? known[optionName] : undefined;
    if (option === undefined) throw unknownOption(token.rawName, known);
    if (option.type === "boolean") {
      if (token.value === undefined) values[optionName] = !negated;
      else if (option.choices === undefined || negated) throw takesNoValue(token.rawName);
      else values[optionName] = checkedValue(token.rawName, token.value, option);
    } else {
      const value = checkedValue(token.rawName, token.value, option);
      const before = values[optionName];
      values[optionName] = option.multiple === true ? [...(Array.isArray(before) ? before : []), value] : value;
    }
  }
  return { values, positionals };
}

function checkedValue(rawName: string, value: string | undefined, option: Option): string {
  if (value === undefined || value === "")
    throw new UsageError({ en: `${rawName} needs a value.`, nb: `${rawName} trenger en verdi.` });
  if (option.choices !== undefined && !option.choices.includes(value))
    throw new UsageError({
      en: `${rawName} must be ${listed(option.choices, "or")}, not “${value}”.`,
      nb: `${rawName} må være ${listed(option.choices, "eller")}, ikke «${value}».`,
    });
  return value;
}

function listed(choices: readonly string[], conjunction: string): string {
  return [choices.slice(0, -1).join(", "), choices.at(-1)].filter((part) => part !== "").join(` ${conjunction} `);
}

function unknownOption(rawName: string, known: Readonly<Record<string, Option>>): UsageError {
  const near = closestTo(rawName.replace(/^-+/, ""), Object.keys(known));
  return new UsageError({
    en: `There is no option ${rawName} here.${near === null ? "" : ` Is --${near} meant?`}`,
    nb: `Valget ${rawName} finnes ikke her.${near === null ? "" : ` Er --${near} ment?`}`,
  });
}

function unknownCommand(given: string | undefined): UsageError {
  if (given === undefined)
    return new UsageError({
      en: `Say what to do: ${commandNames.join(", ")}.`,
      nb: `Oppgi hva som skal gjøres: ${commandNames.join(", ")}.`,
    });
  const near = closestTo(given, commandNames);
  return new UsageError({
    en: `There is no command “${given}”. ${near === null ? `To judge it: mva validate ${given}` : `Is ${near} meant?`}`,
    nb: `Kommandoen «${given}» finnes ikke. ${near === null ? `For å validere den: mva validate ${given}` : `Er ${near} ment?`}`,
  });
}

function takesNoValue(rawName: string): UsageError {
  return new UsageError({ en: `${rawName} takes no value.`, nb: `${rawName} tar ingen verdi.` });
}

function tooMany(command: string, extra: string): UsageError {
  return new UsageError({
    en: `mva ${command} does not take the argument “${extra}”.`,
    nb: `mva ${command} tar ikke imot argumentet «${extra}».`,
  });
}

function text(value: Values[string] | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function whatIsSaid(value: Values[string] | undefined): Said | null {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return said.find((choice) => choice === value) ?? null;
}

function list(value: Values[string] | undefined): readonly string[] {
  return typeof value === "object" ? value : [];
}
