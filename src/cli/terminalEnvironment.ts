import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { builtInEnvironments, validationScopes } from "../services/environments.ts";
import type { Environment } from "../services/environments.ts";
import { readOwnEnvironment } from "../services/environmentSchema.ts";
import type { EnvironmentReading } from "../services/environmentSchema.ts";
import { environmentOfSandbox, readSandboxLine } from "../services/sandboxLine.ts";
import { stateFolder } from "../submission/stateFolder.ts";
import { UsageError } from "./usageError.ts";

/** Where to sign in, and the secret that came with it: a sandbox tells the secrets of its own clients. */
export interface TerminalEnvironment {
  readonly environment: Environment;
  readonly clientSecret: string | null;
}

/**
 * An environment by name (`sandbox`, `test`, that of a file in the state folder's `environments`) or from a file: an
 * environment of one's own as JSON, or the line that `mva sandbox` prints.
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
  const text = await readEnvironment(nameOrFile);
  if (text === null) {
    throw new UsageError({
      en: `There is no environment “${nameOrFile}”: it is sandbox, test, a file with one, or the name of a file in ${ownEnvironments()}.`,
      nb: `Miljøet «${nameOrFile}» finnes ikke: det er sandbox, test, en fil med et miljø, eller navnet på en fil i ${ownEnvironments()}.`,
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

/** Where environments of one's own lie that are called by their name. */
function ownEnvironments(): string {
  return join(stateFolder(), "environments");
}

/** A file by its path, else one of the user's own environments by its name; null where there is neither. */
async function readEnvironment(nameOrFile: string): Promise<string | null> {
  const read = (path: string): Promise<string | null> => readFile(path, "utf8").catch(() => null);
  const isName = /^[\w.-]+$/.test(nameOrFile);
  return (await read(nameOrFile)) ?? (isName ? read(join(ownEnvironments(), `${nameOrFile}.json`)) : null);
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
