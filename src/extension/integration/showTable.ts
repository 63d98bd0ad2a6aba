import * as vscode from "vscode";
import { portalPage } from "../../integration/portalPage.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { t } from "../l10n.ts";
import { messageLanguage } from "../settings.ts";
import type { IntegrationFiles } from "./integrationFiles.ts";
import type { Pages } from "./pages.ts";

/** MVA: Show integration as portal fields. The file field by field, as somebody types it into Samarbeidsportalen. */
export function createShowTable(files: IntegrationFiles, pages: Pages): CommandHandler {
  return async () => {
    const file = await files.choose(t("Which integration is to be shown?"));
    if (file === undefined) return;
    if (file === null) {
      void vscode.window.showInformationMessage(noFile());
      return;
    }
    const page = portalPage(file.given, file.findings, file.registrationFor, messageLanguage());
    await pages.show(t("Portal fields"), page, false);
  };
}

export function noFile(): string {
  return t("There is no integration file (*.idporten.json) here. MVA: Create integration settings makes one.");
}
