import * as path from "node:path";
import * as vscode from "vscode";
import { declaredAsUtf8 } from "../../services/utf8Xml.ts";
import { acceptedExtensions, type AttachmentFile } from "../../submission/attachments.ts";
import { decodeXml } from "../../vatReturn/encoding.ts";
import type { Text } from "../../vatReturn/text.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "./feature.ts";
import { t } from "../l10n.ts";

/** What the user may choose before anything is sent. */
export interface Wishes {
  readonly attachments: readonly AttachmentFile[];
  /** The user's own envelope and its file; null to have one written. */
  readonly envelope: { readonly file: string; readonly text: string; readonly errors: readonly Text[] } | null;
  /** Empty for the run's own folder. */
  readonly outFolder: string;
  readonly goal: "submit" | "fillIn";
}

/** Adds to what was picked before, since some file dialogs give one file at a time. The same name means another version. */
export async function pickAttachments(before: readonly AttachmentFile[]): Promise<readonly AttachmentFile[]> {
  const picked = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: t("Attach"),
    title: t("Choose attachments"),
    filters: {
      [t("Files that the app takes")]: [...acceptedExtensions],
      [t("All files")]: ["*"],
    },
  });
  if (picked === undefined) return before;
  const added = await Promise.all(
    picked.map(async (uri) => ({
      fileName: path.posix.basename(uri.path),
      bytes: await vscode.workspace.fs.readFile(uri),
    })),
  );
  const names = new Set(added.map(({ fileName }) => fileName));
  return [...before.filter(({ fileName }) => !names.has(fileName)), ...added];
}

/** The user's own envelope with what its schema has against it; null where none was chosen. */
export async function pickEnvelope({ service, readRequest }: FeatureParts): Promise<Wishes["envelope"]> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      openLabel: t("Use"),
      title: t("Choose an envelope"),
      filters: { XML: ["xml"] },
    })) ?? [];
  if (picked === undefined) return null;
  const bytes = await vscode.workspace.fs.readFile(picked);
  const decoded = decodeXml(bytes);
  if (decoded.kind === "problem") throw new Error(decoded.problem.message[messageLanguage()]);
  const outcome = await service.judge(
    { content: { bytes }, ...readRequest(picked), engine: "builtin" },
    "interactive",
    new AbortController().signal,
  );
  const findings = outcome.kind === "judged" ? outcome.document.findings : [];
  const errors = findings.filter(({ severity }) => severity === "error");
  return {
    file: path.posix.basename(picked.path),
    text: declaredAsUtf8(decoded.text),
    errors: errors.map(({ message }) => ({ en: message, nb: message })),
  };
}

/** @returns a folder for the authority's files; the one before where none was chosen */
export async function pickFolder(before: string): Promise<string> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: t("Keep here"),
      title: t("Where to keep the files; best outside version control"),
    })) ?? [];
  return picked === undefined ? before : picked.fsPath;
}
