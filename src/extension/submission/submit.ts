import * as path from "node:path";
import * as vscode from "vscode";
import { scopesFor, type Environment } from "../../services/environments.ts";
import { checkAttachments, type AttachmentProblem, type CheckedAttachment } from "../../submission/attachments.ts";
import {
  isTooShort,
  overall,
  preflight,
  type PreflightInput,
  type PreflightItem,
  type PreflightSession,
} from "../../submission/preflight.ts";
import { prepareSubmission } from "../../submission/prepare.ts";
import { decodeXml } from "../../vatReturn/encoding.ts";
import { parseXml } from "../../vatReturn/scanner.ts";
import { readVatReturn, type VatReturn } from "../../vatReturn/vatReturn.ts";
import type { CommandHandler } from "../commands/commandTable.ts";
import { pickReturn } from "../commands/pickReturn.ts";
import { isRecognised } from "../editor/documents.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "./feature.ts";
import type { Outcome } from "./outcome.ts";
import { addressesOf, type Runs } from "./runs.ts";
import { pickAttachments, pickEnvelope, pickFolder, type Wishes } from "./wishes.ts";
import { t } from "../l10n.ts";

/** Everything that is to be submitted, read from the disk and checked. */
interface Checked {
  readonly environment: Environment;
  readonly bytes: Uint8Array;
  readonly vatReturn: VatReturn | null;
  readonly attachments: readonly CheckedAttachment[];
  readonly items: readonly PreflightItem[];
  /** Whether the session has too little time left to begin with. */
  readonly renewFirst: boolean;
}

/** MVA: Submit VAT return. The checklist first, then the run, then its outcome. */
export function createSubmit(parts: FeatureParts, runs: Runs, outcome: Outcome): CommandHandler {
  return async (resource) => {
    const document = await documentToSubmit(resource);
    if (document === null) return;
    const environment = await parts.signIn.ready(parts.environments.require());
    let wishes: Wishes = { attachments: [], envelope: null, outFolder: "", goal: "submit" };
    for (;;) {
      const checked = await check(document, environment, wishes, parts, runs);
      const choice = await showChecklist(checked, wishes);
      if (choice === null) return;
      if (choice === "submit") {
        if (overall(checked.items) === "ask" && !(await confirm(checked))) continue;
        if (checked.renewFirst && !(await renewSession(environment, parts))) continue;
        await submit(document, checked, wishes, runs, outcome);
        return;
      }
      wishes = await follow(choice, wishes, document, parts);
    }
  };
}

async function submit(
  document: vscode.TextDocument,
  { environment, bytes, vatReturn, attachments }: Checked,
  wishes: Wishes,
  runs: Runs,
  outcome: Outcome,
): Promise<void> {
  if (vatReturn === null) return;
  const journal = await prepareSubmission(
    {
      environment: addressesOf(environment),
      bytes,
      vatReturn,
      sourcePath: document.uri.scheme === "file" ? document.uri.fsPath : "",
      fileName: path.posix.basename(document.uri.path),
      attachments,
      envelope: wishes.envelope?.text ?? null,
      createdBy: vatReturn.systemnavn?.value ?? "MVA-melding",
      goal: wishes.goal,
      outFolder: wishes.outFolder,
    },
    runs.store,
    new Date(),
  );
  runs.changed();
  const after = await runs.run(journal);
  if (after !== null) void outcome.show(after);
}

