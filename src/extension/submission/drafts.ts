import * as vscode from "vscode";
import type { Journal } from "../../submission/journal.ts";
import type { Submissions } from "../../submission/submissions.ts";
import type { UnknownInstance } from "../../submission/unknownInstances.ts";
import { stateWords } from "../../submission/words.ts";
import { isRecognised } from "../editor/documents.ts";
import { messageLanguage } from "../settings.ts";
import type { FeatureParts } from "./feature.ts";
import type { Runs } from "./runs.ts";
import { t } from "../l10n.ts";

interface DraftItem extends vscode.QuickPickItem {
  readonly draft: UnknownInstance;
}

interface WishItem extends vscode.QuickPickItem {
  readonly wish: "adopt" | "delete";
}

/** Drafts at Altinn that no submission of this machine has: found, gone on with, or deleted. */
export class Drafts {
  readonly #parts: FeatureParts;
  readonly #runs: Runs;

  constructor(parts: FeatureParts, runs: Runs) {
    this.#parts = parts;
    this.#runs = runs;
  }

  /** MVA: Find submissions begun elsewhere. */
  async adopt(): Promise<void> {
    const environment = await this.#parts.signIn.ready(this.#parts.environments.require());
    const organisationNumber = await vscode.window.showInputBox({
      title: t("Find submissions begun elsewhere"),
      prompt: t("Organisation number whose drafts in “{0}” are looked for", environment.name),
      value: await this.#likelyOrganisation(),
      ignoreFocusOut: true,
      validateInput: (value) => (/^[0-9]{9}$/.test(value) ? null : t("Nine digits.")),
    });
    if (organisationNumber === undefined) return;
    const submissions = this.#runs.submissions(environment);
    try {
      const unknown = await this.#search(submissions, environment.name, organisationNumber);
      if (unknown.length === 0) {
        void vscode.window.showInformationMessage(
          t("There is no draft in “{0}” that is not known here.", environment.name),
        );
        return;
      }
      const draft = await pick(unknown, t("Find submissions begun elsewhere"), t("Which one is it about?"));
      if (draft !== null) await this.#decide(draft, submissions);
    } catch (error) {
      await this.#runs.tell(error, null);
    }
  }

  /**
   * Asks which of several drafts belongs to a submission whose creation got no answer.
   * @returns whether that is settled now
   */
  async settle(journal: Journal, instanceIds: readonly string[]): Promise<boolean> {
    const environment = await this.#runs.environmentOf(journal);
    const submissions = this.#runs.submissions(environment);
    const unknown = await this.#search(submissions, environment.name, journal.organisationNumber);
    const possible = unknown.filter(({ id }) => instanceIds.includes(id));
    const title = t("Which draft belongs to the submission of {0}?", journal.period);
    const draft = await pick(possible, title, t("The other ones stay as they are"));
    if (draft === null) return false;
    await submissions.adoptDraft(journal.id, draft.id);
    this.#runs.changed();
    return true;
  }

  async #search(
    submissions: Submissions,
    environmentName: string,
    organisationNumber: string,
  ): Promise<readonly UnknownInstance[]> {
    const title = t("Looking for drafts in “{0}”", environmentName);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (_progress, cancelled) => {
      const searching = new AbortController();
      const registration = cancelled.onCancellationRequested(() => searching.abort());
      try {
        return await submissions.findUnknown([organisationNumber], searching.signal);
      } finally {
        registration.dispose();
      }
    });
  }

  async #decide(draft: UnknownInstance, submissions: Submissions): Promise<void> {
    const wishes: WishItem[] = [
      ...(draft.holdsReturn
        ? [
            {
              label: t("$(debug-continue) Go on with it here"),
              detail: t("Nothing is sent before you resume it."),
              wish: "adopt",
            } as const,
          ]
        : []),
      ...(draft.state === "waiting"
        ? []
        : [
            {
              label: t("$(trash) Delete it at Altinn"),
              detail: t("For good; you are asked once more."),
              wish: "delete",
            } as const,
          ]),
    ];
    const title = labelOf(draft);
    const placeHolder = draft.holdsReturn ? "" : t("It holds no return, so it can't be gone on with");
    const chosen = await vscode.window.showQuickPick(wishes, { title, placeHolder });
    if (chosen === undefined) return;
    if (chosen.wish === "delete") {
      await this.#delete(draft, submissions);
      return;
    }
    const adopted = await submissions.adopt(draft.id, { goal: "submit", outFolder: "" });
    this.#runs.changed();
    await vscode.commands.executeCommand("mvaMelding.submissions.focus");
    const resume = draft.state === "waiting" ? t("Check now") : t("Resume");
    const message = t("The submission of {0} is on this machine now.", adopted.period);
    void vscode.window.showInformationMessage(message, resume).then((answer) => {
      return answer === resume ? vscode.commands.executeCommand("mvaMelding.resumeSubmission", adopted.id) : undefined;
    });
  }

  async #delete(draft: UnknownInstance, submissions: Submissions): Promise<void> {
    const remove = t("Delete");
    const question = t("Delete the draft {0} at Altinn?", draft.id);
    const detail = t("Whoever began it can't go on with it any more.");
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return;
    await submissions.deleteUnknown(draft.id);
    vscode.window.setStatusBarMessage(t("The draft is deleted."), 5000);
  }

  /** That of the open return, else of the last submission. */
  async #likelyOrganisation(): Promise<string> {
    const document = vscode.window.activeTextEditor?.document;
    const judged = document !== undefined && isRecognised(document) ? this.#parts.live.stateOf(document)?.judged : null;
    const open = judged?.summary?.organisationNumber;
    if (open !== undefined && open !== null) return open;
    return (await this.#runs.store.list()).journals[0]?.organisationNumber ?? "";
  }
}

function labelOf({ period, category }: UnknownInstance): string {
  return [period ?? t("Without period"), ...(category === null ? [] : [category])].join(", ");
}

async function pick(
  drafts: readonly UnknownInstance[],
  title: string,
  placeHolder: string,
): Promise<UnknownInstance | null> {
  const items = drafts.map((draft): DraftItem => {
    const created = draft.created === null ? "" : new Date(draft.created).toLocaleString(vscode.env.language);
    return {
      label: labelOf(draft),
      description: draft.state === null ? "" : stateWords[draft.state][messageLanguage()],
      detail: [created, draft.id].filter((part) => part !== "").join(" · "),
      draft,
    };
  });
  const options = { title, placeHolder, matchOnDetail: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.draft ?? null;
}
