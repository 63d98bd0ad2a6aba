import type { Purpose } from "../services/environments.ts";
import { coversPurpose } from "../services/environments.ts";
import { createMemoryDiscoveryCache } from "../services/idPorten/context.ts";
import { isSignInError } from "../services/idPorten/problem.ts";
import { belongsTo, timeLeft } from "../services/idPorten/session.ts";
import type { Session } from "../services/idPorten/session.ts";
import { createSessionKeeper } from "../services/idPorten/sessionKeeper.ts";
import type { IdPortenTokenSource } from "../submission/altinnTokens.ts";
import { signInTo } from "./login.ts";
import type { TerminalContext } from "./login.ts";
import type { TerminalEnvironment } from "./terminalEnvironment.ts";
import { openSessions } from "./terminalSessions.ts";

/** As whom a command acts, and where. */
export interface Access {
  /** `sandbox`, `test` or a file. */
  readonly environment: string;
  readonly clientId: string | null;
  /** Synthetic national identity number to sign in without a browser; null for a stored session, else the browser. */
  readonly testPerson: string | null;
}

export interface TerminalTokens {
  readonly token: IdPortenTokenSource;
  /** The session of the last token; null before the first. */
  current(): Session | null;
}

/** A session with less left than this is not begun with. Milliseconds. */
const leastTime = 30_000;

/**
 * ID-porten's tokens for one command: of a session that `mva login --store` has left, renewed while that goes, else
 * of a sign-in. `fresh` always signs in again, unless the stored session can be renewed.
 */
export function terminalTokens(
  testPerson: string | null,
  found: TerminalEnvironment,
  purposes: readonly Purpose[],
  terminal: TerminalContext,
): TerminalTokens {
  const { environment, clientSecret } = found;
  let session: Session | null = null;
  let refusedStored = testPerson !== null;

  const stored = async (): Promise<Session | null> => {
    if (refusedStored) return null;
    const sessions = openSessions({ storedIn: terminal.stateFolder });
    try {
      const fitting = (await sessions.list()).filter(
        (candidate) =>
          belongsTo(candidate, environment) &&
          purposes.every((purpose) => coversPurpose(environment, purpose, candidate.scopes)),
      );
      const [found] = fitting.toSorted((one, other) => other.expiresAt.localeCompare(one.expiresAt));
      if (found === undefined) return null;
      const keeper = createSessionKeeper({
        store: sessions,
        now: terminal.now,
        refresh: async (expiring, beforeSending) => {
          const { refreshSession } = await import("../services/idPorten/signInBundle.ts");
          const context = {
            environment,
            fetch: terminal.fetch,
            now: terminal.now,
            discoveryCache: createMemoryDiscoveryCache(),
            clientSecret: () => Promise.resolve(terminal.clientSecret ?? clientSecret ?? undefined),
            signal: terminal.signal,
          };
          return refreshSession(context, expiring, beforeSending);
        },
      });
      return await keeper.fresh(found.id);
    } catch (error) {
      if (isSignInError(error)) return null;
      throw error;
    } finally {
      sessions.dispose();
    }
  };

  const signIn = async (): Promise<Session> => {
    const signedIn = await signInTo(found, { testPerson, purposes, store: false }, terminal);
    return signedIn.session;
  };

  return {
    current: () => session,
    async token(fresh) {
      if (session === null || fresh || timeLeft(session, terminal.now()) < leastTime) {
        const before = session?.tokens.access;
        const kept = await stored();
        // The same token again is of no use to whom it was refused.
        refusedStored = kept === null || kept.tokens.access === before;
        session = refusedStored || kept === null ? await signIn() : kept;
      }
      return { value: session.tokens.access, expiresAt: Date.parse(session.expiresAt) };
    },
  };
}
