import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { removeFile, writeAtomically, type Section, type Store } from "../store.ts";
import { archiveSchema, type StoredInstance } from "./state.ts";

/** Instances with their files. Files are written before the instance that names them. */
export class Archive {
  readonly #section: Section<{ instances: StoredInstance[] }>;
  readonly #folder: string | null;
  readonly #bytes = new Map<string, Buffer>();

  private constructor(section: Section<{ instances: StoredInstance[] }>, folder: string | null) {
    this.#section = section;
    this.#folder = folder;
  }

  /** Opens what an earlier run kept; files whose bytes are gone are dropped, with a line in the log. */
  static async open(store: Store, log: Log): Promise<Archive> {
    const folder = store.folder === null ? null : join(store.folder, "altinn-files");
    if (folder !== null) await mkdir(folder, { recursive: true, mode: 0o700 });
    const section = await store.section("altinn-instances", archiveSchema, () => ({ instances: [] }));
    const archive = new Archive(section, folder);
    for (const instance of section.value.instances) {
      for (const element of [...instance.data]) {
        if ((await archive.#read(element.id))?.length === element.size) continue;
        log.warn(`The bytes of ${element.dataType} on the instance ${instance.guid} are gone; the file is dropped.`);
        instance.data.splice(instance.data.indexOf(element), 1);
        section.changed();
      }
    }
    return archive;
  }

  /** Newest last. */
  get instances(): readonly StoredInstance[] {
    return this.#section.value.instances;
  }

  find(partyId: string, guid: string): StoredInstance | null {
    return (
      this.instances.find((instance) => instance.guid === guid.toLowerCase() && String(instance.partyId) === partyId) ??
      null
    );
  }

  add(instance: StoredInstance): void {
    this.#section.value.instances.push(instance);
    this.changed();
  }

  /** Says that an instance was altered in place. */
  changed(): void {
    this.#section.changed();
  }

  async clear(): Promise<void> {
    const ids = this.instances.flatMap((instance) => instance.data.map((element) => element.id));
    this.#section.value.instances.length = 0;
    this.changed();
    for (const id of ids) await this.removeBytes(id);
  }

  async writeBytes(id: string, bytes: Buffer): Promise<void> {
    if (this.#folder === null) this.#bytes.set(id, bytes);
    else await writeAtomically(join(this.#folder, id), bytes);
  }

  async readBytes(id: string): Promise<Buffer> {
    const bytes = await this.#read(id);
    if (bytes === null) throw new Error(`the bytes of the file ${id} are gone`);
    return bytes;
  }

  async removeBytes(id: string): Promise<void> {
    this.#bytes.delete(id);
    if (this.#folder !== null) await removeFile(join(this.#folder, id));
  }

  async #read(id: string): Promise<Buffer | null> {
    if (this.#folder === null) return this.#bytes.get(id) ?? null;
    try {
      return await readFile(join(this.#folder, id));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
