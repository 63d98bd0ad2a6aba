import * as vscode from "vscode";
import { longestText } from "../../integration/checkText.ts";
import { readOwnClient } from "../../integration/ownClient.ts";
import { readJsonTree } from "../../validation/jsonTree.ts";
import { isProductionUrl } from "../../services/environments.ts";
import { issuerOfOwnClient } from "../auth/ownClient.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { t } from "../l10n.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "./feature.ts";
import { anyIntegrationFile, isOurs, type IntegrationFiles, type ReadFile } from "./integrationFiles.ts";
import { noFile } from "./showTable.ts";

const command = "mvaMelding.useIntegrationClient";

/**
 * MVA: Use client of integration file. The questions about a client of one's own, answered by the file: client id,
 * redirect URI, scopes and authentication method. Where nobody could sign in with it here, that is said instead.
 */
export function createUseClient(
  { environments, useClient }: Pick<FeatureParts, "environments" | "useClient">,
  files: IntegrationFiles,
): CommandHandler {
  return async (uri: unknown) => {
    const file = await (uri instanceof vscode.Uri && isOurs(uri)
      ? files.read(uri)
      : files.choose(t("Which integration's client is to be used?")));
    if (file === undefined) return;
    if (file === null) {
      void vscode.window.showInformationMessage(noFile());
      return;
    }
    if (isUnreadable(file)) {
      const name = vscode.workspace.asRelativePath(file.uri);
      void vscode.window.showWarningMessage(
        t("{0} holds no registration that can be read. The Problems panel says what is wrong with it.", name),
      );
      return;
    }
    const issuer = issuerOfOwnClient(environments);
    if (isProductionUrl(issuer) !== (file.registrationFor === "production")) {
      void vscode.window.showWarningMessage(otherEnvironment(file.registrationFor === "production", issuer));
      return;
    }
    const reading = readOwnClient(file.given);
    if (reading.ok) await useClient(reading.start);
    else void vscode.window.showWarningMessage(reading.why[messageLanguage()]);
  };
}

/** Whether something is wrong with the file as a whole, so that none of its fields is known. */
function isUnreadable({ findings }: ReadFile): boolean {
  return findings.some(({ severity, path }) => severity === "error" && path === null);
}

function otherEnvironment(isForProduction: boolean, issuer: string): string {
  return isForProduction
    ? t(
        "The integration is for production, and its client would be used at {0}, which does not know it. Register a client for test too, or make an environment of production the active one first.",
        issuer,
      )
    : t(
        "The integration is for test, and its client would be used at {0}, which does not know it. Make an environment for test the active one first.",
        issuer,
      );
}

/** Stands in every integration file, above its client id. */
export function registerUseClientLens(): vscode.Disposable {
  const lenses: vscode.CodeLensProvider = {
    provideCodeLenses: (document) => {
      if (!isOurs(document.uri)) return [];
      const use = {
        title: t("Use this client to sign in"),
        tooltip: t("Takes client id, redirect URI and scopes into an environment of your own"),
        command,
        arguments: [document.uri],
      };
      return [new vscode.CodeLens(placeOfClient(document), use)];
    },
  };
  return vscode.languages.registerCodeLensProvider({ pattern: anyIntegrationFile }, lenses);
}

/** The client id, or the first field while there is none: what stands above the first line is easily scrolled away. */
function placeOfClient(document: vscode.TextDocument): vscode.Range {
  const text = document.getText();
  const members = text.length > longestText ? [] : (readJsonTree(text).root?.members ?? []);
  const member = members.find(({ name }) => name === "client_id") ?? members[0];
  const place = document.positionAt(member?.nameRange.start ?? 0);
  return new vscode.Range(place, place);
}
