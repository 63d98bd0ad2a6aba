import * as path from "node:path";
import * as vscode from "vscode";
import { showErrorWithLog } from "../commands/commandTable.ts";
import { TaxpayerFactsFiles } from "../facts/taxpayerFactsFiles.ts";
import { messageLanguage, readOptions, readSeverities, settingsSection, validationRun } from "../settings.ts";
import { createValidationService, type JudgeFailure, type ValidationService } from "../worker/validationService.ts";
import { diagnosticSource } from "./diagnostics.ts";
import { FileValidation } from "./fileValidation.ts";
import { LiveValidation, type RequestReader } from "./liveValidation.ts";
import { failureText } from "./statusText.ts";
import { ValidationStatus } from "./validationStatus.ts";

/** Long enough to type a word undisturbed, short enough to be felt as at once. */
const debounce = 250;
/** A 10,000-line return takes a fraction of a second; what takes this long never ends. */
const documentLimit = 15_000;
/** Starting a JDK on a busy machine takes seconds. */
const javaLimit = 60_000;
const startLimit = 30_000;

export interface Validation {
  readonly live: LiveValidation;
  readonly files: FileValidation;
  /** For those who have a document judged without showing its findings in Problems. */
  readonly service: ValidationService;
  readonly readRequest: RequestReader;
  readonly disposables: readonly { dispose(): unknown }[];
}

/** Wires the validator's worker threads to open documents, files and the status item. */
export function createValidation(workerFile: string, log: vscode.LogOutputChannel): Validation {
  const note = (message: string): void => log.warn(message);
  const builtin = createValidationService({ workerFile, documentLimit, startLimit, log: note });
  // A thread of its own: waiting for Java holds up nobody's typing.
  const java = createValidationService({ workerFile, documentLimit: javaLimit, startLimit, log: note });
  const diagnostics = vscode.languages.createDiagnosticCollection(diagnosticSource);
  const facts = new TaxpayerFactsFiles(builtin, log);
  const readRequest: RequestReader = (resource) => ({
    options: { ...readOptions(resource), facts: facts.factsFor(resource) },
    language: messageLanguage(),
    severities: readSeverities(resource),
  });
  const live = new LiveValidation({
    services: { builtin, java },
    diagnostics,
    readRequest,
    readRun: validationRun,
    debounce,
    reportFailure: (document, failure) => reportFailure(document, failure, log),
    afterClose: (uri) => files.afterClose(uri),
  });
  const files = new FileValidation({ service: builtin, diagnostics, live, readRequest });
  const considerAll = (): void => {
    live.considerAll();
    files.considerAll();
  };
  const settings = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(settingsSection)) considerAll();
  });
  const factsChanged = facts.onDidChange(considerAll);
  return {
    live,
    files,
    service: builtin,
    readRequest,
    disposables: [builtin, java, diagnostics, live, files, facts, new ValidationStatus(live), settings, factsChanged],
  };
}

/** One message for a document that got no verdict; while the validator is paused, the status item alone says so. */
function reportFailure(document: vscode.TextDocument, failure: JudgeFailure, log: vscode.LogOutputChannel): void {
  const name = path.basename(document.uri.path);
  log.error(`${document.uri.toString()}: ${failureText(failure)}`);
  if (failure.kind !== "stopped") void showErrorWithLog(`${name}: ${failureText(failure)}`, log);
}
