import * as vscode from "vscode";
import { toFinding } from "../../integration/checkText.ts";
import { applicationOf, compare } from "../../integration/compare.ts";
import { integrationReport } from "../../integration/report.ts";
import type { Environment } from "../../services/environments.ts";
import type { LiveStep } from "../../services/idPorten/liveCheck.ts";
import { readJsonTree } from "../../validation/jsonTree.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { t } from "../l10n.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "./feature.ts";
import type { IntegrationFiles, ReadFile } from "./integrationFiles.ts";
import type { Pages } from "./pages.ts";

/**
 * MVA: Check ID-porten integration. The file by itself, beside what the extension sends in the active environment, and
 * that environment's ID-porten as far as it answers without a sign-in. The result is a page to read and to keep.
 */
export function createCheckIntegration(parts: FeatureParts, files: IntegrationFiles, pages: Pages): CommandHandler {
  return async () => {
    const file = await files.choose(t("Which integration is to be checked?"));
    if (file === undefined) return;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: t("Checking the ID-porten integration"),
      cancellable: true,
    };
    const found = await vscode.window.withProgress(options, async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const environment = await parts.signIn.ready(parts.environments.require());
      const live = await tryLive(parts, environment, abort.signal);
      return token.isCancellationRequested ? null : { environment, live };
    });
    if (found === null) return;
    const { environment, live } = found;
    const { name, issuer, clientId } = environment;
    const report = integrationReport(
      {
        file: file === null ? null : { name: vscode.workspace.asRelativePath(file.uri), findings: file.findings },
        environment: { name, issuer, clientId, findings: file === null ? null : compared(file, environment) },
        live,
      },
      messageLanguage(),
    );
    await pages.show(t("ID-porten integration"), report, true);
  };
}

function compared(file: ReadFile, environment: Environment) {
  const { root } = readJsonTree(file.text);
  if (root === null) return null;
  const problems = compare(file.given, applicationOf(environment), file.registrationFor);
  return problems.map((problem) => toFinding(problem, file.text, root));
}

async function tryLive(
  { idPorten }: FeatureParts,
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly LiveStep[]> {
  const { scopes, redirectUris } = applicationOf(environment);
  const context = idPorten.context(environment, signal);
  return idPorten.bundle.checkLive(context, { scopes, redirectUris, language: messageLanguage() });
}
