import type { Language } from "../vatReturn/text.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The language that the environment asks for, by POSIX precedence: bokmål for Norwegian locales, English otherwise. */
export function languageOfEnvironment(environment: Environment): Language {
  const locale = [environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].find((value) => value);
  return /^(nb|nn|no)(?![a-z])/i.test(locale ?? "") ? "nb" : "en";
}

/** Whether to write colours: FORCE_COLOR decides, then NO_COLOR, then whether a person's terminal is reading. */
export function coloursWanted(environment: Environment, isTerminal: boolean): boolean {
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (environment["NO_COLOR"]) return false;
  return isTerminal && environment["TERM"] !== "dumb";
}
