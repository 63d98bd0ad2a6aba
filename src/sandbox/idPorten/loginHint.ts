import { findPerson, type Person } from "../persons.ts";
import { isLevel, type Level } from "./acr.ts";

export interface TestLogin {
  readonly person: Person;
  readonly level: Level;
}

/**
 * Reads `testid:<national identity number>_<acr>`, with which the test environment (and nothing else) signs a synthetic
 * person in without a page.
 *
 * @returns null where the hint is absent or of another kind; "unknown" where it names nobody or no level we know
 */
export function readLoginHint(hint: string | undefined): TestLogin | "unknown" | null {
  if (!hint?.startsWith("testid:")) return null;
  const [, number, level] = /^testid:(\d{11})_([a-z-]+)$/.exec(hint) ?? [];
  const person = number === undefined ? undefined : findPerson(number);
  return person !== undefined && level !== undefined && isLevel(level) ? { person, level } : "unknown";
}
