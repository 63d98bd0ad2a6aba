import * as vscode from "vscode";
import { coversPurpose, type Environment } from "../../services/environments.ts";
import type { Session } from "../../services/idPorten/session.ts";
import { Emptiness } from "./emptiness.ts";
import type { FeatureParts } from "../submission/feature.ts";
import { t } from "../l10n.ts";

/** Which environment is active, who is signed in to it, and whether the sandbox runs. */
export class EnvironmentView implements vscode.TreeDataProvider<vscode.TreeItem>, vscode.Disposable {
  readonly #parts: FeatureParts;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #registrations: vscode.Disposable;
  readonly #emptiness = new Emptiness("mvaMelding.noEnvironment");
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: FeatureParts) {
    this.#parts = parts;
    const tell = (): void => this.#changed.fire(undefined);
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      parts.environments.onDidChange(tell),
      parts.sessions.onDidChange(tell),
      parts.sandbox.onDidChange(tell),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** Nothing where the active environment can't be used: the welcome text says what to do. */
  async getChildren(item?: vscode.TreeItem): Promise<vscode.TreeItem[]> {
    const { active } = this.#parts.environments;
    this.#emptiness.set(active === null);
    if (item !== undefined || active === null) return [];
    const session = (await this.#parts.sessions.list(active))[0] ?? null;
    const items = [environmentItem(active), accountItem(active, session)];
    if (active.name === "sandbox") items.push(sandboxItem(this.#parts.sandbox.line?.issuer ?? null));
    if (active.validationUrl !== null) items.push(addressItem(t("Validation"), active.validationUrl));
    if (active.altinnAppUrl !== null) items.push(addressItem(t("Submission"), active.altinnAppUrl));
    return items;
  }

  getTreeItem(item: vscode.TreeItem): vscode.TreeItem {
    return item;
  }
}

function environmentItem({ name, issuer }: Environment): vscode.TreeItem {
  const item = line("environment", name, t("Environment"), name === "sandbox" ? "beaker" : "globe");
  item.tooltip = t("ID-porten: {0}", issuer);
  item.command = { command: "mvaMelding.switchEnvironment", title: t("Switch environment") };
  return item;
}

function accountItem(environment: Environment, session: Session | null): vscode.TreeItem {
  if (session === null) {
    const item = line("signedOut", t("Sign in"), t("Nobody is signed in"), "sign-in");
    item.command = { command: "mvaMelding.signIn", title: t("Sign in") };
    return item;
  }
  const until = new Date(session.expiresAt).toLocaleTimeString(vscode.env.language, { timeStyle: "short" });
  const onlyValidation = !coversPurpose(environment, "submission", session.scopes);
  const description =
    session.tokens.refresh !== null
      ? t("renewed when needed")
      : onlyValidation
        ? t("until {0}, for validation only", until)
        : t("until {0}", until);
  const item = line("signedIn", session.account.label, description, "account");
  item.command = { command: "mvaMelding.showSession", title: t("Show session") };
  return item;
}

function sandboxItem(issuer: string | null): vscode.TreeItem {
  return issuer === null
    ? line("sandboxStopped", t("Sandbox"), t("does not run"), "debug-stop")
    : line("sandboxRunning", t("Sandbox"), t("runs at {0}", issuer), "vm-running");
}

function addressItem(label: string, url: string): vscode.TreeItem {
  const item = line("address", label, new URL(url).host, "link");
  item.tooltip = url;
  return item;
}

function line(context: string, label: string, description: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.contextValue = context;
  item.description = description;
  item.tooltip = `${label}: ${description}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.accessibilityInformation = { label: `${label}, ${description}` };
  return item;
}
