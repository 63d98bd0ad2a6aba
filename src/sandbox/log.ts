import { inspect } from "node:util";

export const logLevels = ["error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where the sandbox writes what it does. Everything passes through {@link redact} first. */
export interface Log {
  readonly error: (message: string, cause?: unknown) => void;
  readonly warn: (message: string, cause?: unknown) => void;
  readonly info: (message: string) => void;
  readonly debug: (message: string) => void;
  readonly trace: (message: string) => void;
}

const secretParameters =
  /\b(code|code_verifier|code_challenge|access_token|refresh_token|id_token|id_token_hint|client_secret|client_assertion|state|nonce|login_hint|token|request_uri|xsrf|lease)(["']?\s*[=:]\s*["']?)[^\s&"',}]+/gi;

/**
 * The text without anything that may not stand in a log: tokens, codes, secrets, cookies, national identity numbers.
 * What is cut out leaves a mark behind, so that the line stays understandable.
 */
export function redact(text: string): string {
  return text
    .replace(/\bey[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*)?/g, "[token]")
    .replace(/\b(authorization|cookie|set-cookie)(["']?\s*[:=]\s*["']?)[^\n"']+/gi, "$1$2[redacted]")
    .replace(/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, "$1 [redacted]")
    .replace(secretParameters, "$1$2[redacted]")
    .replace(/(?<!\d)\d{6}\s?\d{5}(?!\d)/g, "[national identity number]")
    .replace(/(?<![A-Za-z0-9_/-])[A-Za-z0-9_-]{40,}(?![A-Za-z0-9_-])/g, "[secret]");
}

/** A log that writes one line per message to `write`, for messages at `level` and above. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const threshold = logLevels.indexOf(level);
  const at = (own: LogLevel) => (message: string, cause?: unknown) => {
    if (logLevels.indexOf(own) > threshold) return;
    const detail =
      cause === undefined ? "" : `: ${cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause)}`;
    write(`${own.padEnd(5)} ${redact(message + detail)}\n`);
  };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug"), trace: at("trace") };
}
