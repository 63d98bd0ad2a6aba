import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where submissions are remembered: one folder for editor and terminal, so that either can go on with what the other
 * began. `MVA_HOME` overrides the platform's own place for state.
 */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const chosen = environment["MVA_HOME"];
  if (chosen !== undefined && chosen !== "") return chosen;
  switch (platform) {
    case "win32":
      return join(environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "mva-melding");
    case "darwin":
      return join(homedir(), "Library", "Application Support", "mva-melding");
    default:
      return join(environment["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state"), "mva-melding");
  }
}
