import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { declaredAsUtf8 } from "../services/utf8Xml.ts";
import { checkAttachments } from "../submission/attachments.ts";
import type { AttachmentFile } from "../submission/attachments.ts";
import { preflight, overall } from "../submission/preflight.ts";
import type { PreflightItem } from "../submission/preflight.ts";
import { prepareSubmission } from "../submission/prepare.ts";
import { defaultOptions } from "../validation/options.ts";
import { dateInOslo } from "../vatReturn/calendar.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { Text } from "../vatReturn/text.ts";
import { readVatReturn } from "../vatReturn/vatReturn.ts";
import { agreed } from "./agreed.ts";
import { failureText } from "./failureText.ts";
import { createJudge } from "./judge.ts";
import type { Judge } from "./judge.ts";
import type { TerminalContext } from "./login.ts";
import type { AbandonCommand, ResumeCommand, SubmitCommand } from "./submissionCommands.ts";
import {
  altinnAddressesOf,
  environmentOfJournal,
  findJournal,
  openStore,
  progressTeller,
  reportRun,
  submissionExitCodes,
  terminalSubmissions,
} from "./submissionRun.ts";
import { findEnvironment } from "./terminalEnvironment.ts";
import { terminalTokens } from "./terminalTokens.ts";
import { UsageError } from "./usageError.ts";

/**
 * `mva submit`: checks, asks, and takes a return as far as it goes.
 * @returns the exit code
 * @throws UsageError
 */
export async function submit(command: SubmitCommand, terminal: TerminalContext): Promise<number> {
  const found = await findEnvironment(command.environment, command.clientId);
  const { environment } = found;
  const bytes = await read(command.file);
  const files: AttachmentFile[] = [];
  for (const path of command.attachments) files.push({ fileName: basename(path), bytes: await read(path) });
  const now = new Date(terminal.now());
  const judge = await createJudge("builtin", defaultOptions(dateInOslo(now)));
  const signal = terminal.signal ?? new AbortController().signal;
  const { text, result } = await judge(bytes, signal);
  const envelope = command.envelope === null ? null : await readEnvelope(command.envelope, judge, signal);
  const { root } = parseXml(text);
  const vatReturn = result.documentType === "vatReturn" && root !== null ? readVatReturn(root) : null;
  const fileName = basename(command.file);
  const checked = checkAttachments(files, [fileName]);
  const store = openStore(terminal);
  const items = preflight({
    unsavedChanges: false,
    bytes,
    local: result,
    vatReturn,
    environment,
    fileName,
    // Everything that can be known without a sign-in is said before one.
    session: "later",
    envelope,
    attachmentNames: files.map((file) => file.fileName),
    attachmentProblems: checked.problems,
    journals: (await store.list()).journals,
    now: terminal.now(),
  });
  if (vatReturn === null || !(await mayBegin(items, command, terminal))) return submissionExitCodes.wrongUse;
  const tokens = terminalTokens(command.testPerson, found, ["submission"], terminal);
  const journal = await prepareSubmission(
    {
      environment: altinnAddressesOf(environment),
      bytes,
      vatReturn,
      sourcePath: resolve(command.file),
      fileName,
      attachments: checked.attachments,
      envelope: envelope?.text ?? null,
      createdBy: "mva",
      goal: command.fillInOnly ? "fillIn" : "submit",
      outFolder: command.out === null ? "" : resolve(command.out),
    },
    store,
    now,
  );
  const submissions = terminalSubmissions(environment, tokens.token, terminal, command.wait);
  return reportRun(journal.id, command.format, terminal, () =>
    submissions.run(journal.id, { signal: terminal.signal, onProgress: progressTeller(terminal) }),
  );
}

/** `mva resume`: goes on with a submission from wherever it stands. */
export async function resume(command: ResumeCommand, terminal: TerminalContext): Promise<number> {
  const journal = await findJournal(command.id, terminal);
  const { id } = journal;
  const found = await environmentOfJournal(journal, command.environment, command.clientId);
  const tokens = terminalTokens(command.testPerson, found, ["submission"], terminal);
  const submissions = terminalSubmissions(found.environment, tokens.token, terminal, command.wait);
  // What was begun to be filled in only is not submitted before it is filled in: whoever resumes it then, signs.
  const goal = journal.state === "readyToSign" ? "submit" : journal.goal;
  return reportRun(id, command.format, terminal, () =>
    submissions.run(id, { goal, signal: terminal.signal, onProgress: progressTeller(terminal) }),
  );
}

/** `mva abandon`: deletes a draft at Altinn, after asking. */
export async function abandon(command: AbandonCommand, terminal: TerminalContext): Promise<number> {
  const journal = await findJournal(command.id, terminal);
  const found = await environmentOfJournal(journal, command.environment, command.clientId);
  const question: Text = {
    en: `Delete the draft of ${journal.organisationNumber}, ${journal.period}, at Altinn for good?`,
    nb: `Slette utkastet for ${journal.organisationNumber}, ${journal.period}, i Altinn for godt?`,
  };
  if (!command.yes && !(await agreed(question, terminal))) return submissionExitCodes.wrongUse;
  const tokens = terminalTokens(command.testPerson, found, ["submission"], terminal);
  const submissions = terminalSubmissions(found.environment, tokens.token, terminal, false);
  return reportRun(journal.id, command.format, terminal, () =>
    submissions.abandon(journal.id, { signal: terminal.signal, onProgress: progressTeller(terminal) }),
  );
}

const marks: Readonly<Record<PreflightItem["outcome"], string>> = { ok: "✓", ask: "?", stop: "✗" };

/** Shows the checklist and asks what there is to ask. */
async function mayBegin(
  items: readonly PreflightItem[],
  command: SubmitCommand,
  terminal: TerminalContext,
): Promise<boolean> {
  for (const { outcome, text } of items) process.stderr.write(`${marks[outcome]} ${text[terminal.language]}\n`);
  switch (overall(items)) {
    case "stop":
      return false;
    case "ok":
      return true;
    case "ask":
      return command.yes || agreed({ en: "Submit all the same?", nb: "Sende inn likevel?" }, terminal);
  }
}

/** The user's own envelope as it is sent, in UTF-8, with what its schema has against it. */
async function readEnvelope(
  path: string,
  judge: Judge,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly errors: readonly Text[] }> {
  const { text, result } = await judge(await read(path), signal);
  const errors = result.findings.filter(({ severity }) => severity === "error");
  return { text: declaredAsUtf8(text), errors: errors.map(({ message }) => message) };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { en, nb } = failureText(error);
    throw new UsageError({ en: `${path}: ${en}`, nb: `${path}: ${nb}` });
  }
}
