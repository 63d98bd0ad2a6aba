import * as v from "valibot";
import type { SecretStore } from "./secretStore.ts";
import { sessionSchema } from "./session.ts";
import type { Session } from "./session.ts";

/** What became different, by session id. */
export interface SessionChange {
  readonly added: readonly Session[];
  readonly removed: readonly Session[];
  readonly changed: readonly Session[];
}

/** All sessions of all environments, agreed on with every other holder of the same secrets. */
export interface SessionStore {
  /** Read anew each time, so that what another window wrote counts. */
  list(): Promise<readonly Session[]>;
  get(id: string): Promise<Session | undefined>;
  /**
   * Adds a session, in place of those of the same person, client and environment that it covers with its scopes. A
   * person keeps the label that is known here already. Returns the session as stored.
   */
  put(session: Session): Promise<Session>;
  /** Changes a session if it is still there; the change sees what is stored at that moment. */
  update(id: string, change: (session: Session) => Session): Promise<Session | undefined>;
  /** Removes a session and returns it as it was; undefined if there was none. */
  remove(id: string): Promise<Session | undefined>;
  onDidChange(listener: (change: SessionChange) => void): { dispose(): void };
  dispose(): void;
}

export interface SessionStoreOptions {
  readonly secrets: SecretStore;
  readonly log?: ((message: string) => void) | undefined;
  /** Default `mvaMelding.sessions`. */
  readonly key?: string;
}

const storedSchema = v.object({ version: v.literal(1), sessions: v.array(v.unknown()) });

/** One key holds every session as checked JSON; a broken value is dropped with a line in the log. */
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const key = options.key ?? "mvaMelding.sessions";
  const { secrets } = options;
  const listeners = new Set<(change: SessionChange) => void>();
  let known: ReadonlyMap<string, Session> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const read = async (): Promise<readonly Session[]> => {
    const text = await secrets.get(key);
    if (text === undefined) return [];
    const stored = v.safeParse(storedSchema, parseJson(text));
    if (!stored.success) {
      options.log?.("The stored sessions can't be read and are dropped.");
      await secrets.delete(key);
      return [];
    }
    const sessions = stored.output.sessions.map((value) => v.safeParse(sessionSchema, value));
    const broken = sessions.filter((session) => !session.success).length;
    if (broken > 0) options.log?.(`${broken} stored session(s) can't be read and are dropped.`);
    return sessions.flatMap((session) => (session.success ? [session.output] : []));
  };

  const write = async (sessions: readonly Session[]): Promise<void> => {
    if (sessions.length === 0) await secrets.delete(key);
    else await secrets.store(key, JSON.stringify({ version: 1, sessions }));
  };

  /** Tells the listeners what is different from what they last knew. */
  const announce = (sessions: readonly Session[]): void => {
    const before = known ?? new Map<string, Session>();
    const after = new Map(sessions.map((session) => [session.id, session]));
    known = after;
    const change: SessionChange = {
      added: sessions.filter((session) => !before.has(session.id)),
      removed: [...before.values()].filter((session) => !after.has(session.id)),
      changed: sessions.filter((session) => {
        const old = before.get(session.id);
        return old !== undefined && JSON.stringify(old) !== JSON.stringify(session);
      }),
    };
    if (change.added.length + change.removed.length + change.changed.length === 0) return;
    for (const listener of listeners) listener(change);
  };

  const modify = <Result>(
    work: (sessions: readonly Session[]) => { readonly next: readonly Session[]; readonly result: Result },
  ): Promise<Result> =>
    inTurn(async () => {
      const sessions = await read();
      const { next, result } = work(sessions);
      if (next !== sessions) {
        // First what others wrote, then our own change: listeners see both, in order.
        announce(sessions);
        await write(next);
        announce(next);
      }
      return result;
    });

  const subscription = secrets.onDidChange((change) => {
    if (change.key === key) {
      inTurn(async () => announce(await read())).catch((error: unknown) => {
        options.log?.(`The stored sessions could not be read: ${error instanceof Error ? error.name : "unknown"}.`);
      });
    }
  });
  // What is stored at the start is known, not news.
  void inTurn(async () => {
    known ??= new Map((await read()).map((session) => [session.id, session]));
  }).catch(() => undefined);

  return {
    list: () => inTurn(read),
    get: (id) => inTurn(async () => (await read()).find((session) => session.id === id)),
    put: (session) =>
      modify((sessions) => {
        const relatives = sessions.filter((other) => sameAccount(other, session));
        const result = { ...session, account: relatives[0]?.account ?? session.account };
        const replaced = (other: Session): boolean =>
          other.id === session.id || (relatives.includes(other) && covers(session.scopes, other.scopes));
        return { next: [...sessions.filter((other) => !replaced(other)), result], result };
      }),
    update: (id, change) =>
      modify<Session | undefined>((sessions) => {
        const old = sessions.find((session) => session.id === id);
        if (old === undefined) return { next: sessions, result: undefined };
        const result = change(old);
        return { next: sessions.map((session) => (session === old ? result : session)), result };
      }),
    remove: (id) =>
      modify<Session | undefined>((sessions) => {
        const result = sessions.find((session) => session.id === id);
        return { next: result === undefined ? sessions : sessions.filter((session) => session !== result), result };
      }),
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose: () => {
      subscription.dispose();
      listeners.clear();
    },
  };
}

function sameAccount(one: Session, other: Session): boolean {
  return (
    one.environment === other.environment &&
    one.issuer === other.issuer &&
    one.clientId === other.clientId &&
    one.account.id === other.account.id
  );
}

function covers(scopes: readonly string[], others: readonly string[]): boolean {
  return others.every((scope) => scopes.includes(scope));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
