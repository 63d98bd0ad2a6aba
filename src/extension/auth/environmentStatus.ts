import * as vscode from "vscode";
import { coversPurpose, type Environment } from "../../services/environments.ts";
import { timeLeft, type Session } from "../../services/idPorten/session.ts";
import type { Environments } from "./environments.ts";
import type { Sessions } from "./sessions.ts";
import { t } from "../l10n.ts";

/** A session that can't be renewed by itself is warned of this long before it ends. */
const warnMilliseconds = 60_000;

/** What the item has to say. */
interface Shown {
  readonly environment: Environment | null;
  readonly session: Session | null;
  /** Somebody was signed in until it ran out. */
  readonly ended: boolean;
}

/** A status item with the active environment, and the session's end before it comes. Hidden until something is in use. */
export class EnvironmentStatus implements vscode.Disposable {
  readonly #environments: Environments;
  readonly #sessions: Sessions;
  readonly #item: vscode.StatusBarItem;
  readonly #registrations: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  /** Name of the environment whose last session has run out. */
  #ended: string | null = null;
  #shown = false;

  constructor(environments: Environments, sessions: Sessions) {
    this.#environments = environments;
    this.#sessions = sessions;
    this.#item = vscode.window.createStatusBarItem("mvaMelding.environment", vscode.StatusBarAlignment.Left, 0);
    this.#item.name = t("MVA environment");
    this.#registrations = vscode.Disposable.from(
      this.#item,
      environments.onDidChange(() => void this.#update()),
      sessions.onDidChange(({ added }) => {
        if (added.some((session) => session.environment === this.#ended)) this.#ended = null;
        void this.#update();
      }),
      sessions.onDidExpire((session) => {
        this.#ended = session.environment;
        void this.#update();
      }),
    );
    void this.#update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#registrations.dispose();
  }

  /** Shows the item from now on. */
  show(): void {
    if (this.#shown) return;
    this.#shown = true;
    this.#item.show();
  }

  async #update(): Promise<void> {
    const environment = this.#environments.active;
    const session = environment === null ? null : ((await this.#sessions.list(environment))[0] ?? null);
    clearTimeout(this.#timer);
    this.#describe({ environment, session, ended: this.#ended !== null && this.#ended === environment?.name });
    const wait = session === null ? null : untilNextText(session);
    if (wait !== null) this.#timer = setTimeout(() => void this.#update(), wait);
  }

  #describe({ environment, session, ended }: Shown): void {
    const item = this.#item;
    const name = this.#environments.activeName;
    item.backgroundColor = undefined;
    item.command = "mvaMelding.switchEnvironment";
    item.tooltip = tooltip(environment, session);
    if (environment === null) {
      item.text = t("$(error) MVA: {0} can't be used", name);
      item.backgroundColor = new vscode.ThemeColor("statusBarItem.errorBackground");
    } else if (session !== null && isEnding(session)) {
      const seconds = Math.ceil(timeLeft(session, Date.now()) / 10_000) * 10;
      item.text = t("$(clock) MVA: {0}, signed in for {1} s more", name, seconds);
      item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
      item.command = "mvaMelding.signInAgain";
    } else if (ended && session === null) {
      item.text = t("$(sign-in) MVA: {0}, sign in again", name);
      item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
      item.command = "mvaMelding.signInAgain";
    } else {
      item.text = `${name === "sandbox" ? "$(beaker)" : "$(globe)"} MVA: ${name}`;
    }
  }
}

function isEnding(session: Session): boolean {
  return session.tokens.refresh === null && timeLeft(session, Date.now()) <= warnMilliseconds;
}

/** Milliseconds until the item has something else to say; null if it never will by itself. */
function untilNextText(session: Session): number | null {
  const left = timeLeft(session, Date.now());
  if (session.tokens.refresh !== null || left <= 0) return null;
  // Beyond a day nobody needs a timer, and Node's would end at once.
  if (left > warnMilliseconds) return Math.min(left - warnMilliseconds, 86_400_000);
  return left % 10_000 || 10_000;
}

function tooltip(environment: Environment | null, session: Session | null): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  if (environment === null) {
    text.appendText(t("The environment in the settings does not exist or has mistakes."));
    return text;
  }
  text.appendText(t("ID-porten: {0}", environment.issuer)).appendMarkdown("\n\n");
  text.appendText(t("Client: {0}", environment.clientId)).appendMarkdown("\n\n");
  text.appendText(sessionLine(environment, session));
  return text;
}

function sessionLine(environment: Environment, session: Session | null): string {
  if (session === null) return t("Nobody is signed in.");
  const until = new Date(session.expiresAt).toLocaleTimeString(vscode.env.language, { timeStyle: "short" });
  const who = session.account.label;
  if (session.tokens.refresh !== null) return t("{0} is signed in. The session is renewed when needed.", who);
  return coversPurpose(environment, "submission", session.scopes)
    ? t("{0} is signed in until {1}.", who, until)
    : t("{0} is signed in until {1}, for validation only.", who, until);
}