async function documentToSubmit(resource: unknown): Promise<vscode.TextDocument | null> {
  const active = vscode.window.activeTextEditor?.document;
  const given =
    resource instanceof vscode.Uri
      ? resource
      : typeof resource === "object" && resource !== null && "uri" in resource && resource.uri instanceof vscode.Uri
        ? resource.uri
        : null;
  if (given === null && active !== undefined && isRecognised(active)) return active;
  const uri = given ?? (await pickReturn());
  if (uri === null) return null;
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Reads the return from the disk and looks at everything that can be known before something is sent. */
async function check(
  document: vscode.TextDocument,
  environment: Environment,
  wishes: Wishes,
  { service, sessions, readRequest }: FeatureParts,
  runs: Runs,
): Promise<Checked> {
  const unsaved = document.isUntitled || document.isDirty;
  const bytes = document.isUntitled
    ? new TextEncoder().encode(document.getText())
    : await vscode.workspace.fs.readFile(document.uri);
  const decoded = decodeXml(bytes);
  const root = decoded.kind === "decoded" ? parseXml(decoded.text).root : null;
  const outcome = await service.judge(
    { content: { bytes }, ...readRequest(document.uri), engine: "builtin" },
    "interactive",
    new AbortController().signal,
  );
  if (outcome.kind !== "judged") {
    throw new Error(t("The return could not be checked on this machine, so it is not submitted."));
  }
  const { documentType, verdict, notEvaluated } = outcome.document;
  const isReturn = documentType === "vatReturn";
  const local: PreflightInput["local"] = {
    verdict: isReturn ? verdict : "notARecognisedDocument",
    notEvaluated: notEvaluated.map(({ rule }) => rule),
  };
  const vatReturn = root === null || !isReturn ? null : readVatReturn(root);
  const { attachments, problems } = checkWishes(wishes, document);
  const session = await sessions.find(environment, "submission");
  const now = Date.now();
  const signedIn: PreflightSession | null =
    session === null
      ? null
      : {
          account: session.account.label,
          expiresAt: session.tokens.refresh === null ? Date.parse(session.expiresAt) : null,
        };
  const items = preflight({
    unsavedChanges: unsaved,
    bytes,
    local,
    vatReturn,
    environment,
    fileName: path.posix.basename(document.uri.path),
    session: signedIn,
    envelope: wishes.envelope,
    attachmentNames: attachments.map(({ fileName }) => fileName),
    attachmentProblems: problems,
    journals: (await runs.store.list()).journals,
    now,
  });
  const renewFirst = signedIn !== null && isTooShort(signedIn, now);
  return { environment, bytes, vatReturn, attachments, items, renewFirst };
}

function checkWishes(
  { attachments }: Wishes,
  document: vscode.TextDocument,
): { readonly attachments: readonly CheckedAttachment[]; readonly problems: readonly AttachmentProblem[] } {
  return checkAttachments(attachments, [path.posix.basename(document.uri.path)]);
}

type Choice =
  "submit" | "save" | "signIn" | "attachments" | "noAttachments" | "envelope" | "folder" | "goal" | "problems";

interface ChecklistItem extends vscode.QuickPickItem {
  readonly choice?: Choice;
  /** The submission to go on with instead. */
  readonly unfinished?: string | undefined;
}

/** @returns what the user chose; null to leave */
async function showChecklist({ environment, items }: Checked, wishes: Wishes): Promise<Choice | null> {
  const name = environment.name;
  const stopped = overall(items) === "stop";
  const separator = (label: string): ChecklistItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const list: ChecklistItem[] = [
    firstItem(name, items, wishes),
    separator(t("Checklist")),
    ...items.map(toChecklistItem),
    separator(t("Choices")),
    {
      label: t("$(file-add) Add attachments …"),
      description: wishes.attachments.length === 0 ? "" : String(wishes.attachments.length),
      choice: "attachments",
    },
    ...(wishes.attachments.length === 0
      ? []
      : [{ label: t("$(trash) Leave the attachments out"), choice: "noAttachments" } as const]),
    {
      label:
        wishes.envelope === null ? t("$(mail) Use an envelope of my own …") : t("$(mail) Have the envelope written"),
      description: wishes.envelope?.file ?? "",
      choice: "envelope",
    },
    {
      label: t("$(folder) Keep receipt and payment information in …"),
      description: wishes.outFolder === "" ? t("with the submission's own files") : wishes.outFolder,
      ...(isInWorkspace(wishes.outFolder) ? { detail: t("Keep these files out of version control.") } : {}),
      choice: "folder",
    },
    {
      label: wishes.goal === "submit" ? t("$(person) Fill in only; somebody else submits") : t("$(person) Submit, too"),
      choice: "goal",
    },
  ];
  const picked = await vscode.window.showQuickPick(list, {
    title: t("Submit VAT return to “{0}”", name),
    placeHolder: stopped ? t("Something has to be put right first") : t("Nothing is sent before you choose to"),
    ignoreFocusOut: true,
  });
  if (picked?.unfinished !== undefined) {
    // Not awaited: this submission is over with that.
    void vscode.commands.executeCommand("mvaMelding.resumeSubmission", picked.unfinished);
    return null;
  }
  return picked?.choice ?? null;
}

/** Whether what is kept there may go along with the next commit. */
function isInWorkspace(folder: string): boolean {
  return folder !== "" && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) !== undefined;
}

