import { SignInError } from "./problem.ts";
import type { SignInProblem } from "./problem.ts";
import type { RefreshOutcome } from "./refresh.ts";
import { timeLeft } from "./session.ts";
import type { Session } from "./session.ts";
import type { SessionStore } from "./sessionStore.ts";

export interface SessionKeeperOptions {
  readonly store: SessionStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Sends the refresh token once: `refreshSession` with the session's environment. Loaded when first needed. */
  readonly refresh: (session: Session, beforeSending: () => Promise<void>) => Promise<RefreshOutcome>;
  readonly log?: ((message: string) => void) | undefined;
  /** A session with less time than this is renewed before it is handed out. Default 30 s. */
  readonly marginSeconds?: number;
  /** How long another window may take over a renewal before it counts as lost. Default 45 s. */
  readonly patienceMilliseconds?: number;
}

/** Hands out sessions that last, renewing them just in time. */
export interface SessionKeeper {
  /**
   * A session whose access token can be used now: renewed first if it is about to run out and can be.
   * @throws SignInError `sessionExpired`, `sessionEnded`, `refreshUncertain` (sign in again), or why ID-porten could
   * not be reached (try again)
   */
  fresh(id: string): Promise<Session>;
}

/** Less than this is not worth handing out: the call would be refused on its way. */
const usableMilliseconds = 5000;

/** Only one renewal of a session is ever on its way, in this window or in another one. */
export function createSessionKeeper(options: SessionKeeperOptions): SessionKeeper {
  const { store, now } = options;
  const margin = (options.marginSeconds ?? 30) * 1000;
  const patience = options.patienceMilliseconds ?? 45_000;
  const flights = new Map<string, Promise<Session>>();

  /** The session as it is, if it still lasts a moment; else the reason why it can't be used. */
  const asItIs = (session: Session, problem: SignInProblem): Session => {
    if (timeLeft(session, now()) > usableMilliseconds) return session;
    throw new SignInError(problem);
  };

  const renew = async (id: string): Promise<Session> => {
    for (;;) {
      const session = await store.get(id);
      if (session === undefined) throw new SignInError({ code: "sessionEnded", environment: "", server: null });
      if (timeLeft(session, now()) > margin) return session;
      if (session.tokens.refresh === null) {
        return asItIs(session, { code: "sessionExpired", environment: session.environment });
      }
      if (session.refreshSentAt !== null) {
        const waited = now() - Date.parse(session.refreshSentAt);
        if (waited >= 0 && waited < patience && (await changesWithin(store, session, patience - waited))) continue;
        return giveUpRefreshToken(session);
      }
      const outcome = await options.refresh(session, () => claimTurn(session));
      const done = await settle(session, outcome);
      if (done !== null) return done;
    }
  };

  /** Writes down that the refresh token is being sent. Fails if another window was quicker. */
  const claimTurn = async (session: Session): Promise<void> => {
    const turn = { ours: false };
    await store.update(session.id, (stored) => {
      turn.ours = stored.tokens.refresh === session.tokens.refresh && stored.refreshSentAt === null;
      return turn.ours ? { ...stored, refreshSentAt: new Date(now()).toISOString() } : stored;
    });
    if (!turn.ours) throw new SignInError({ code: "superseded" });
  };

  /** Stores what a renewal brought before anyone uses it. Null means: look again. */
  const settle = async (session: Session, outcome: RefreshOutcome): Promise<Session | null> => {
    switch (outcome.kind) {
      case "renewed": {
        const stored = await store.update(session.id, () => outcome.session);
        options.log?.(`Renewed the session in ${session.environment} until ${outcome.session.expiresAt}.`);
        // Signed out meanwhile: what came is not brought back.
        if (stored === undefined) return null;
        return stored;
      }
      case "ended":
        await store.remove(session.id);
        options.log?.(`The session in ${session.environment} was ended: ${outcome.problem.code}.`);
        throw new SignInError(outcome.problem);
      case "notUsed": {
        if (outcome.problem.code === "superseded") return null;
        const kept = await store.update(session.id, (stored) => ({ ...stored, refreshSentAt: null }));
        options.log?.(`The session in ${session.environment} was not renewed: ${outcome.problem.code}.`);
        return asItIs(kept ?? session, outcome.problem);
      }
      case "uncertain":
        options.log?.(
          `Whether the session in ${session.environment} was renewed is not known: ${outcome.problem.code}.`,
        );
        return giveUpRefreshToken(session);
    }
  };

  const giveUpRefreshToken = async (session: Session): Promise<Session> => {
    const kept = await store.update(session.id, (stored) => ({
      ...stored,
      tokens: { ...stored.tokens, refresh: null },
      refreshSentAt: null,
    }));
    return asItIs(kept ?? session, { code: "refreshUncertain", environment: session.environment });
  };

  return {
    fresh: (id) => {
      const running = flights.get(id);
      if (running !== undefined) return running;
      const flight = renew(id).finally(() => flights.delete(id));
      flights.set(id, flight);
      return flight;
    },
  };
}

/** Whether a session becomes different within a time, or has become so already. */
function changesWithin(store: SessionStore, session: Session, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const subscription = store.onDidChange((change) => {
      if ([...change.changed, ...change.removed].some((other) => other.id === session.id)) end(true);
    });
    const timer = setTimeout(() => {
      end(false);
    }, milliseconds);
    const end = (changed: boolean): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(changed);
    };
    // The change may have come between the look that led here and the subscription.
    const look = async (): Promise<void> => {
      const stored = await store.get(session.id);
      if (stored?.refreshSentAt !== session.refreshSentAt) end(true);
    };
    look().catch(() => {
      end(false);
    });
  });
}
