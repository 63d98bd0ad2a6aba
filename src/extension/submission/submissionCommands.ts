import * as vscode from "vscode";
import type { Journal } from "../../submission/journal.ts";
import type { Outcome } from "./outcome.ts";
import type { Runs } from "./runs.ts";
import { mayAbandon, mayCheck, mayDelete, mayResume } from "./standing.ts";
import { standingText } from "./words.ts";
import { t } from "../l10n.ts";

interface JournalItem extends vscode.QuickPickItem {
  readonly journal: Journal;
}

/** What can be done with a submission once it has begun; each takes an item of the view, an id, or asks which one. */
export class SubmissionCommands {
  readonly #runs: Runs;
  readonly #outcome: Outcome;

  constructor(runs: Runs, outcome: Outcome) {
    this.#runs = runs;
    this.#outcome = outcome;
  }

  /** MVA: Resume submission. */
  async resume(item: unknown): Promise<void> {
    const journal = await this.choose(item, t("Resume submission"), mayResume);
    if (journal === null) return;
    if (journal.state === "waiting") return this.check(journal);
    const submits = journal.state === "readyToSign" || journal.goal === "submit";
    if (submits && !(await this.#confirm(journal))) return;
    await this.#run(journal, submits ? { goal: "submit" } : {});
  }

  /** MVA: Check now. */
  async check(item: unknown): Promise<void> {
    const journal = await this.choose(item, t("Check now"), mayCheck);
    if (journal !== null) await this.#run(journal, {});
  }

  /** MVA: Abandon submission. */
  async abandon(item: unknown): Promise<void> {
    const journal = await this.choose(item, t("Abandon submission"), mayAbandon);
    if (journal === null) return;
    const abandon = t("Abandon");
    const question = t("Abandon the submission of {0}?", journal.period);
    const detail =
      journal.instanceId === null
        ? t("If a draft was made in “{0}”, it is deleted for good.", journal.environment.name)
        : t(
            "The draft {0} in “{1}” is deleted for good. Copies and transcript stay on this machine.",
            journal.instanceId,
            journal.environment.name,
          );
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, abandon)) !== abandon) return;
    await this.#runs.abandon(journal);
  }

  /** MVA: Delete run. Only what is kept on this machine; the authority keeps its own. */
  async delete(item: unknown): Promise<void> {
    const journal = await this.choose(item, t("Delete run"), mayDelete);
    if (journal === null) return;
    const remove = t("Delete");
    const question = t("Delete what is kept of the submission of {0}?", journal.period);
    const detail = t(
      "Journal, transcript, copies and downloads in {0} are deleted. Files in a folder of your own stay.",
      this.#runs.store.folder(journal.id),
    );
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return;
    const lock = await this.#runs.store.lock(journal.id);
    try {
      await this.#runs.store.remove(journal.id);
    } finally {
      await lock.release();
    }
    this.#runs.changed();
  }

  /** Shows verdict, files and findings of a submission once more. */
  async showOutcome(item: unknown): Promise<void> {
    const journal = await this.choose(item, t("Show outcome"));
    if (journal !== null) await this.#outcome.show(journal);
  }

  /**
   * The submission that an item of the view or an id names; else one that the user chooses among those that fit.
   * @returns null where there is none or none was chosen
   */
  async choose(
    item: unknown,
    title: string,
    fits: (journal: Journal) => boolean = () => true,
  ): Promise<Journal | null> {
    const id = idOf(item);
    if (id !== null) return this.#runs.store.load(id);
    const { journals } = await this.#runs.store.list();
    const items = journals.filter(fits).map((journal): JournalItem => ({
      label: `${journal.period}, ${journal.organisationNumber}`,
      description: `${standingText(journal)} · ${journal.environment.name}`,
      detail: new Date(journal.createdAt).toLocaleString(vscode.env.language),
      journal,
    }));
    if (items.length === 0) {
      void vscode.window.showInformationMessage(t("There is no submission that this can be done with."));
      return null;
    }
    return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.journal ?? null;
  }

  async #run(journal: Journal, options: { readonly goal?: Journal["goal"] }): Promise<void> {
    const after = await this.#runs.run(journal, options);
    if (after !== null) void this.#outcome.show(after);
  }

  /** Resuming may submit: that is asked for by name of the environment, as the first time. */
  async #confirm(journal: Journal): Promise<boolean> {
    const go = t("Go on and submit");
    const question = t("Go on with the submission of {0} to “{1}”?", journal.period, journal.environment.name);
    const detail = t("What stands at Altinn is looked at first; nothing is done twice.");
    return (await vscode.window.showInformationMessage(question, { modal: true, detail }, go)) === go;
  }
}

/** An item of the view carries its journal; messages and other commands give the id. */
function idOf(item: unknown): string | null {
  if (typeof item === "string") return item;
  if (typeof item !== "object" || item === null) return null;
  if ("journal" in item) return idOf(item.journal);
  return "id" in item && typeof item.id === "string" ? item.id : null;
}
