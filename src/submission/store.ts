import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { flushFolder, renamePatiently, writeFileAtomically, writeFileDurably } from "./atomicFile.ts";
import { readJournal, UnreadableJournalError } from "./journal.ts";
import type { Journal } from "./journal.ts";
import { acquireLock, isLockHeld } from "./lock.ts";
import type { Lock } from "./lock.ts";
import { SubmissionError } from "./submissionError.ts";

/** What is to be sent, byte for byte. */
export interface SubmissionContent {
  readonly vatReturn: Uint8Array;
  readonly envelope: string;
  readonly attachments: readonly Uint8Array[];
}

/** The kept copies of what is sent, each read when it is needed: the attachments alone may be more than a gigabyte. */
export interface KeptContent {
  vatReturn(): Promise<Uint8Array>;
  envelope(): Promise<string>;
  /** @param index 0-based, in the order of the journal */
  attachment(index: number): Promise<Uint8Array>;
}

/** Appends to one transcript. Its file is opened with the first line, and stays open until the end. */
export interface TranscriptRecorder {
  /** @param lines redacted already */
  append(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface StoredSubmissions {
  /** Newest first. */
  readonly journals: readonly Journal[];
  /** Journals that can't be read; their files are left alone. */
  readonly unreadable: readonly UnreadableJournalError[];
}

/** The submissions of one state folder; editor and terminal share it. */
export interface SubmissionStore {
  /** The folder of one submission. */
  folder(id: string): string;
  /** Writes journal and copies in one go: the submission is there whole, or not at all. */
  create(journal: Journal, content: SubmissionContent): Promise<void>;
  list(): Promise<StoredSubmissions>;
  /** @throws UnreadableJournalError, also where there is no such submission. */
  load(id: string): Promise<Journal>;
  /** @param mayWrite asked before the journal there is gives way; where it rejects, that one stays. */
  save(journal: Journal, mayWrite?: () => Promise<void>): Promise<void>;
  /** The copies; reading one that is damaged is a SubmissionError `copyDamaged`. */
  content(journal: Journal): KeptContent;
  /** @throws LockedError while another process works on it. */
  lock(id: string): Promise<Lock>;
  /** Keeps two processes from making submissions of one instance. @throws LockedError */
  lockInstance(instanceId: string): Promise<Lock>;
  /** Whether some process works on it right now. */
  isLocked(id: string): Promise<boolean>;
  /** What appends to the transcript; to be closed in the end. */
  recorder(id: string): TranscriptRecorder;
  transcript(id: string): Promise<readonly string[]>;
  /** Removes everything kept of a submission, downloads in a folder of the user's own excepted. */
  remove(id: string): Promise<void>;
}

export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Sortable by time, and unlike any other: `20261122-031500-3f2ac41b`. */
export function newSubmissionId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, "");
  return `${digits.slice(0, 8)}-${digits.slice(9, 15)}-${randomBytes(4).toString("hex")}`;
}

/** @param home the state folder, see `stateFolder`. Made where it does not exist. */
export function createSubmissionStore(home: string): SubmissionStore {
  const root = join(home, "submissions");
  const folder = (id: string): string => join(root, id);
  const journalPath = (id: string): string => join(folder(id), "journal.json");
  const transcriptPath = (id: string): string => join(folder(id), "transcript.jsonl");
  const attachmentPath = (base: string, index: number): string =>
    join(base, "sent", "attachments", String(index + 1).padStart(2, "0"));

  const load = async (id: string): Promise<Journal> => {
    const path = journalPath(id);
    try {
      return readJournal(path, await readFile(path, "utf8"));
    } catch (error) {
      if (error instanceof UnreadableJournalError) throw error;
      throw new UnreadableJournalError(path, error instanceof Error ? error.message : String(error));
    }
  };

  return {
    folder,
    load,

    async create(journal, content) {
      if ((await mkdir(root, { recursive: true, mode: 0o700 })) !== undefined) {
        await Promise.all([dirname(home), home].map(flushFolder));
      }
      const beside = `${folder(journal.id)}.new`;
      const sent = join(beside, "sent");
      await mkdir(join(sent, "attachments"), { recursive: true, mode: 0o700 });
      await Promise.all([
        writeFileDurably(join(sent, "return.xml"), content.vatReturn),
        writeFileDurably(join(sent, "envelope.xml"), content.envelope),
        ...content.attachments.map((bytes, index) => writeFileDurably(attachmentPath(beside, index), bytes)),
        writeFileDurably(join(beside, "journal.json"), `${JSON.stringify(journal, null, 2)}\n`),
      ]);
      await Promise.all([beside, sent, join(sent, "attachments")].map(flushFolder));
      await renamePatiently(beside, folder(journal.id));
      await flushFolder(root);
    },

    async list() {
      const names = await readdir(root).catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
        throw error;
      });
      const journals: Journal[] = [];
      const unreadable: UnreadableJournalError[] = [];
      for (const id of names.filter((name) => /^[0-9]{8}-[0-9]{6}-[0-9a-f]{8}$/.test(name)).sort()) {
        try {
          journals.unshift(await load(id));
        } catch (error) {
          if (!(error instanceof UnreadableJournalError)) throw error;
          unreadable.push(error);
        }
      }
      return { journals, unreadable };
    },

    async save(journal, mayWrite) {
      await writeFileAtomically(journalPath(journal.id), `${JSON.stringify(journal, null, 2)}\n`, mayWrite);
    },

    content(journal) {
      const sent = join(folder(journal.id), "sent");
      const read = async (path: string, expected: string): Promise<Uint8Array> => {
        const bytes = await readFile(path);
        if (sha256(bytes) !== expected) throw damaged(path);
        return bytes;
      };
      return {
        vatReturn: () => read(join(sent, "return.xml"), journal.vatReturn.sha256),
        async envelope() {
          return new TextDecoder().decode(await read(join(sent, "envelope.xml"), journal.envelope.sha256));
        },
        attachment: (index) =>
          read(attachmentPath(folder(journal.id), index), journal.attachments[index]?.sha256 ?? ""),
      };
    },

    lock: (id) => acquireLock(join(folder(id), "lock")),
    async lockInstance(instanceId) {
      await mkdir(root, { recursive: true, mode: 0o700 });
      return acquireLock(join(root, `${instanceId.replace(/[^0-9A-Za-z-]/g, "-")}.lock`));
    },
    isLocked: (id) => isLockHeld(join(folder(id), "lock")),

    recorder(id) {
      let file: FileHandle | null = null;
      return {
        async append(lines) {
          file ??= await open(transcriptPath(id), "a", 0o600);
          // The line before may have been cut off by a crash.
          await file.appendFile(lines.map((line) => `\n${line}`).join(""));
        },
        async close() {
          await file?.close();
          file = null;
        },
      };
    },

    async transcript(id) {
      const text = await readFile(transcriptPath(id), "utf8").catch(() => "");
      return text.split("\n").filter((line) => line !== "");
    },

    async remove(id) {
      await rm(folder(id), { recursive: true, force: true });
    },
  };
}

function damaged(path: string): SubmissionError {
  return new SubmissionError("copyDamaged", {
    en: `${path} has been changed since the submission was prepared, so it is not sent. Abandon this submission and submit anew.`,
    nb: `${path} er endret siden innsendingen ble klargjort, så den blir ikke sendt. Forkast denne innsendingen og send inn på nytt.`,
  });
}
