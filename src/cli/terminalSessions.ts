import { join } from "node:path";
import { createFileSecretStore } from "../services/idPorten/fileSecretStore.ts";
import { createMemorySecretStore } from "../services/idPorten/secretStore.ts";
import { createSessionStore } from "../services/idPorten/sessionStore.ts";
import type { SessionStore } from "../services/idPorten/sessionStore.ts";
import { complain } from "./output.ts";

/** The sessions of the terminal: in memory, gone with the process, or in a file that only its owner can read. */
export function openSessions(where: { readonly storedIn: string | null }): SessionStore {
  const secrets =
    where.storedIn === null
      ? createMemorySecretStore()
      : createFileSecretStore({ path: join(where.storedIn, "sessions.json"), log: complain });
  return createSessionStore({ secrets, log: complain });
}
