import type { Provider } from "oidc-provider";
import type { SandboxClient } from "../clients.ts";
import type { Faults } from "../faults.ts";
import type { Log } from "../log.ts";
import type { Section } from "../store.ts";
import type { GrantState } from "./adapter.ts";
import type { KeyState } from "./keys.ts";

/** What the parts of the sandbox's ID-porten share. */
export interface IdPortenContext {
  /** Without trailing slash. */
  readonly issuer: string;
  readonly keys: Section<KeyState>;
  readonly grants: Section<GrantState>;
  readonly faults: Faults;
  readonly log: Log;
  readonly client: (clientId: string) => SandboxClient | undefined;
  readonly clients: () => readonly SandboxClient[];
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Puts a new signing key in front; those before stay published. */
  readonly rotateKeys: () => Promise<void>;
  /** The provider of the moment; another one after a rotation. */
  readonly provider: () => Provider;
}

/** An issuer that is never the sandbox's own: the test environment's. */
export const foreignIssuer = "https://test.idporten.no";
