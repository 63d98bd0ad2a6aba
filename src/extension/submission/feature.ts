import * as vscode from "vscode";
import type { Environments } from "../auth/environments.ts";
import type { Sessions } from "../auth/sessions.ts";
import type { SignInService } from "../auth/signInService.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import type { LiveValidation, RequestReader } from "../editor/liveValidation.ts";
import { RemoteValidation } from "../remote/remoteValidation.ts";
import type { SandboxManager } from "../sandbox/sandboxManager.ts";
import { EnvironmentView } from "../views/environmentView.ts";
import { ReturnsView } from "../views/returnsView.ts";
import { SubmissionsView } from "../views/submissionsView.ts";
import type { ValidationService } from "../worker/validationService.ts";
import type { CommandName, ViewName } from "./door.ts";
import { Drafts } from "./drafts.ts";
import { openFile } from "./openFile.ts";
import { Outcome } from "./outcome.ts";
import { Runs } from "./runs.ts";
import { createSandboxScenario } from "./sandboxScenario.ts";
import { SubmissionCommands } from "./submissionCommands.ts";
import { createSubmit } from "./submit.ts";
import { Transcripts } from "./transcripts.ts";
import { tellOfUnfinished } from "./unfinishedRuns.ts";
import { t } from "../l10n.ts";

/** What the rest of the extension lends to validation by the authority, submission and the views. */
export interface FeatureParts {
  readonly memory: vscode.Memento;
  /** Of the extension, for files that name their maker. */
  readonly version: string;
  readonly environments: Environments;
  readonly sessions: Sessions;
  readonly signIn: SignInService;
  readonly sandbox: SandboxManager;
  readonly live: LiveValidation;
  readonly service: ValidationService;
  readonly readRequest: RequestReader;
  readonly log: vscode.LogOutputChannel;
}

/** Everything around a submission, in the bundle that is loaded on first use. */
export interface Feature {
  readonly commands: Readonly<Record<CommandName, CommandHandler>>;
  readonly views: Readonly<Record<ViewName, vscode.TreeDataProvider<unknown>>>;
  /** @returns how many findings the local check does not have; null where nothing was validated. */
  readonly validateRemotely: (document: vscode.TextDocument) => Promise<number | null>;
  /** Tells of submissions that are not finished, where there is news. */
  tellOfUnfinished(): Promise<void>;
  dispose(): void;
}

export function createFeature(parts: FeatureParts): Feature {
  const remote = new RemoteValidation(parts);
  const runs = new Runs(parts);
  const outcome = new Outcome(parts, runs, remote);
  const returns = new ReturnsView(parts);
  const submissions = new SubmissionsView(runs);
  const environment = new EnvironmentView(parts);
  const drafts = new Drafts(parts, runs);
  runs.onAmbiguousDraft = (journal, instanceIds) => drafts.settle(journal, instanceIds);
  const transcripts = new Transcripts(runs.store, parts.version);
  const commands = new SubmissionCommands(runs, outcome);
  const registrations = vscode.Disposable.from(remote, runs, returns, submissions, environment, transcripts);
  return {
    commands: {
      "mvaMelding.submit": createSubmit(parts, runs, outcome),
      "mvaMelding.resumeSubmission": (item) => commands.resume(item),
      "mvaMelding.checkSubmission": (item) => commands.check(item),
      "mvaMelding.abandonSubmission": (item) => commands.abandon(item),
      "mvaMelding.adoptSubmission": () => drafts.adopt(),
      "mvaMelding.deleteSubmission": (item) => commands.delete(item),
      "mvaMelding.showOutcome": (item) => commands.showOutcome(item),
      "mvaMelding.openSubmissionFile": async (uri) => {
        if (uri instanceof vscode.Uri) await openFile(uri);
      },
      "mvaMelding.openTranscript": async (item) => {
        const journal = await commands.choose(item, t("Open transcript"));
        if (journal !== null) await transcripts.open(journal);
      },
      "mvaMelding.copyAsCurl": async (item, sequence) => {
        const journal = await commands.choose(item, t("Copy as curl"));
        if (journal !== null) await transcripts.copyAsCurl(journal, sequence);
      },
      "mvaMelding.saveAsHar": async (item) => {
        const journal = await commands.choose(item, t("Save as HAR"));
        if (journal !== null) await transcripts.saveAsHar(journal);
      },
      "mvaMelding.sandboxScenario": createSandboxScenario(parts.sandbox),
      "mvaMelding.refreshReturns": () => returns.refresh(),
      "mvaMelding.refreshSubmissions": () => submissions.refresh(),
    },
    views: {
      "mvaMelding.returns": returns,
      "mvaMelding.submissions": submissions,
      "mvaMelding.environment": environment,
    },
    validateRemotely: (document) => remote.validate(document),
    tellOfUnfinished: () => tellOfUnfinished(runs, parts.memory),
    dispose: () => {
      registrations.dispose();
    },
  };
}
