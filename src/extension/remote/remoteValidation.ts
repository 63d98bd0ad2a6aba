import * as vscode from "vscode";
import { createHttpCaller, sleep, standardTimeouts } from "../../services/http.ts";
import { createRecordingFetch } from "../../services/recordingFetch.ts";
import { createRedactor } from "../../services/redaction.ts";
import { ServiceError } from "../../services/serviceError.ts";
import { declaredAsUtf8 } from "../../services/utf8Xml.ts";
import { createSkatteetatenClient } from "../../services/skatteetaten/client.ts";
import { failureText } from "../../submission/failure.ts";
import type { Finding } from "../../validation/finding.ts";
import type { ValidationAnswer } from "../../validation/remote/answer.ts";
import { LineIndex } from "../../vatReturn/lineIndex.ts";
import type { TextRange } from "../../vatReturn/text.ts";
import type { Environment } from "../../services/environments.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "../submission/feature.ts";
import type { PlacedRange, RemoteJudgement } from "../worker/protocol.ts";
import { RemoteConsent } from "./consent.ts";
import { RemoteDiagnostics } from "./remoteDiagnostics.ts";
import { RemoteStatus } from "./remoteStatus.ts";
import { t } from "../l10n.ts";

/**
 * The return as it is validated. What is saved goes as it stands on the disk, in whatever encoding, since that is what
 * would be submitted; unsaved text goes in UTF-8, and says so.
 */
async function contentOf(document: vscode.TextDocument): Promise<Uint8Array> {
  if (!document.isDirty && !document.isUntitled) {
    try {
      return await vscode.workspace.fs.readFile(document.uri);
    } catch {
      // Deleted under the editor's feet, or of a kind that only the editor can read.
    }
  }
  return new TextEncoder().encode(declaredAsUtf8(document.getText()));
}

/** Prints the app's refusals. */
const submissionDocumentation = "https://skatteetaten.github.io/api-dokumentasjon/api/mvameldinginnsending";

/** The authority's validation of open returns, beside the local one. Only ever at the user's wish, never while typing. */
export class RemoteValidation implements vscode.Disposable {
  readonly #parts: FeatureParts;
  readonly #diagnostics = new RemoteDiagnostics();
  readonly #status = new RemoteStatus();
  readonly #consent: RemoteConsent;

  constructor(parts: FeatureParts) {
    this.#parts = parts;
    this.#consent = new RemoteConsent(parts.memory);
  }

  dispose(): void {
    this.#diagnostics.dispose();
    this.#status.dispose();
  }

  /**
   * Validates the document's text where somebody is signed in and wants it. What goes wrong is told to the user.
   * @returns how many findings the local check does not have; null where nothing was validated.
   */
  async validate(document: vscode.TextDocument): Promise<number | null> {
    const environment = this.#parts.environments.active;
    if (environment === null || environment.validationUrl === null) return null;
    const session = await this.#parts.sessions.find(environment, "validation");
    if (session === null || !(await this.#consent.mayValidate(environment))) return null;
    const version = document.version;
    const bytes = await contentOf(document);
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: document.isDirty
        ? t("Validating in “{0}”, unsaved changes included", environment.name)
        : t("Validating in “{0}”", environment.name),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (_progress, cancelled) => {
      const running = new AbortController();
      const registration = cancelled.onCancellationRequested(() => running.abort());
      try {
        const answer = await this.#ask(environment, session.id, bytes, running.signal);
        if (document.isClosed || document.version !== version) {
          void vscode.window.showInformationMessage(
            t("The return was changed while it was validated; validate it again."),
          );
          return null;
        }
        return (await this.show(document, answer, environment.name))?.findings.length ?? null;
      } catch (error) {
        if (!running.signal.aborted) this.#tell(error);
        return null;
      } finally {
        registration.dispose();
      }
    });
  }

  /**
   * Shows an answer of the authority on the document that it is about: its findings as diagnostics, those that the
   * local check has already left out, and differences between the two in the log.
   */
  async show(
    document: vscode.TextDocument,
    answer: ValidationAnswer,
    environmentName: string,
  ): Promise<RemoteJudgement | null> {
    const version = document.version;
    const outcome = await this.#parts.service.judge(
      {
        content: { text: document.getText() },
        ...this.#parts.readRequest(document.uri),
        engine: "builtin",
        answer,
      },
      "interactive",
      new AbortController().signal,
    );
    if (outcome.kind !== "judged" || outcome.document.remote === null) return null;
    if (document.isClosed || document.version !== version) return null;
    const { remote } = outcome.document;
    this.#diagnostics.set(document.uri, remote.findings);
    this.#status.set(document, answer.verdict, environmentName);
    this.#parts.log.info(
      `${document.uri.toString()}: ${environmentName} says “${answer.verdict}”, the local check “${outcome.document.verdict}”.`,
    );
    for (const { rule, identifier, local } of remote.disagreements) {
      const [here, there] = local === "violated" ? ["violated", "not violated"] : ["not violated", "violated"];
      this.#parts.log.warn(`The two differ on ${rule} (${identifier}): here ${here}, at ${environmentName} ${there}.`);
    }
    return remote;
  }

  /** Takes back what was shown on a document. */
  clear(uri: vscode.Uri): void {
    this.#diagnostics.clear(uri);
  }

  /** Shows findings that came with no validation result, as of a refused envelope. They go as others of the authority. */
  showFindings(document: vscode.TextDocument, findings: readonly Finding[]): void {
    const lines = new LineIndex(document.getText());
    const placed = (range: TextRange): PlacedRange => {
      const [start, end] = [lines.position(range.start), lines.position(range.end)];
      return [start.line - 1, start.column - 1, end.line - 1, end.column - 1];
    };
    const language = messageLanguage();
    this.#diagnostics.set(
      document.uri,
      findings.map((finding) => ({
        ...finding,
        message: finding.message[language],
        range: placed(finding.range),
        element: placed(finding.range),
        related: [],
        documentation: submissionDocumentation,
        data: null,
      })),
    );
  }

  async #ask(
    environment: Environment,
    sessionId: string,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<ValidationAnswer> {
    const { sessions, log } = this.#parts;
    const { tokens } = await sessions.fresh(sessionId);
    const redactor = createRedactor();
    redactor.remember(tokens.access);
    const caller = createHttpCaller({
      fetch: createRecordingFetch({
        // Looked up at each call: VS Code puts the user's proxy and certificates into the global one.
        fetch: (input, init) => globalThis.fetch(input, init),
        now: () => Date.now(),
        redactor,
        record: ({ request, response, durationMilliseconds }) =>
          log.debug(
            `${request.method} ${request.url}: ${response?.status ?? "no answer"} (${durationMilliseconds} ms)`,
          ),
      }),
      sleep,
      random: Math.random,
      timeouts: standardTimeouts,
      attempts: 3,
    });
    const client = createSkatteetatenClient(environment.validationUrl ?? "", caller);
    return client.validate(bytes, tokens.access, signal);
  }

  #tell(error: unknown): void {
    const text = failureText(error)[messageLanguage()];
    this.#parts.log.warn(`The remote validation failed: ${failureText(error).en}`);
    const signIn = t("Sign in again");
    const showLog = t("Show log");
    const mayHelp = !(error instanceof ServiceError) || error.kind === "unauthorised" || error.kind === "forbidden";
    void vscode.window.showErrorMessage(text, ...(mayHelp ? [signIn] : []), showLog).then((chosen) => {
      if (chosen === signIn) return vscode.commands.executeCommand("mvaMelding.signInAgain");
      if (chosen === showLog) this.#parts.log.show();
      return undefined;
    });
  }
}
