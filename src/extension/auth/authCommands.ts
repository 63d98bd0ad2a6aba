import * as vscode from "vscode";
import { scopesFor, type Environment } from "../../services/environments.ts";
import { isSignInError } from "../../services/idPorten/problem.ts";
import { problemText } from "../../services/idPorten/problemText.ts";
import { timeLeft, type Session } from "../../services/idPorten/session.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { messageLanguage } from "../settings.ts";
import { isForTesting, providerIdOf, type Environments } from "./environments.ts";
import type { IdPorten } from "./idPorten.ts";
import { isOwn } from "./ownClient.ts";
import type { Sessions } from "./sessions.ts";
import type { SignInService } from "./signInService.ts";
import { t } from "../l10n.ts";

interface Parts {
  readonly environments: Environments;
  readonly sessions: Sessions;
  readonly service: SignInService;
  readonly idPorten: IdPorten;
  readonly signOut: (sessionId: string) => Promise<void>;
  /** Ends a sign-in that is on its way. */
  readonly endRunning: () => void;
}

/** MVA: Sign in. Through VS Code, which asks for consent and, with several accounts, for which one. */
export function createSignIn({ environments, sessions, endRunning }: Parts): CommandHandler {
  let last: Promise<unknown> = Promise.resolve();
  return async () => {
    // VS Code takes the same request for the one that it is still waiting for, whose page may long be closed.
    endRunning();
    await last.catch(() => undefined);
    const environment = environments.require();
    const scopes = scopesFor(environment, ["validation", "submission"]);
    const options = { createIfNone: true, clearSessionPreference: true } as const;
    try {
      const asked = vscode.authentication.getSession(providerIdOf(environment), scopes, options);
      last = Promise.resolve(asked);
      const session = await asked;
      await sessions.prefer({ environment: environment.name, account: session.account });
    } catch (error) {
      // A failed sign-in has been told; a declined consent or a closed list was the user's own doing.
      if (!isDeclined(error)) throw error;
    }
  };
}

/** MVA: Sign out. With several accounts, the user chooses one. */
export function createSignOut({ environments, sessions, signOut }: Parts): CommandHandler {
  return async () => {
    const environment = environments.require();
    const session = await pickSession(await sessions.list(environment), t("Sign out"));
    if (session === undefined) return;
    const sameAccount = (await sessions.list(environment)).filter(({ account }) => account.id === session.account.id);
    for (const { id } of sameAccount) await signOut(id);
  };
}

/** MVA: Show session. Everything about the sessions of the active environment but the tokens. */
export function createShowSession({ environments, sessions, service }: Parts): CommandHandler {
  return async () => {
    const environment = environments.require();
    const all = await sessions.list(environment);
    const signIn = all.length === 0 ? t("Sign in") : t("Sign in again");
    const title =
      all.length === 0
        ? t("Nobody is signed in to “{0}”.", environment.name)
        : t("Signed in to “{0}”", environment.name);
    const detail = all.length === 0 ? describeEnvironment(environment) : all.map(describeSession).join("\n\n");
    const chosen = await vscode.window.showInformationMessage(title, { modal: true, detail }, signIn);
    if (chosen === undefined) return;
    if (all.length === 0) await vscode.commands.executeCommand("mvaMelding.signIn");
    else await service.signInAgain();
  };
}

/** MVA: Copy access token. For developers of other programs; where tokens open nothing real, and after a question. */
export function createCopyAccessToken({ environments, sessions }: Parts): CommandHandler {
  return async () => {
    const environment = environments.require();
    if (!isForTesting(environment)) {
      const text = t("Access tokens are copied in the sandbox and in ID-porten's test environment only.");
      void vscode.window.showWarningMessage(text);
      return;
    }
    const picked = await pickSession(await sessions.list(environment), t("Copy access token"));
    if (picked === undefined) return;
    const copy = t("Copy");
    const question = t("Copy the access token of {0}?", picked.account.label);
    const detail = t(
      "Whoever has it can act as this test person in “{0}” until it runs out. Keep it out of files, tickets and chats.",
      environment.name,
    );
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, copy)) !== copy) return;
    try {
      const session = await sessions.fresh(picked.id);
      await vscode.env.clipboard.writeText(session.tokens.access);
    } catch (error) {
      if (!isSignInError(error)) throw error;
      void vscode.window.showErrorMessage(problemText(error.problem)[messageLanguage()]);
    }
  };
}

/** MVA: Set client secret. Into SecretStorage, never into a file; empty forgets it. @returns whether one was entered */
export async function setClientSecret({
  environments,
  idPorten,
}: Pick<Parts, "environments" | "idPorten">): Promise<boolean> {
  const environment = environments.require();
  if (!isOwn(environment)) {
    void vscode.window.showInformationMessage(
      t("The client of “{0}” has no secret. Use a client of your own first.", environment.name),
    );
    return false;
  }
  const secret = await vscode.window.showInputBox({
    title: t("Secret of the client in “{0}”", environment.name),
    prompt: t("Kept by VS Code in the operating system's store. Empty forgets it, and makes the client a public one."),
    password: true,
    ignoreFocusOut: true,
  });
  if (secret === undefined) return false;
  await idPorten.setClientSecret(environment, secret.trim());
  const authenticationMethod = secret.trim() === "" ? "none" : "client_secret_post";
  if (environment.authenticationMethod !== authenticationMethod) {
    await environments.saveOwn({ ...environment, authenticationMethod });
  }
  const done = authenticationMethod === "none" ? t("The client secret is forgotten") : t("The client secret is stored");
  vscode.window.setStatusBarMessage(done, 10_000);
  return authenticationMethod !== "none";
}

interface SessionItem extends vscode.QuickPickItem {
  readonly session: Session;
}

/** The only session, or the one that the user chooses; undefined where there is none, or none was chosen. */
async function pickSession(sessions: readonly Session[], title: string): Promise<Session | undefined> {
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(t("Nobody is signed in."));
    return undefined;
  }
  const byAccount = [...new Map(sessions.toReversed().map((session) => [session.account.id, session])).values()];
  if (byAccount.length === 1) return sessions[0];
  const items = byAccount.map((session): SessionItem => ({
    label: session.account.label,
    description: session.scopes.join(" "),
    session,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.session;
}

function describeEnvironment({ issuer, clientId, redirectUris, acr }: Environment): string {
  return [
    t("ID-porten: {0}", issuer),
    t("Client: {0}", clientId),
    t("Redirect URIs: {0}", redirectUris.join(" ")),
    t("Security level asked for: {0}", acr),
  ].join("\n");
}

function describeSession(session: Session): string {
  const end = new Date(session.expiresAt);
  const seconds = Math.max(0, Math.round(timeLeft(session, Date.now()) / 1000));
  const renewal =
    session.tokens.refresh === null ? t("It can't be renewed without the browser.") : t("It is renewed when needed.");
  return [
    t("Account: {0}", session.account.label),
    t("Scopes: {0}", session.scopes.join(" ")),
    t("Security level: {0}", session.acr ?? "–"),
    t("Ends: {0} ({1} s). {2}", end.toLocaleTimeString(vscode.env.language), seconds, renewal),
    t("Client: {0}", session.clientId),
    t("ID-porten: {0}", session.issuer),
  ].join("\n");
}

/** VS Code words both in English only, and gives neither a code. */
function isDeclined(error: unknown): boolean {
  if (error instanceof vscode.CancellationError) return true;
  return error instanceof Error && /^cancell?ed$|did not consent/i.test(error.message);
}
