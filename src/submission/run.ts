import { ServiceError } from "../services/serviceError.ts";
import type { AltinnClient } from "../services/altinn/client.ts";
import { dataTypes, tasks } from "../services/altinn/wire.ts";
import type { DataElement, Instance } from "../services/altinn/wire.ts";
import { readValidationAnswer } from "../services/skatteetaten/validationAnswer.ts";
import type { OfficialVerdict } from "../validation/remote/answer.ts";
import type { Text } from "../vatReturn/text.ts";
import { storeDownloads } from "./downloads.ts";
import type { Journal, StepName, SubmissionVerdict } from "./journal.ts";
import { JournalWriter } from "./journalWriter.ts";
import type { Pace } from "./pace.ts";
import type { SubmissionContent, SubmissionStore } from "./store.ts";
import { SubmissionError } from "./submissionError.ts";

/** Everything that a run needs and does not own. */
export interface RunContext {
  readonly store: SubmissionStore;
  readonly altinn: AltinnClient;
  /**
   * Sees to it that the client's token source gives a valid Altinn token: the exchange, and a sign-in where need be.
   * `fresh` asks for a new one after a 401. Rejects where that is impossible or the user declines.
   */
  readonly ensureToken: (fresh: boolean, signal: AbortSignal | undefined) => Promise<void>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly pace: Pace;
  /** Called after every change of the journal, with what is on the disk. */
  readonly onProgress: (journal: Journal) => void;
}

/**
 * Takes a submission as far as it can go, from wherever it stands: the same function starts, goes on after a crash
 * and looks for the verdict. Before every changing call the intent is written down; after one with an unknown outcome
 * the state at Altinn is read, and nothing is repeated before that call can no longer take effect.
 * @returns the journal as it stands on the disk.
 * @throws LockedError, ServiceError, SubmissionError; the journal then says where it stopped and why.
 */
export async function runSubmission(id: string, context: RunContext, signal?: AbortSignal): Promise<Journal> {
  const lock = await context.store.lock(id);
  try {
    const journal = await context.store.load(id);
    const content = await context.store.content(journal);
    const writer = new JournalWriter(journal, context.store, context.now, context.onProgress);
    return await new Run(writer, content, context, signal).toTheEnd();
  } finally {
    await lock.release();
  }
}

type Place = "fillIn" | "confirm" | "submitted";

class Run {
  readonly #writer: JournalWriter;
  readonly #content: SubmissionContent;
  readonly #context: RunContext;
  readonly #signal: AbortSignal | undefined;
  /** A token is renewed once for a step; a second 401 in a row is the caller's problem. */
  #renewedWithoutProgress = false;
  #followedSince: number | null = null;
  #followedRounds = 0;
  #verdictSeenAt: number | null = null;

  constructor(writer: JournalWriter, content: SubmissionContent, context: RunContext, signal: AbortSignal | undefined) {
    this.#writer = writer;
    this.#content = content;
    this.#context = context;
    this.#signal = signal;
  }

