import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnreadableJournalError } from "../../../src/submission/journal.ts";
import type { Journal } from "../../../src/submission/journal.ts";
import { earlierSubmissions, prepareSubmission } from "../../../src/submission/prepare.ts";
import { createSubmissionStore } from "../../../src/submission/store.ts";
import type { SubmissionStore } from "../../../src/submission/store.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";

const xml = `<mvaMeldingDto><skattegrunnlagOgBeregnetSkatt><skattleggingsperiode><periode>
<skattleggingsperiodeToMaaneder>mars-april</skattleggingsperiodeToMaaneder></periode><aar>2026</aar></skattleggingsperiode>
</skattegrunnlagOgBeregnetSkatt><skattepliktig><organisasjonsnummer>310000000</organisasjonsnummer></skattepliktig>
<meldingskategori>alminnelig</meldingskategori></mvaMeldingDto>`;

async function prepare(store: SubmissionStore, at = new Date("2026-11-22T09:00:00.123Z")): Promise<Journal> {
  const root = parseXml(xml).root;
  assert.ok(root !== null);
  return prepareSubmission(
    {
      environment: { name: "sandbox", platformUrl: "http://127.0.0.1:1", appUrl: "http://127.0.0.1:1/skd/app" },
      bytes: Buffer.from(xml),
      vatReturn: readVatReturn(root),
      sourcePath: "mva.xml",
      fileName: "mva.xml",
      attachments: [{ fileName: "økonomi.pdf", bytes: Buffer.from("%PDF-"), contentType: "application/pdf" }],
      envelope: null,
      createdBy: "Kari & Ola",
      goal: "submit",
      outFolder: "",
    },
    store,
    at,
  );
}

describe("the store of submissions", () => {
  let home = "";
  let store: SubmissionStore;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "mva-home-"));
    store = createSubmissionStore(home);
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("keeps journal and copies, byte for byte, for the owner alone", async () => {
    const journal = await prepare(store);
    assert.deepEqual(await store.load(journal.id), journal);
    const content = store.content(journal);
    assert.equal(Buffer.from(await content.vatReturn()).toString(), xml);
    assert.match(await content.envelope(), /<filnavn>økonomi<\/filnavn>\s*<filekstensjon>pdf<\/filekstensjon>/);
    assert.equal(Buffer.from(await content.attachment(0)).toString(), "%PDF-");
    assert.deepEqual((await readdir(store.folder(journal.id))).sort(), ["journal.json", "sent"]);
    if (process.platform !== "win32") {
      assert.equal((await stat(join(store.folder(journal.id), "journal.json"))).mode & 0o077, 0);
    }
  });

  it("lists the newest first and sets unreadable journals apart, untouched", async () => {
    const older = await prepare(store, new Date("2026-01-01T00:00:00Z"));
    const newer = await prepare(store, new Date("2026-02-01T00:00:00Z"));
    const broken = await prepare(store, new Date("2026-03-01T00:00:00Z"));
    const path = join(store.folder(broken.id), "journal.json");
    await writeFile(path, '{"version":2}');
    const { journals, unreadable } = await store.list();
    assert.deepEqual(
      journals.map((journal) => journal.id),
      [newer.id, older.id],
    );
    assert.deepEqual(
      unreadable.map((error) => error.path),
      [path],
    );
    assert.equal(await readFile(path, "utf8"), '{"version":2}');
    await assert.rejects(store.load(broken.id), UnreadableJournalError);
  });

  it("knows an earlier submission of the same return by what it is for", async () => {
    const first = await prepare(store);
    const second = await prepare(store);
    assert.deepEqual(earlierSubmissions([first], second), []);
    const waiting: Journal = { ...first, state: "waiting" };
    assert.deepEqual(earlierSubmissions([waiting], second), [waiting]);
    assert.deepEqual(earlierSubmissions([{ ...waiting, verdict: "refused" }], second), []);
    assert.deepEqual(earlierSubmissions([{ ...waiting, period: "mai-juni 2026" }], second), []);
  });

  it("has no submissions in a folder that does not exist, and removes a run whole", async () => {
    assert.deepEqual(await createSubmissionStore(join(home, "none")).list(), { journals: [], unreadable: [] });
    const journal = await prepare(store);
    const recorder = store.recorder(journal.id);
    await recorder.append(['{"a":1}']);
    await recorder.close();
    assert.deepEqual(await store.transcript(journal.id), ['{"a":1}']);
    await store.remove(journal.id);
    assert.deepEqual((await store.list()).journals, []);
  });
});
