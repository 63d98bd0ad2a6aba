import * as vscode from "vscode";
import { olderSubmissionScopes, scopesFor, type Environment } from "../../services/environments.ts";
import { diagnosis } from "../../services/idPorten/diagnosis.ts";
import { isSignInError } from "../../services/idPorten/problem.ts";
import { problemText } from "../../services/idPorten/problemText.ts";
import { belongsTo, timeLeft, type Session } from "../../services/idPorten/session.ts";
import type { SandboxManager } from "../sandbox/sandboxManager.ts";
import { messageLanguage } from "../settings.ts";
import type { Environments } from "./environments.ts";
import type { IdPorten } from "./idPorten.ts";
import { showProblem, type WaysOn } from "./problemMessage.ts";
import type { Sessions } from "./sessions.ts";
import { openBrowser, type SignInFlow, type SignInWishes } from "./signInFlow.ts";
import { t } from "../l10n.ts";

/** What a sign-in leads to when its message is answered; written by who knows the commands. */
export interface SignInDetours {
  /** Each resolves with whether there is something new to sign in with. */
  readonly useOwnClient: () => Promise<boolean>;
  readonly enterSecret: () => Promise<boolean>;
  readonly switchEnvironment: () => Promise<boolean>;
}

export interface SignInServiceParts {
  readonly environments: Environments;
  readonly idPorten: IdPorten;
  readonly sessions: Sessions;
  readonly flow: SignInFlow;
  readonly sandbox: SandboxManager;
  readonly log: vscode.LogOutputChannel;
  /** Name and version of the product and of what it runs in, for a diagnosis. */
  readonly versions: readonly string[];
}

/** Seconds beyond which a session's end needs no explanation at its beginning. */
const longSession = 300;

interface Attempt {
  readonly environment: Environment;
  readonly scopes: readonly string[];
  readonly error: unknown;
}

/** Signs in and out: the sandbox started where it is needed, the session kept, every failure told once. */
export class SignInService {
  readonly #parts: SignInServiceParts;
  readonly #toldShort = new Set<string>();
  #lastFailure: Attempt | null = null;
  detours: SignInDetours = {
    useOwnClient: () => Promise.resolve(false),
    enterSecret: () => Promise.resolve(false),
    switchEnvironment: () => Promise.resolve(false),
  };

  constructor(parts: SignInServiceParts) {
    this.#parts = parts;
  }

  /**
   * Signs in to an environment. What goes wrong is told to the user in one message with its ways on; the caller only
   * learns that it is over.
   * @throws CancellationError
   */
  async signIn(wanted: Environment, wishes: SignInWishes): Promise<Session> {
    const { sessions, flow, log } = this.#parts;
    let environment = wanted;
    try {
      environment = await this.ready(wanted);
      const { session, declinedScopes } = await flow.run(environment, wishes);
      const stored = await sessions.add(session);
      if (declinedScopes.length > 0) this.#tellDeclined(declinedScopes);
      else this.#tellShort(stored);
      this.#lastFailure = null;
      return stored;
    } catch (error) {
      log.warn(`Signing in to ${environment.name} failed: ${describe(error)}`);
      this.#tell({ environment, scopes: wishes.scopes, error }, wishes);
      // VS Code shows every other error once more.
      throw new vscode.CancellationError();
    }
  }

