import { isScenarioName, scenarios, type ScenarioName } from "./altinn/settings.ts";
import { logLevels, type LogLevel } from "./log.ts";

export interface SandboxArguments {
  /** Null for the default port or the next free one. */
  readonly port: number | null;
  readonly stateFolder: string | null;
  readonly clientFiles: readonly string[];
  readonly endsWithLastLease: boolean;
  readonly logLevel: LogLevel;
  readonly factsFiles: readonly string[];
  /** What is left out is as usual. */
  readonly settings: {
    readonly scenario?: ScenarioName;
    readonly verdictDelay?: number;
    readonly receiptDelay?: number;
    readonly freshWindow?: number;
  };
}

/** The command line makes no sense; the message says what would. */
export class ArgumentsError extends Error {}

export const usage = `mva sandbox [--port N] [--state FOLDER] [--client FILE]… [--scenario NAME] [--facts FILE]…
            [--verdict-delay MS] [--receipt-delay MS] [--fresh-window MS] [--leased] [--log-level LEVEL]

  --port N           the port on 127.0.0.1 (default: 8088, or the next free one; 0: any)
  --state FOLDER     keeps keys, sessions and tokens here, so that they outlive a restart
  --client FILE      a registration as the self-service API takes it, as one more client (can be repeated)
  --scenario NAME    what becomes of submitted returns: ${Object.keys(scenarios).join(", ")}
  --facts FILE       what the registers hold of organisations (can be repeated); the sandbox has facts of its own
  --verdict-delay MS from the submission to the verdict (default: 3000)
  --receipt-delay MS from the verdict to the receipt (default: 1000)
  --fresh-window MS  how long a new instance answers 404 (default: 0)
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
  const factsFiles: string[] = [];
  const settings: { -readonly [name in keyof SandboxArguments["settings"]]: SandboxArguments["settings"][name] } = {};

  const rest = words.flatMap((word) => (/^--[a-z-]+=/.test(word) ? splitOption(word) : [word]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const option = word;
    const milliseconds = (): number => {
      const text = value();
      if (!/^\d{1,7}$/.test(text) || Number(text) > 3_600_000) {
        throw new ArgumentsError(`${option} takes milliseconds from 0 to 3600000, not ${text}.`);
      }
      return Number(text);
    };
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
      case "--scenario": {
        const text = value();
        if (!isScenarioName(text)) {
          throw new ArgumentsError(`--scenario takes ${Object.keys(scenarios).join(", ")}, not ${text}.`);
        }
        settings.scenario = text;
        break;
      }
      case "--facts":
        factsFiles.push(value());
        break;
      case "--verdict-delay":
        settings.verdictDelay = milliseconds();
        break;
      case "--receipt-delay":
        settings.receiptDelay = milliseconds();
        break;
      case "--fresh-window":
        settings.freshWindow = milliseconds();
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
  return { port, stateFolder, clientFiles, endsWithLastLease, logLevel, factsFiles, settings };
}

function splitOption(word: string): string[] {
  const at = word.indexOf("=");
  return [word.slice(0, at), word.slice(at + 1)];
}
