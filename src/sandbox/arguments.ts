import { logLevels, type LogLevel } from "./log.ts";

export interface SandboxArguments {
  /** Null for the default port or the next free one. */
  readonly port: number | null;
  readonly stateFolder: string | null;
  readonly clientFiles: readonly string[];
  readonly endsWithLastLease: boolean;
  readonly logLevel: LogLevel;
}

/** The command line makes no sense; the message says what would. */
export class ArgumentsError extends Error {}

export const usage = `mva sandbox [--port N] [--state FOLDER] [--client FILE]… [--leased] [--log-level LEVEL]

  --port N           the port on 127.0.0.1 (default: 8088, or the next free one; 0: any)
  --state FOLDER     keeps keys, sessions and tokens here, so that they outlive a restart
  --client FILE      a registration as the self-service API takes it, as one more client (can be repeated)
  --leased           ends when the last window that joined has left
  --log-level LEVEL  ${logLevels.join(", ")} (default: warn); the log goes to stderr
`;

function isLogLevel(text: string): text is LogLevel {
  return logLevels.some((level) => level === text);
}

/**
 * Reads the command line of the sandbox.
 *
 * @throws ArgumentsError
 */
export function parseArguments(words: readonly string[]): SandboxArguments {
  let port: number | null = null;
  let stateFolder: string | null = null;
  let endsWithLastLease = false;
  let logLevel: LogLevel = "warn";
  const clientFiles: string[] = [];

  const rest = words.flatMap((word) => (/^--[a-z-]+=/.test(word) ? splitOption(word) : [word]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const option = word;
    const value = (): string => {
      const next = rest.shift();
      if (next === undefined || next === "") throw new ArgumentsError(`${option} needs a value.`);
      return next;
    };
    switch (word) {
      case "--port": {
        const text = value();
        port = Number(text);
        if (!/^\d{1,5}$/.test(text) || port > 65_535) {
          throw new ArgumentsError(`--port takes a number from 0 to 65535, not ${text}.`);
        }
        break;
      }
      case "--state":
        stateFolder = value();
        break;
      case "--client":
        clientFiles.push(value());
        break;
      case "--leased":
        endsWithLastLease = true;
        break;
      case "--log-level": {
        const text = value();
        if (!isLogLevel(text)) throw new ArgumentsError(`--log-level takes ${logLevels.join(", ")}, not ${text}.`);
        logLevel = text;
        break;
      }
      default:
        throw new ArgumentsError(`${word} is not an option of the sandbox.`);
    }
  }
  return { port, stateFolder, clientFiles, endsWithLastLease, logLevel };
}

function splitOption(word: string): string[] {
  const at = word.indexOf("=");
  return [word.slice(0, at), word.slice(at + 1)];
}
