import { readFile } from "node:fs/promises";
import { builtInEnvironments, validationScopes } from "../services/environments.ts";
import type { Environment } from "../services/environments.ts";
import { readOwnEnvironment } from "../services/environmentSchema.ts";
import type { EnvironmentReading } from "../services/environmentSchema.ts";
import { environmentOfSandbox, readSandboxLine } from "../services/sandboxLine.ts";
import { UsageError } from "./usageError.ts";

/** Where to sign in, and the secret that came with it: a sandbox tells the secrets of its own clients. */
export interface TerminalEnvironment {
  readonly environment: Environment;
  readonly clientSecret: string | null;
}

/**
 * An environment by name (`sandbox`, `test`) or from a file: an environment of one's own as JSON, or the line that
 * `mva sandbox` prints.
 * @throws UsageError
 */
export async function findEnvironment(nameOrFile: string, clientId: string | null): Promise<TerminalEnvironment> {
  const builtIn = builtInEnvironments.find((environment) => environment.name === nameOrFile);
  if (builtIn !== undefined) {
    if (clientId === null) return { environment: builtIn, clientSecret: null };
    // Another client may not have been granted more than what the work needs.
    const scopes = { ...builtIn.scopes, validation: validationScopes };
    return { environment: { ...builtIn, clientId, scopes }, clientSecret: null };
  }
  let text: string;
  try {
    text = await readFile(nameOrFile, "utf8");
  } catch {
    throw new UsageError({
      en: `There is no environment “${nameOrFile}”: it is sandbox, test, or a file with one.`,
      nb: `Miljøet «${nameOrFile}» finnes ikke: det er sandbox, test, eller en fil med et miljø.`,
    });
  }
  const line = readSandboxLine(text);
  if (line !== null) {
    const environment = taken(environmentOfSandbox(line, clientId ?? undefined), nameOrFile);
    const client = line.clients.find((candidate) => candidate.clientId === environment.clientId);
    return { environment, clientSecret: client?.clientSecret ?? null };
  }
  const environment = taken(readOwnEnvironment(parseJson(text)), nameOrFile);
  return { environment: clientId === null ? environment : { ...environment, clientId }, clientSecret: null };
}

function taken(reading: EnvironmentReading, file: string): Environment {
  if (reading.ok) return reading.environment;
  const say = (language: "en" | "nb"): string =>
    reading.problems.map(({ path, text }) => (path === "" ? text[language] : `${path}: ${text[language]}`)).join(" ");
  throw new UsageError({ en: `${file}: ${say("en")}`, nb: `${file}: ${say("nb")}` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