  get #journal(): Journal {
    return this.#writer.journal;
  }

  async toTheEnd(): Promise<Journal> {
    if (this.#journal.state === "finished" || this.#journal.state === "abandoned") return this.#journal;
    await this.#writer.change({ error: null });
    try {
      await this.#writer.visible("exchange", null, () => this.#context.ensureToken(false, this.#signal));
      while (!(await this.#advanceOrRenew()));
      return this.#journal;
    } catch (error) {
      await this.#writer.change({ error: textOf(error) });
      throw error;
    }
  }

  /** Takes one step, and mends what mends itself: an expired token, an instance too new to be seen. */
  async #advanceOrRenew(): Promise<boolean> {
    try {
      const done = await this.#advance();
      this.#renewedWithoutProgress = false;
      return done;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.kind === "unauthorised" && !this.#renewedWithoutProgress) {
        this.#renewedWithoutProgress = true;
        await this.#writer.visible("exchange", null, () => this.#context.ensureToken(true, this.#signal));
        return false;
      }
      if (error.kind === "notFound" && this.#isFresh()) {
        await this.#pause(this.#context.pace.settlePause);
        return false;
      }
      throw error;
    }
  }

  /** A new instance may answer 404 for a while; one that was created long ago may not. */
  #isFresh(): boolean {
    const created = this.#journal.steps.findLast((step) => step.name === "createInstance")?.startedAt;
    if (created === undefined || this.#journal.instanceId === null) return false;
    return this.#context.now().getTime() < Date.parse(created) + this.#context.pace.freshInstance;
  }

  /** One step from what is true now. @returns whether there is nothing more to do for the time being. */
  async #advance(): Promise<boolean> {
    if (this.#journal.intent !== null) await this.#settleIntent();
    const id = this.#journal.instanceId;
    if (id === null) {
      await this.#createInstance();
      return false;
    }
    const instance = await this.#context.altinn.instance(id, this.#signal);
    switch (placeOf(instance)) {
      case "fillIn":
        await this.#fillIn(id, instance);
        return false;
      case "confirm":
        if (this.#journal.goal === "fillIn") {
          await this.#writer.change({ state: "readyToSign" });
          return true;
        }
        await this.#change("submit", null, async () => {
          await this.#context.altinn.next(id, "submit", this.#signal);
        });
        return false;
      case "submitted":
        if (this.#journal.state !== "waiting") await this.#writer.change({ state: "waiting" });
        return this.#followToVerdict(id, instance);
    }
  }

  async #createInstance(): Promise<void> {
    await this.#change("createInstance", null, async () => {
      const created = await this.#context.altinn.createInstance(this.#journal.organisationNumber, this.#signal);
      await this.#writer.change({ instanceId: created.id, state: "open" });
    });
  }

  /** Stores what is missing, one file at a time, and then completes the filling in. */
  async #fillIn(id: string, instance: Instance): Promise<void> {
    const { altinn } = this.#context;
    if (!this.#journal.envelope.stored) {
      const envelope = instance.data.find((element) => element.dataType === dataTypes.envelope);
      if (envelope === undefined) throw unexpectedProcess("the envelope's element is missing on the instance");
      await this.#change("storeEnvelope", null, async () => {
        await altinn.putEnvelope(id, envelope.id, this.#content.envelope, this.#signal);
        await this.#writer.change({ envelope: { ...this.#journal.envelope, stored: true } });
      });
      if (this.#journal.intent !== null) return;
    }
    const files = [
      {
        dataType: dataTypes.vatReturn,
        bytes: this.#content.vatReturn,
        ...this.#journal.vatReturn,
        contentType: "text/xml",
      },
      ...this.#journal.attachments.map((attachment, index) => ({
        dataType: dataTypes.attachment,
        bytes: this.#content.attachments[index] ?? new Uint8Array(),
        ...attachment,
      })),
    ];
    const unclaimed = instance.data.filter(
      (element) => element.dataType === dataTypes.vatReturn || element.dataType === dataTypes.attachment,
    );
    const missing = new Set(files.keys());
    for (const [index, file] of files.entries()) {
      const claimed =
        takeFirst(unclaimed, (element) => element.id === file.dataId) ?? (await this.#findStored(id, unclaimed, file));
      if (claimed === null) continue;
      missing.delete(index);
      if (claimed.id !== file.dataId) await this.#writer.change(withDataId(this.#journal, index, claimed.id));
    }
    await this.#removeSurplus(id, unclaimed);
    for (const [index, file] of files.entries()) {
      if (!missing.has(index)) continue;
      await this.#change(index === 0 ? "storeReturn" : "storeAttachment", file.fileName, async () => {
        const stored = await altinn.addData(id, file, this.#signal);
        await this.#writer.change(withDataId(this.#journal, index, stored.id));
      });
      // With the outcome of one file unknown, the instance is read anew before anything else is sent.
      if (this.#journal.intent !== null) return;
    }
    await this.#change("completeFillingIn", null, async () => {
      await altinn.next(id, "fillIn", this.#signal);
    });
  }

  /** Looks for a file that a lost answer or another run has stored already: same kind, name, size and bytes. */
  async #findStored(
    id: string,
    unclaimed: DataElement[],
    file: { readonly dataType: string; readonly fileName: string; readonly bytes: Uint8Array },
  ): Promise<DataElement | null> {
    for (const element of [...unclaimed]) {
      if (element.dataType !== file.dataType || element.size !== file.bytes.byteLength) continue;
      const stored = await this.#context.altinn.data(id, element.id, this.#signal);
      if (Buffer.compare(stored, file.bytes) === 0) return takeFirst(unclaimed, (other) => other.id === element.id);
    }
    return null;
  }

  /** What nobody claims is a copy left by a lost answer, or an older version of the return: it must not go along. */
  async #removeSurplus(id: string, unclaimed: readonly DataElement[]): Promise<void> {
    const ours = new Set(this.#journal.attachments.map((attachment) => attachment.size));
    const foreign = unclaimed.filter((element) => element.dataType === dataTypes.attachment && !ours.has(element.size));
    if (foreign.length > 0) {
      const names = foreign.map((element) => element.filename ?? element.id).join(", ");
      throw new SubmissionError("foreignFiles", {
        en: `The instance holds files that are not part of this submission: ${names}. Nothing was submitted. Abandon the draft and submit anew.`,
        nb: `Instansen inneholder filer som ikke hører til denne innsendingen: ${names}. Ingenting er sendt inn. Forkast utkastet og send inn på nytt.`,
      });
    }
    for (const element of unclaimed) await this.#context.altinn.deleteData(id, element.id, this.#signal);
  }

  /** Makes a changing call between two entries in the journal. */
  async #change(step: StepName, fileName: string | null, call: () => Promise<void>): Promise<void> {
    await this.#writer.begin(step, fileName);
    try {
      await call();
    } catch (error) {
      const settled = error instanceof ServiceError && error.effect === "none";
      await this.#writer.fail(textOf(error), { settled, cancelled: this.#signal?.aborted === true });
      // An unknown outcome is no failure yet: the next round looks, and goes on from what it finds.
      if (!settled && error instanceof ServiceError && error.kind !== "cancelled" && this.#writer.mayTryAgain(step))
        return;
      throw error;
    }
    await this.#writer.complete();
  }

  /** Waits until a call with an unknown outcome has either been seen to take effect or can no longer do so. */
  async #settleIntent(): Promise<void> {
    const intent = this.#journal.intent;
    if (intent === null) return;
    const deadline = Date.parse(intent.at) + this.#context.pace.settle;
    while (!(await this.#hasTakenEffect(intent.step, intent.at))) {
      const left = deadline - this.#context.now().getTime();
      if (left <= 0 || intent.step === "storeEnvelope") break;
      await this.#pause(Math.min(left, this.#context.pace.settlePause));
    }
    await this.#writer.change({ intent: null });
  }

  async #hasTakenEffect(step: StepName, since: string): Promise<boolean> {
    const id = this.#journal.instanceId;
    if (step === "createInstance") return id !== null || this.#adoptCreated(since);
    if (id === null) return true;
    const instance = await this.#context.altinn.instance(id, this.#signal);
    switch (step) {
      case "completeFillingIn":
        return placeOf(instance) !== "fillIn";
      case "submit":
        return placeOf(instance) === "submitted";
      case "storeReturn":
      case "storeAttachment":
        return instance.data.some((element) => this.#isNewFile(element, step));
      default:
        return true;
    }
  }

  #isNewFile(element: DataElement, step: "storeReturn" | "storeAttachment"): boolean {
    const known = [this.#journal.vatReturn.dataId, ...this.#journal.attachments.map((file) => file.dataId)];
    const dataType = step === "storeReturn" ? dataTypes.vatReturn : dataTypes.attachment;
    return element.dataType === dataType && !known.includes(element.id);
  }

  /** After a lost answer to "create": is there one new, empty draft that no other submission knows? */
  async #adoptCreated(since: string): Promise<boolean> {
    const { store, altinn, pace } = this.#context;
    const earliest = Date.parse(since) - pace.clockSkew;
    const others = new Set((await store.list()).journals.map((journal) => journal.instanceId));
    const open = await altinn.openInstances(this.#journal.organisationNumber, this.#signal);
    const candidates = open.filter(
      (instance) =>
        !others.has(instance.id) &&
        instance.created !== null &&
        Date.parse(instance.created) >= earliest &&
        instance.process?.currentTask?.elementId === tasks.fillIn &&
        instance.data.every((element) => element.dataType === dataTypes.envelope),
    );
    if (candidates.length > 1) throw ambiguousDraft(candidates);
    const [only] = candidates;
    if (only === undefined) return false;
    await this.#writer.change({ instanceId: only.id, state: "open" });
    return true;
  }

  /** Looks for the verdict once. @returns whether the wait is over: everything is there, or it takes too long. */
  async #followToVerdict(id: string, instance: Instance): Promise<boolean> {
    const { pace, now, altinn, store } = this.#context;
    this.#followedSince ??= now().getTime();
    const files = await storeDownloads(this.#journal, instance, altinn, store, this.#signal);
    if (files.length > this.#journal.files.length) await this.#writer.change({ files: [...files] });
    const verdict = await this.#readVerdict(id, instance);
    if (verdict !== null && verdict !== this.#journal.verdict) await this.#writer.change({ verdict });
    const time = now().getTime();
    if (verdict !== null) {
      this.#verdictSeenAt ??= time;
      const hasReceipt = files.some((file) => file.dataType === dataTypes.receipt);
      if (hasReceipt || time - this.#verdictSeenAt >= pace.receiptLimit) {
        await this.#compareStored(id, instance);
        await this.#writer.change({ state: "finished" });
        return true;
      }
    } else if (time - this.#followedSince >= pace.verdictLimit) {
      return true;
    }
    const round = Math.min(this.#followedRounds++, pace.verdictPauses.length - 1);
    await this.#pause(pace.verdictPauses[round] ?? pace.settlePause);
    return false;
  }

  /** Only the authority's validation result says what became of a return; nothing else is ever taken for it. */
  async #readVerdict(id: string, instance: Instance): Promise<SubmissionVerdict | null> {
    const element = instance.data.find((candidate) => candidate.dataType === dataTypes.validationResult);
    if (element === undefined) return null;
    const body = await this.#context.altinn.data(id, element.id, this.#signal);
    return verdictNames[readValidationAnswer(new TextDecoder().decode(body)).verdict];
  }

  async #compareStored(id: string, instance: Instance): Promise<void> {
    const element = instance.data.find((candidate) => candidate.dataType === dataTypes.vatReturn);
    if (element === undefined) return;
    const stored = await this.#context.altinn.data(id, element.id, this.#signal);
    if (Buffer.compare(stored, this.#content.vatReturn) === 0) return;
    await this.#writer.change({
      error: {
        en: "The return on the instance differs from what was sent. The copy of what was sent is kept with the run.",
        nb: "Meldingen på instansen er ulik det som ble sendt. Kopien av det som ble sendt, er bevart.",
      },
    });
  }

  async #pause(milliseconds: number): Promise<void> {
    await this.#context.sleep(milliseconds, this.#signal);
  }
}

