import * as vscode from "vscode";
import { scopesFor, type Environment } from "../../services/environments.ts";
import { isSignInError } from "../../services/idPorten/problem.ts";
import { belongsTo, type Session } from "../../services/idPorten/session.ts";
import type { SessionChange } from "../../services/idPorten/sessionStore.ts";
import { providerIdOf, type Environments } from "./environments.ts";
import type { Sessions } from "./sessions.ts";
import { sessionsLeft } from "./sessionsLeft.ts";
import type { SignInWishes } from "./signInFlow.ts";

/** What providers leave to others. */
export interface ProviderServices {
  readonly environments: Environments;
  readonly sessions: Sessions;
  /** Signs in and stores the session. A failure has been told to the user when this rejects. */
  readonly signIn: (environment: Environment, wishes: SignInWishes) => Promise<Session>;
  readonly signOut: (sessionId: string) => Promise<void>;
}

/**
 * One environment's ID-porten as an authentication provider. The third one stands for whichever of the user's own
 * environments is active, and has no session while none is.
 */
export class IdPortenProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly id: string;
  readonly #services: ProviderServices;
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #registrations: vscode.Disposable;
  /** The sessions that VS Code has been told of, by id. */
  #told: ReadonlyMap<string, vscode.AuthenticationSession> = new Map();
  readonly onDidChangeSessions = this.#changed.event;

  constructor(id: string, label: string, services: ProviderServices) {
    this.id = id;
    this.#services = services;
    const { environments, sessions } = services;
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      vscode.authentication.registerAuthenticationProvider(id, label, this, { supportsMultipleAccounts: true }),
      sessions.onDidChange((change) => this.#tell(change)),
      // Another environment, issuer or client has other sessions.
      environments.onDidChange(() => void this.#tellAll()),
    );
    void this.#tellAll();
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** All sessions without scopes; else those that have all of the scopes, ready to be used. @throws what keeps one from being so */
  async getSessions(
    scopes: readonly string[] | undefined,
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    const environment = this.#environment();
    if (environment === null) return [];
    const { sessions } = this.#services;
    const ofAccount = (session: Session): boolean =>
      options.account === undefined || session.account.id === options.account.id;
    if (scopes === undefined) return (await sessions.list(environment)).filter(ofAccount).map(toVsCode);
    const found = (await sessions.covering(environment, scopes)).filter(ofAccount);
    const ready: vscode.AuthenticationSession[] = [];
    let failure: Error | undefined;
    for (const { id } of found) {
      try {
        ready.push(toVsCode(await sessions.fresh(id)));
      } catch (error) {
        // A session that has ended is simply not there; one that can't be renewed at the moment is worth saying so.
        if (error instanceof Error && !isOverError(error)) failure ??= error;
      }
    }
    if (ready.length === 0 && failure !== undefined) throw failure;
    return ready;
  }

  async createSession(
    scopes: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession> {
    const environment = this.#environment() ?? this.#services.environments.require();
    const asked = scopes.length === 0 ? scopesFor(environment, ["validation", "submission"]) : withOpenId(scopes);
    // ID-porten remembers who signed in last: somebody else can only sign in if it is told to ask.
    const signedIn = await this.#services.sessions.list(environment);
    const wishes: SignInWishes =
      signedIn.length > 0 && options.account === undefined ? { scopes: asked, prompt: "login" } : { scopes: asked };
    return toVsCode(await this.#services.signIn(environment, wishes));
  }

  async removeSession(sessionId: string): Promise<void> {
    await this.#services.signOut(sessionId);
  }

  /**
   * Takes the sign-in entry for these scopes out of the Accounts menu. VS Code has no call for that: it drops an entry
   * when it hears of a session with the entry's scopes, so it hears of one, and at once that it is gone.
   */
  async withdrawEntry(scopes: readonly string[]): Promise<void> {
    const account = { id: `${this.id} nobody`, label: "–" };
    const nobody = { id: account.id, accessToken: "", account, scopes: [...scopes] };
    this.#changed.fire({ added: [nobody], removed: [], changed: [] });
    try {
      // An account is struck off the menu only once it is on it: by the time of this answer it is.
      await vscode.authentication.getAccounts(this.id);
    } finally {
      this.#changed.fire({ added: [], removed: [nobody], changed: [] });
    }
  }

  #environment(): Environment | null {
    return this.#services.environments.read().usable.find((environment) => this.#isMine(environment)) ?? null;
  }

  #isMine(environment: Environment): boolean {
    if (providerIdOf(environment) !== this.id) return false;
    return environment.name === "sandbox" || environment.name === "test"
      ? true
      : environment.name === this.#services.environments.activeName;
  }

  #tell(change: SessionChange): void {
    const environment = this.#environment();
    if (environment === null) return;
    const mine = (sessions: readonly Session[]): vscode.AuthenticationSession[] =>
      sessions.filter((session) => belongsTo(session, environment)).map(toVsCode);
    const [added, removed, changed] = [mine(change.added), mine(change.removed), mine(change.changed)];
    if (added.length + removed.length + changed.length === 0) return;
    const told = new Map(this.#told);
    for (const session of removed) told.delete(session.id);
    for (const session of [...added, ...changed]) told.set(session.id, session);
    this.#told = told;
    this.#changed.fire({ added, removed, changed: [...changed, ...sessionsLeft({ added, removed, changed }, told)] });
  }

  /** Tells the difference between what VS Code knows and what there is, where sessions came and went with a setting. */
  async #tellAll(): Promise<void> {
    const now = new Map((await this.getSessions(undefined)).map((session) => [session.id, session]));
    const before = this.#told;
    this.#told = now;
    const added = [...now.values()].filter(({ id }) => !before.has(id));
    const removed = [...before.values()].filter(({ id }) => !now.has(id));
    if (added.length + removed.length > 0) this.#changed.fire({ added, removed, changed: [] });
  }
}

function toVsCode(session: Session): vscode.AuthenticationSession {
  return {
    id: session.id,
    accessToken: session.tokens.access,
    account: { id: session.account.id, label: session.account.label },
    scopes: [...session.scopes],
  };
}

/** Without openid, ID-porten says nothing about who signed in. */
function withOpenId(scopes: readonly string[]): readonly string[] {
  return [...new Set(scopes.includes("openid") ? scopes : ["openid", ...scopes])];
}

function isOverError(error: unknown): boolean {
  return (["sessionExpired", "sessionEnded", "refreshUncertain"] as const).some((code) => isSignInError(error, code));
}
