import type * as vscode from "vscode";
import { integrationSchema } from "../../integration/schema.ts";
import type { Authentication } from "../auth/authentication.ts";
import type { Environments } from "../auth/environments.ts";
import type { IdPorten } from "../auth/idPorten.ts";
import type { SignInService } from "../auth/signInService.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { messageLanguage } from "../settings.ts";
import { createCheckIntegration } from "./checkIntegration.ts";
import { createCreateIntegration } from "./createIntegration.ts";
import type { CommandName } from "./door.ts";
import { IntegrationFiles } from "./integrationFiles.ts";
import { createOrderScopes } from "./orderScopes.ts";
import { Pages } from "./pages.ts";
import { createShowTable } from "./showTable.ts";
import { createUseClient, registerUseClientLens } from "./useClient.ts";

/** What the rest of the extension lends to integrations. */
export interface FeatureParts {
  readonly environments: Environments;
  readonly signIn: SignInService;
  readonly idPorten: IdPorten;
  readonly useClient: Authentication["useClient"];
  readonly log: vscode.LogOutputChannel;
}

/** Everything around integration files, in the bundle that is loaded on first use. */
export interface Feature {
  readonly commands: Readonly<Record<CommandName, CommandHandler>>;
  readonly pages: Pages;
  /** The JSON schema of integration files, in the user's language. */
  readonly schema: () => string;
  dispose(): void;
}

export function createFeature(parts: FeatureParts): Feature {
  const pages = new Pages();
  const files = new IntegrationFiles(parts.environments);
  const lens = registerUseClientLens();
  return {
    commands: {
      "mvaMelding.createIntegration": createCreateIntegration(pages),
      "mvaMelding.checkIntegration": createCheckIntegration(parts, files, pages),
      "mvaMelding.showIntegrationTable": createShowTable(files, pages),
      "mvaMelding.orderScopes": createOrderScopes(parts.environments, files),
      "mvaMelding.useIntegrationClient": createUseClient(parts, files),
    },
    pages,
    schema: () => JSON.stringify(integrationSchema(messageLanguage(), false), null, 2),
    dispose: () => {
      lens.dispose();
      files.dispose();
    },
  };
}