/** What is next: submitting, or else what stands in its way. */
function firstItem(name: string, items: readonly PreflightItem[], { goal }: Wishes): ChecklistItem {
  const stops = items.filter(({ outcome }) => outcome === "stop");
  if (stops.length === 0) {
    const label =
      goal === "submit"
        ? t("$(cloud-upload) Submit to “{0}”", name)
        : t("$(cloud-upload) Fill in at “{0}”, without submitting", name);
    return { label, choice: "submit" };
  }
  if (stops.every((stop) => stop.name === "account")) {
    return { label: t("$(sign-in) Sign in to “{0}” first", name), choice: "signIn" };
  }
  return {
    label: t("$(circle-slash) Can't be submitted yet"),
    detail: t("The list below says why. Choose an item to put it right."),
    choice: "problems",
  };
}

function toChecklistItem(item: PreflightItem): ChecklistItem {
  const icon = item.outcome === "ok" ? "$(pass)" : item.outcome === "ask" ? "$(warning)" : "$(error)";
  const { unfinished } = item;
  const label = `${icon} ${item.text[messageLanguage()]}`;
  return {
    label,
    choice: choiceOf(item),
    unfinished,
    ...(unfinished === undefined ? {} : { detail: t("Choose this line to resume it.") }),
  };
}

/** Where choosing a line of the checklist leads. */
function choiceOf({ name, outcome }: PreflightItem): Choice {
  if (outcome === "ok") return "problems";
  switch (name) {
    case "file":
      return "save";
    case "account":
    case "environment":
      return "signIn";
    case "envelope":
      return "envelope";
    case "attachments":
      // Whatever is wrong with one of them, they are picked anew.
      return "noAttachments";
    case "verdict":
    case "organisation":
    case "earlier":
      return "problems";
  }
}

async function follow(
  choice: Choice,
  wishes: Wishes,
  document: vscode.TextDocument,
  parts: FeatureParts,
): Promise<Wishes> {
  switch (choice) {
    case "save":
      await document.save();
      return wishes;
    case "signIn":
      await vscode.commands.executeCommand("mvaMelding.signInAgain");
      return wishes;
    case "attachments":
      return { ...wishes, attachments: await pickAttachments(wishes.attachments) };
    case "noAttachments":
      return { ...wishes, attachments: [] };
    case "envelope":
      return { ...wishes, envelope: wishes.envelope === null ? await pickEnvelope(parts) : null };
    case "folder":
      return { ...wishes, outFolder: await pickFolder(wishes.outFolder) };
    case "goal":
      return { ...wishes, goal: wishes.goal === "submit" ? "fillIn" : "submit" };
    case "submit":
    case "problems":
      return wishes;
  }
}

/** A session that would end at once is renewed before anything is sent. @returns whether somebody is signed in now */
async function renewSession(environment: Environment, { signIn }: FeatureParts): Promise<boolean> {
  try {
    await signIn.signIn(environment, { scopes: scopesFor(environment, ["validation", "submission"]) });
    return true;
  } catch (error) {
    // Why it failed has been told already.
    if (error instanceof vscode.CancellationError) return false;
    throw error;
  }
}

/** Whatever the checklist leaves to the user is asked once more, with the environment's name. */
async function confirm({ environment, items }: Checked): Promise<boolean> {
  const go = t("Submit all the same");
  const question = t("Submit to “{0}” all the same?", environment.name);
  const detail = items
    .filter(({ outcome }) => outcome === "ask")
    .map(({ text }) => text[messageLanguage()])
    .join("\n\n");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, go)) === go;
}
