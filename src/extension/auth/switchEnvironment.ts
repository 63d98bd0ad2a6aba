import * as vscode from "vscode";
import type { Environment } from "../../services/environments.ts";
import { messageLanguage } from "../settings.ts";
import type { BrokenEnvironment, Environments } from "./environments.ts";
import { t } from "../l10n.ts";

type Choice = "switch" | "settings" | "ownClient";

interface Item extends vscode.QuickPickItem {
  readonly choice?: Choice;
  readonly environment?: Environment;
}

/** MVA: Switch environment. Resolves with the environment chosen; null where none was. */
export async function chooseEnvironment(
  environments: Environments,
  useOwnClient: () => Promise<boolean>,
): Promise<Environment | null> {
  const { usable, broken } = environments.read();
  const separator: Item = { label: "", kind: vscode.QuickPickItemKind.Separator };
  const items: Item[] = [
    ...usable.map((environment) => toItem(environment, environment.name === environments.activeName)),
    ...broken.map(toBrokenItem),
    separator,
    { label: t("$(add) Use my own ID-porten client …"), choice: "ownClient" },
    { label: t("$(gear) Open the environments in the settings"), choice: "settings" },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t("Switch environment"),
    placeHolder: t("Where to sign in, validate and submit"),
    matchOnDetail: true,
  });
  if (picked?.choice === "ownClient") return (await useOwnClient()) ? environments.active : null;
  if (picked?.choice === "settings") {
    await vscode.commands.executeCommand("workbench.action.openSettings", "mvaMelding.environment");
    return null;
  }
  if (picked?.environment === undefined) return null;
  await environments.activate(picked.environment.name);
  return picked.environment;
}

function toItem(environment: Environment, active: boolean): Item {
  const { name, issuer } = environment;
  return {
    label: `${icon(name)} ${name}`,
    ...(active ? { description: t("active") } : {}),
    detail: detailOf(name, issuer),
    choice: "switch",
    environment,
  };
}

function icon(name: string): string {
  return name === "sandbox" ? "$(beaker)" : name === "test" ? "$(globe)" : "$(account)";
}

function detailOf(name: string, issuer: string): string {
  if (name === "sandbox") return t("An ID-porten of your own on this machine, with invented persons");
  if (name === "test") return t("ID-porten's test environment ({0}), for synthetic persons from Tenor", issuer);
  return issuer;
}

function toBrokenItem({ name, problems }: BrokenEnvironment): Item {
  const [first] = problems;
  const detail = first === undefined ? "" : `${first.path}: ${first.text[messageLanguage()]}`;
  return { label: `$(error) ${name}`, detail, choice: "settings" };
}