  /** Signs in again to the active environment as one click, without VS Code's question for consent. */
  async signInAgain(wishes: Partial<SignInWishes> = {}): Promise<void> {
    const environment = this.#parts.environments.require();
    const scopes = wishes.scopes ?? scopesFor(environment, ["validation", "submission"]);
    try {
      await this.signIn(environment, { ...wishes, scopes });
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) throw error;
    }
  }

  /** The environment with everything that it needs running. @throws SandboxFailedError */
  async ready(environment: Environment): Promise<Environment> {
    const { sandbox, environments } = this.#parts;
    if (environment.name !== "sandbox") return environment;
    await sandbox.start();
    return environments.find("sandbox") ?? environment;
  }

  /** Forgets a session here first; then ID-porten is told, as far as that goes. */
  async signOut(sessionId: string): Promise<void> {
    const { sessions, environments, idPorten, sandbox, log } = this.#parts;
    const session = await sessions.remove(sessionId);
    if (session === undefined) return;
    log.info(`Signed out of ${session.environment}.`);
    const environment = environments.read().usable.find((candidate) => belongsTo(session, candidate));
    if (environment === undefined || (environment.name === "sandbox" && sandbox.line === null)) return;
    const othersStay = (await sessions.list(environment)).length > 0;
    // Not awaited: who signs out is signed out, however long ID-porten takes to hear of it.
    void this.#signOutRemotely(environment, session, othersStay, idPorten).catch((error: unknown) => {
      log.warn(`Telling ID-porten of the sign-out failed: ${describe(error)}`);
    });
  }

  /** A text for a support ticket about the last failed sign-in, or about the environment as it is. */
  diagnosis(): string {
    const { environments, idPorten, versions } = this.#parts;
    const environment = this.#lastFailure?.environment ?? environments.require();
    return diagnosis(this.#lastFailure?.error ?? null, {
      environment,
      requestedScopes: this.#lastFailure?.scopes ?? scopesFor(environment, ["validation", "submission"]),
      now: Date.now(),
      versions,
      exchanges: idPorten.exchanges,
      language: messageLanguage(),
    });
  }

  async copyDiagnosis(): Promise<void> {
    await vscode.env.clipboard.writeText(this.diagnosis());
    void vscode.window.showInformationMessage(
      t("The diagnosis is on the clipboard. It holds no token, code, secret or national identity number."),
    );
  }

  async #signOutRemotely(
    environment: Environment,
    session: Session,
    othersStay: boolean,
    idPorten: IdPorten,
  ): Promise<void> {
    const { logoutUrl, problems } = await idPorten.bundle.signOutRemotely(idPorten.context(environment), session);
    for (const problem of problems) this.#parts.log.warn(problemText(problem).en);
    // The browser's sign-in is shared by everyone who is signed in from here: it ends with the last one.
    if (logoutUrl !== null && !othersStay) await openBrowser(logoutUrl);
  }

  /** Shows a failure of any kind. Not awaited by anyone: a sign-in is over when it failed, not when that was read. */
  #tell(attempt: Attempt, wishes: SignInWishes): void {
    const { environment, scopes, error } = attempt;
    if (isSignInError(error, "cancelled") || isSignInError(error, "superseded")) return;
    this.#lastFailure = attempt;
    const shown = isSignInError(error)
      ? showProblem(error, environment, this.#waysOn(attempt, wishes))
      : this.#showOther(error);
    const logFailure = (failure: unknown): void => {
      this.#parts.log.error(`A way on from a failed sign-in failed: ${describe(failure)}`);
    };
    shown.catch(logFailure);
    if (isSignInError(error, "scopeNotGranted") && olderSubmissionScopes.some((scope) => scopes.includes(scope))) {
      // Remembering what is refused would shut the door on today's scopes.
      this.#parts.environments.forgetOlderSubmissionScope(environment.name).catch(logFailure);
    }
  }

  async #showOther(error: unknown): Promise<void> {
    const copy = t("Copy diagnosis");
    const showLog = t("Show log");
    const isSandbox = error instanceof Error && error.name === "SandboxFailedError";
    const text = isSandbox
      ? t("The sandbox could not be started: {0}", error.message)
      : t("The sign-in failed: {0}", describe(error));
    const chosen = await vscode.window.showErrorMessage(text, showLog, copy);
    if (chosen === showLog) this.#parts.log.show();
    if (chosen === copy) await this.copyDiagnosis();
  }

  #waysOn({ environment, scopes }: Attempt, wishes: SignInWishes): WaysOn {
    const again = async (changes: Partial<SignInWishes>): Promise<void> => {
      await this.#quietly(this.signIn(environment, { ...wishes, ...changes }));
    };
    const afterwards = async (detour: Promise<boolean>): Promise<void> => {
      if (await detour) await this.signInAgain();
    };
    return {
      retry: () => again({}),
      pasteAddress: () => again({ listen: false }),
      validationOnly: () => again({ scopes: scopesFor(environment, ["validation"]) }),
      olderSubmissionScope: async () => {
        const others = scopes.filter((scope) => !scope.startsWith("altinn:"));
        const session = await this.#quietly(
          this.signIn(environment, { ...wishes, scopes: [...new Set([...others, ...olderSubmissionScopes])] }),
        );
        // What worked once is what is asked for from now on.
        if (session !== null) await this.#parts.environments.useOlderSubmissionScope(environment);
      },
      useOwnClient: () => afterwards(this.detours.useOwnClient()),
      enterSecret: () => afterwards(this.detours.enterSecret()),
      switchEnvironment: () => afterwards(this.detours.switchEnvironment()),
      useSandbox: async () => {
        await this.#parts.environments.activate("sandbox");
        await this.signInAgain();
      },
      copyDiagnosis: () => this.copyDiagnosis(),
    };
  }

  /** The outcome, or null where it failed and that has been told. */
  async #quietly(work: Promise<Session>): Promise<Session | null> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof vscode.CancellationError) return null;
      throw error;
    }
  }

  #tellDeclined(declined: readonly string[]): void {
    void vscode.window.showWarningMessage(problemText({ code: "scopeDeclined", declined })[messageLanguage()]);
  }

  /** A session of two minutes is normal, and a surprise to whoever meets the first one. Said once for each client. */
  #tellShort(session: Session): void {
    const seconds = Math.round(timeLeft(session, Date.now()) / 1000);
    if (seconds > longSession || session.tokens.refresh !== null || this.#toldShort.has(session.clientId)) return;
    this.#toldShort.add(session.clientId);
    void vscode.window.showInformationMessage(
      t(
        "The client's access tokens live for {0} seconds, so that is how long one stays signed in. The status bar says when it is time to sign in again, with one click. The client's registration (access_token_lifetime) can make it longer.",
        seconds,
      ),
    );
  }
}

function describe(error: unknown): string {
  if (isSignInError(error))
    return error.technical === null ? error.problem.code : `${error.problem.code}: ${error.technical}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
