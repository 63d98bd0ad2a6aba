import type { CallFaults } from "../callFaults.ts";
import type { CallLog } from "../callLog.ts";
import type { Log } from "../log.ts";
import type { Judge } from "../validation/judge.ts";
import type { Archive } from "./archive.ts";
import type { Clock } from "./clock.ts";
import type { CurrentSettings } from "./settings.ts";
import type { AltinnTokens } from "./tokens.ts";

/** What the parts of the sandbox's Altinn share. */
export interface AltinnContext {
  /** Such as `http://127.0.0.1:8088`: what all addresses begin with. */
  readonly origin: string;
  readonly platformUrl: string;
  readonly archive: Archive;
  readonly tokens: AltinnTokens;
  readonly settings: CurrentSettings;
  readonly faults: CallFaults;
  readonly calls: CallLog;
  readonly clock: Clock;
  readonly judge: Judge;
  readonly log: Log;
  /** The claims of a living access token of ID-porten's; null for anything else. */
  readonly verifyIdPortenToken: (token: string) => Readonly<Record<string, unknown>> | null;
}

/** The path under which an app of the authority's lives. */
export function appPath(app: string): string {
  return `/skd/${app}`;
}
