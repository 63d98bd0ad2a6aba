import { stateFolder } from "../submission/stateFolder.ts";
import type { Language } from "../vatReturn/text.ts";
import { interruption } from "./interrupt.ts";
import type { TerminalContext } from "./login.ts";

/** What commands that reach out need of the process that they run in. Ctrl-C cancels what they do. */
export function terminal(language: Language): TerminalContext {
  return {
    language,
    stateFolder: stateFolder(),
    fetch: globalThis.fetch,
    now: () => Date.now(),
    clientSecret: process.env["MVA_CLIENT_SECRET"] ?? null,
    signal: interruption(),
  };
}