const verdictNames: Readonly<Record<OfficialVerdict, SubmissionVerdict>> = {
  "ingen avvik": "accepted",
  "avvikende skattemelding": "acceptedWithDeviations",
  "mangelfull skattemelding": "incomplete",
  "ugyldig skattemelding": "refused",
};

function placeOf(instance: Instance): Place {
  if (instance.status?.isSoftDeleted === true || instance.status?.isHardDeleted === true) {
    throw new SubmissionError("deleted", {
      en: "The instance has been deleted at Altinn; nothing was submitted. Submit anew.",
      nb: "Instansen er slettet i Altinn; ingenting er sendt inn. Send inn på nytt.",
    });
  }
  const process = instance.process;
  if (process === null) throw unexpectedProcess("the instance has no process");
  if (process.ended !== null) return "submitted";
  switch (process.currentTask?.elementId) {
    case tasks.fillIn:
      return "fillIn";
    case tasks.confirm:
      return "confirm";
    case undefined:
      throw unexpectedProcess("the process has neither a current task nor an end");
    default:
      return "submitted";
  }
}

function takeFirst<T>(items: T[], wanted: (item: T) => boolean): T | null {
  const index = items.findIndex(wanted);
  return index < 0 ? null : (items.splice(index, 1)[0] ?? null);
}

