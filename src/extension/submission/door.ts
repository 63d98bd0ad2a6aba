import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Authentication } from "../auth/authentication.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import type { Validation } from "../editor/validation.ts";
import { stateFolder } from "../../submission/stateFolder.ts";
import { mayHoldUnfinished } from "../../submission/unfinished.ts";
import type { SandboxManager } from "../sandbox/sandboxManager.ts";
import type * as FeatureBundle from "./feature.ts";

const commandNames = [
  "mvaMelding.submit",
  "mvaMelding.resumeSubmission",
  "mvaMelding.checkSubmission",
  "mvaMelding.abandonSubmission",
  "mvaMelding.adoptSubmission",
  "mvaMelding.deleteSubmission",
  "mvaMelding.showOutcome",
  "mvaMelding.openSubmissionFile",
  "mvaMelding.openTranscript",
  "mvaMelding.copyAsCurl",
  "mvaMelding.saveAsHar",
  "mvaMelding.sandboxScenario",
  "mvaMelding.refreshReturns",
  "mvaMelding.refreshSubmissions",
] as const;
export type CommandName = (typeof commandNames)[number];

const viewNames = ["mvaMelding.returns", "mvaMelding.submissions", "mvaMelding.environment"] as const;
export type ViewName = (typeof viewNames)[number];

export interface SubmissionDoor {
  readonly commands: Readonly<Record<string, CommandHandler>>;
  /** See `Feature`. Loads nothing where nobody is signed in for it. */
  readonly validateRemotely: FeatureBundle.Feature["validateRemotely"];
  dispose(): void;
}

/** The parts of the extension that submissions stand on. */
export interface Lent {
  readonly authentication: Pick<Authentication, "environments" | "sessions" | "service" | "inUse">;
  readonly validation: Pick<Validation, "live" | "service" | "readRequest">;
  readonly sandbox: SandboxManager;
  readonly log: vscode.LogOutputChannel;
}

/** What the small main bundle knows of submissions: commands and views that load the rest on first use. */
export function createSubmissionDoor(context: vscode.ExtensionContext, lent: Lent): SubmissionDoor {
  const file = join(context.extensionPath, "dist", "submission.cjs");
  const parts: FeatureBundle.FeatureParts = {
    memory: context.globalState,
    version: versionOf(context),
    environments: lent.authentication.environments,
    sessions: lent.authentication.sessions,
    signIn: lent.authentication.service,
    sandbox: lent.sandbox,
    live: lent.validation.live,
    service: lent.validation.service,
    readRequest: lent.validation.readRequest,
    log: lent.log,
  };
  let loaded: FeatureBundle.Feature | undefined;
  const feature = (): FeatureBundle.Feature => {
    loaded ??= (createRequire(file)(file) as typeof FeatureBundle).createFeature(parts);
    return loaded;
  };
  const views = viewNames.map((name) => {
    const provider = new LateView(() => {
      lent.authentication.inUse();
      return feature().views[name];
    });
    const view = vscode.window.createTreeView(name, { treeDataProvider: provider, showCollapseAll: true });
    return vscode.Disposable.from(view, provider);
  });
  void mayHoldUnfinished(stateFolder())
    .then((may) => (may ? feature().tellOfUnfinished() : undefined))
    .catch((error: unknown) => lent.log.warn(`Unfinished submissions could not be looked for: ${String(error)}`));
  return {
    commands: Object.fromEntries(
      commandNames.map((name) => [name, (...args: readonly unknown[]) => feature().commands[name](...args)]),
    ),
    validateRemotely: async (document) => {
      const { active } = parts.environments;
      if (active === null || (await parts.sessions.find(active, "validation")) === null) return null;
      return feature().validateRemotely(document);
    },
    dispose: () => {
      for (const view of views) view.dispose();
      loaded?.dispose();
    },
  };
}

function versionOf({ extension }: vscode.ExtensionContext): string {
  const { version } = extension.packageJSON as { readonly version?: unknown };
  return typeof version === "string" ? version : "?";
}

/** A view whose contents are made when it is first shown. */
class LateView implements vscode.TreeDataProvider<unknown>, vscode.Disposable {
  readonly #load: () => vscode.TreeDataProvider<unknown>;
  readonly #changed = new vscode.EventEmitter<unknown>();
  #real: vscode.TreeDataProvider<unknown> | null = null;
  #registration: vscode.Disposable | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(load: () => vscode.TreeDataProvider<unknown>) {
    this.#load = load;
  }

  getChildren(element?: unknown): vscode.ProviderResult<unknown[]> {
    return this.#contents().getChildren(element);
  }

  getTreeItem(element: unknown): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#contents().getTreeItem(element);
  }

  dispose(): void {
    this.#registration?.dispose();
    this.#changed.dispose();
  }

  #contents(): vscode.TreeDataProvider<unknown> {
    if (this.#real === null) {
      this.#real = this.#load();
      this.#registration = this.#real.onDidChangeTreeData?.((element) => this.#changed.fire(element));
    }
    return this.#real;
  }
}
