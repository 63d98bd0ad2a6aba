import * as vscode from "vscode";
import { orderableScopes } from "../../integration/orderable.ts";
import type { RegistrationFor } from "../../integration/problem.ts";
import { isProductionUrl, type Environment } from "../../services/environments.ts";
import { scopeOrders } from "../../services/idPorten/orderScopes.ts";
import { isOrganisationNumber } from "../../vatReturn/organisationNumber.ts";
import type { Environments } from "../auth/environments.ts";
import { isOwn } from "../auth/ownClient.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { t } from "../l10n.ts";
import { messageLanguage } from "../settings.ts";
import type { IntegrationFiles, ReadFile } from "./integrationFiles.ts";

/** What an order starts from: a file, or the user's own environment. */
interface Source {
  readonly scopes: readonly string[];
  readonly clientId: string | null;
  readonly organisationNumber: string | null;
  readonly registrationFor: RegistrationFor;
}

/** MVA: Order scopes. The texts to send to the owners of the scopes, with all that they ask for filled in. */
export function createOrderScopes(environments: Environments, files: IntegrationFiles): CommandHandler {
  return async () => {
    const file = await files.choose(t("For which integration?"));
    if (file === undefined) return;
    const orderable = file === null ? null : orderableScopes(file.given, file.findings);
    if (file !== null && orderable?.ok === false) {
      const name = vscode.workspace.asRelativePath(file.uri);
      void vscode.window.showWarningMessage(`${name} ${orderable.why[messageLanguage()]}`);
      return;
    }
    const source = file === null ? ofEnvironment(environments.require()) : ofFile(file);
    const registrationFor = await askEnvironment(source.registrationFor);
    if (registrationFor === undefined) return;
    const organisationNumber = await askOrganisation(source.organisationNumber);
    if (organisationNumber === undefined) return;
    const clientId = await vscode.window.showInputBox({
      title: t("Order scopes ({0} of {1})", 3, 3),
      prompt: t("The client id, as the self-service shows it. Empty leaves a place in the text to fill in."),
      value: source.clientId ?? "",
      ignoreFocusOut: true,
    });
    if (clientId === undefined) return;
    const language = messageLanguage();
    const orders = scopeOrders(source.scopes, {
      clientId: clientId.trim() === "" ? null : clientId.trim(),
      environment: registrationFor === "production" ? t("production") : t("test"),
      organisationNumber: organisationNumber === "" ? null : organisationNumber,
    });
    const content = orders
      .map(({ to, address, letter }) => {
        const heading = address === null ? to[language] : `${to[language]} (${address})`;
        return `${t("To {0}:", heading)}\n\n${letter[language]}\n`;
      })
      .join("\n----\n\n");
    const document = await vscode.workspace.openTextDocument({ content, language: "plaintext" });
    await vscode.window.showTextDocument(document);
  };
}

function ofFile({ given, registrationFor }: ReadFile): Source {
  return {
    scopes: given.scopes ?? [],
    clientId: given.client_id ?? null,
    organisationNumber: given.client_orgno ?? null,
    registrationFor,
  };
}

function ofEnvironment(environment: Environment): Source {
  const { validation, submission } = environment.scopes;
  return {
    scopes: [...validation, ...submission],
    // The clients of the shipped environments are others' own: nothing is ordered for them.
    clientId: isOwn(environment) ? environment.clientId : null,
    organisationNumber: null,
    registrationFor: isProductionUrl(environment.issuer) ? "production" : "test",
  };
}

async function askEnvironment(first: RegistrationFor): Promise<RegistrationFor | undefined> {
  const items: (vscode.QuickPickItem & { readonly value: RegistrationFor })[] = [
    {
      label: t("Test"),
      detail: t("ID-porten's test environment. Ordered by itself, before production."),
      value: "test",
    },
    { label: t("Production"), detail: t("A client and an order of its own."), value: "production" },
  ];
  const sorted = first === "test" ? items : items.toReversed();
  const chosen = await vscode.window.showQuickPick(sorted, {
    title: t("Order scopes ({0} of {1})", 1, 3),
    placeHolder: t("Which of ID-porten's environments is it for?"),
    ignoreFocusOut: true,
  });
  return chosen?.value;
}

async function askOrganisation(known: string | null): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: t("Order scopes ({0} of {1})", 2, 3),
    prompt: t("The organisation number that the scopes are granted to. Empty leaves a place in the text to fill in."),
    value: known ?? "",
    ignoreFocusOut: true,
    validateInput: wrongOrganisationNumber,
  });
  return answer?.replaceAll(" ", "");
}

/** What is wrong with an organisation number that may be left empty; undefined where nothing is. */
export function wrongOrganisationNumber(typed: string): string | undefined {
  const plain = typed.replaceAll(" ", "");
  if (plain === "" || isOrganisationNumber(plain)) return undefined;
  return t("An organisation number has nine digits, and the last one follows from the others.");
}