function withDataId(journal: Journal, index: number, dataId: string): Partial<Journal> {
  if (index === 0) return { vatReturn: { ...journal.vatReturn, dataId } };
  return {
    attachments: journal.attachments.map((file, position) => (position === index - 1 ? { ...file, dataId } : file)),
  };
}

function textOf(error: unknown): Text {
  if (error instanceof ServiceError || error instanceof SubmissionError) return error.text;
  const message = error instanceof Error ? error.message : String(error);
  return { en: message, nb: message };
}

function unexpectedProcess(what: string): SubmissionError {
  return new SubmissionError("unexpectedProcess", {
    en: `The instance is in a state that this version does not know (${what}). Nothing was changed.`,
    nb: `Instansen er i en tilstand som denne versjonen ikke kjenner (${what}). Ingenting er endret.`,
  });
}

function ambiguousDraft(candidates: readonly Instance[]): SubmissionError {
  const ids = candidates.map((instance) => instance.id).join(", ");
  return new SubmissionError("ambiguousDraft", {
    en: `Altinn holds several new drafts, and it can't be told which one belongs to this submission: ${ids}. Adopt one of them, or delete them.`,
    nb: `Altinn har flere nye utkast, og det lar seg ikke avgjøre hvilket som hører til denne innsendingen: ${ids}. Overta ett av dem, eller slett dem.`,
  });
}
