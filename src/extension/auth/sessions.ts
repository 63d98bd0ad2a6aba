import * as vscode from "vscode";
import { coversPurpose, isIdentityScope, type Environment, type Purpose } from "../../services/environments.ts";
import { isSignInError, SignInError } from "../../services/idPorten/problem.ts";
import { belongsTo, timeLeft, type Session } from "../../services/idPorten/session.ts";
import { createSessionKeeper, type SessionKeeper } from "../../services/idPorten/sessionKeeper.ts";
import { createSessionStore, type SessionChange, type SessionStore } from "../../services/idPorten/sessionStore.ts";
import type { SecretStore } from "../../services/idPorten/secretStore.ts";
import type { Environments } from "./environments.ts";
import type { IdPorten } from "./idPorten.ts";

/** A timer of Node ends at once beyond this. */
const longestTimer = 2_147_000_000;
/** Which account counts where several are signed in, by environment. */
const preferredKey = "mvaMelding.preferredAccounts";

/** The editor's sessions: kept in SecretStorage, renewed just in time, and dropped when they can't be used any more. */
export class Sessions implements vscode.Disposable {
  readonly #environments: Environments;
  readonly #store: SessionStore;
  readonly #keeper: SessionKeeper;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<SessionChange>();
  readonly #log: vscode.LogOutputChannel;
  #expiry: NodeJS.Timeout | undefined;
  /** Fires for changes made anywhere, other windows included. */
  readonly onDidChange = this.#changed.event;
  readonly #expired = new vscode.EventEmitter<Session>();
  /** Fires for a session that has run out and could not be renewed, after it was dropped. */
  readonly onDidExpire = this.#expired.event;

  constructor(
    environments: Environments,
    idPorten: IdPorten,
    secrets: SecretStore,
    memory: vscode.Memento,
    log: vscode.LogOutputChannel,
  ) {
    this.#environments = environments;
    this.#memory = memory;
    this.#log = log;
    const note = (message: string): void => log.info(message);
    this.#store = createSessionStore({ secrets, log: note });
    this.#store.onDidChange((change) => {
      this.#changed.fire(change);
      void this.#watchExpiry();
    });
    this.#keeper = createSessionKeeper({
      store: this.#store,
      now: () => Date.now(),
      log: note,
      refresh: (session, beforeSending) => {
        const environment = this.#environmentOf(session);
        if (environment === null) throw new SignInError({ code: "sessionEnded", environment: "", server: null });
        return idPorten.bundle.refreshSession(idPorten.context(environment), session, beforeSending);
      },
    });
    void this.#watchExpiry();
  }

  dispose(): void {
    clearTimeout(this.#expiry);
    this.#store.dispose();
    this.#changed.dispose();
    this.#expired.dispose();
  }

  /** The sessions of an environment as it is now, the preferred account's first, then the newest first. */
  async list(environment: Environment): Promise<readonly Session[]> {
    const preferred = this.#preferred()[environment.name];
    const rank = (session: Session): number =>
      (session.account.id === preferred ? 1e15 : 0) + Date.parse(session.signedInAt);
    const sessions = await this.#store.list();
    return sessions
      .filter((session) => belongsTo(session, environment) && !isOver(session))
      .toSorted((one, other) => rank(other) - rank(one));
  }

  /** The session to use for a purpose; null if nobody is signed in for it. */
  async find(environment: Environment, purpose: Purpose): Promise<Session | null> {
    const sessions = await this.list(environment);
    return sessions.find((session) => coversPurpose(environment, purpose, session.scopes)) ?? null;
  }

  /** Those sessions of an environment that were given all of these scopes, and may have been given more. */
  async covering(environment: Environment, scopes: readonly string[]): Promise<readonly Session[]> {
    const needed = scopes.filter((scope) => !isIdentityScope(scope));
    const sessions = await this.list(environment);
    return sessions.filter((session) => needed.every((scope) => session.scopes.includes(scope)));
  }

  /** A session whose access token can be used now. @throws SignInError */
  async fresh(id: string): Promise<Session> {
    try {
      return await this.#keeper.fresh(id);
    } catch (error) {
      if (isSignInError(error, "sessionExpired")) await this.#watchExpiry();
      throw error;
    }
  }

  async add(session: Session): Promise<Session> {
    const stored = await this.#store.put(session);
    await this.prefer(stored);
    return stored;
  }

  remove(id: string): Promise<Session | undefined> {
    return this.#store.remove(id);
  }

  /** Makes this account the one that counts in its environment. */
  async prefer(session: Pick<Session, "environment" | "account">): Promise<void> {
    const all = { ...this.#preferred(), [session.environment]: session.account.id };
    await this.#memory.update(preferredKey, all);
  }

  #preferred(): Readonly<Record<string, unknown>> {
    const value = this.#memory.get<unknown>(preferredKey);
    return typeof value === "object" && value !== null ? { ...value } : {};
  }

  #environmentOf(session: Session): Environment | null {
    return this.#environments.read().usable.find((environment) => belongsTo(session, environment)) ?? null;
  }

  /** Drops what is over, now and whenever the next session runs out. */
  async #watchExpiry(): Promise<void> {
    clearTimeout(this.#expiry);
    try {
      const sessions = await this.#store.list();
      for (const session of sessions.filter(isOver)) {
        if ((await this.#store.remove(session.id)) === undefined) continue;
        this.#log.info(`The session of ${session.account.label} in ${session.environment} has run out.`);
        this.#expired.fire(session);
      }
      const waits = sessions.filter((session) => !isOver(session) && session.tokens.refresh === null).map(untilOver);
      if (waits.length === 0) return;
      clearTimeout(this.#expiry);
      this.#expiry = setTimeout(() => void this.#watchExpiry(), Math.min(Math.min(...waits), longestTimer));
    } catch (error) {
      this.#log.warn(`The stored sessions could not be read: ${error instanceof Error ? error.name : "unknown"}.`);
    }
  }
}

/** A session that can be renewed is never over by the clock: only ID-porten says when it is. */
function isOver(session: Session): boolean {
  return session.tokens.refresh === null && timeLeft(session, Date.now()) <= 0;
}

function untilOver(session: Session): number {
  return Math.max(0, timeLeft(session, Date.now())) + 50;
}
