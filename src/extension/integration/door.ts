import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";
import { isIntegrationFile } from "../../integration/fileName.ts";
import type { Authentication } from "../auth/authentication.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import type * as FeatureBundle from "./feature.ts";

const commandNames = [
  "mvaMelding.createIntegration",
  "mvaMelding.checkIntegration",
  "mvaMelding.showIntegrationTable",
  "mvaMelding.orderScopes",
  "mvaMelding.useIntegrationClient",
] as const;
export type CommandName = (typeof commandNames)[number];

/** Documents that are made for reading: tables and reports. */
export const pageScheme = "mva-integration";
/** The schema of integration files, in the user's language. The manifest names its address. */
export const schemaScheme = "mva-schema";

export interface IntegrationDoor {
  readonly commands: Readonly<Record<string, CommandHandler>>;
  dispose(): void;
}

/** What the small main bundle knows of integrations: the rest is loaded once there is a file or a command for it. */
export function createIntegrationDoor(
  context: vscode.ExtensionContext,
  authentication: Pick<Authentication, "environments" | "service" | "idPorten" | "useClient">,
  log: vscode.LogOutputChannel,
): IntegrationDoor {
  const file = join(context.extensionPath, "dist", "integration.cjs");
  const parts: FeatureBundle.FeatureParts = {
    environments: authentication.environments,
    signIn: authentication.service,
    idPorten: authentication.idPorten,
    useClient: authentication.useClient,
    log,
  };
  let loaded: FeatureBundle.Feature | undefined;
  const feature = (): FeatureBundle.Feature => {
    loaded ??= (createRequire(file)(file) as typeof FeatureBundle).createFeature(parts);
    return loaded;
  };
  const look = (document: vscode.TextDocument): void => {
    if (loaded === undefined && isIntegrationFile(document.uri.path)) feature();
  };
  const registrations = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
      provideTextDocumentContent: (uri) => feature().pages.text(uri),
    }),
    vscode.workspace.registerTextDocumentContentProvider(schemaScheme, {
      provideTextDocumentContent: () => feature().schema(),
    }),
  );
  vscode.workspace.textDocuments.forEach(look);
  void findFiles().then((found) => {
    if (found) feature();
  });
  return {
    commands: Object.fromEntries(
      commandNames.map((name) => [name, (...args: readonly unknown[]) => feature().commands[name](...args)]),
    ),
    dispose: () => {
      registrations.dispose();
      loaded?.dispose();
    },
  };
}

/** Whether the workspace has an integration file. Only places on a disk are sure to have a search. */
async function findFiles(): Promise<boolean> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (folders.length === 0) return false;
  return (await vscode.workspace.findFiles("**/*.idporten.json", "**/{.*,node_modules}/**", 1)).length > 0;
}
