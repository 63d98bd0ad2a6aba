/**
 * Takes the place of the native module `@vscode/spdlog` in an installed host, so that nothing has to be compiled:
 * the same functions, writing plain lines straight to the file. Bundled to CommonJS by the installer.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

const levelNames = ["trace", "debug", "info", "warning", "error", "critical", "off"] as const;
const infoLevel = 2;

export const version = 0;
let sharedLevel = infoLevel;

/** The level (0 trace … 6 off) of loggers that have not been given one of their own. */
export function setLevel(level: number): void {
  sharedLevel = level;
}

/** Nothing is ever held back, so there is no level at which to flush. */
export function setFlushOn(): void {
  // Every line is written at once.
}

/** A logger that appends to one file. Patterns are ignored: a line is a time, a level and the text. */
export class Logger {
  readonly #file: string;
  readonly #name: string;
  #level: number | undefined;
  #dropped = false;

  constructor(_kind: string, name: string, file: string) {
    this.#name = name;
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  trace(message: string): void {
    this.#write(0, message);
  }
  debug(message: string): void {
    this.#write(1, message);
  }
  info(message: string): void {
    this.#write(2, message);
  }
  warn(message: string): void {
    this.#write(3, message);
  }
  error(message: string): void {
    this.#write(4, message);
  }
  critical(message: string): void {
    this.#write(5, message);
  }
  getLevel(): number {
    return this.#level ?? sharedLevel;
  }
  setLevel(level: number): void {
    this.#level = level;
  }
  setPattern(): void {
    // The line format is fixed.
  }
  clearFormatters(): void {
    // The line format is fixed.
  }
  flush(): void {
    // Every line is written at once.
  }
  drop(): void {
    this.#dropped = true;
  }

  #write(level: number, message: string): void {
    if (this.#dropped || level < this.getLevel()) return;
    const line = `${new Date().toISOString()} [${this.#name}] [${levelNames[level] ?? "?"}] ${message}\n`;
    try {
      appendFileSync(this.#file, line);
    } catch {
      // The folder goes away while the host shuts down; a lost log line must not bring it down.
    }
  }
}

export function createRotatingLogger(name: string, file: string): Promise<Logger> {
  return Promise.resolve(new Logger("rotating", name, file));
}

export function createAsyncRotatingLogger(name: string, file: string): Promise<Logger> {
  return Promise.resolve(new Logger("rotating_async", name, file));
}
