import assert from "node:assert/strict";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { periodOrder } from "../../../src/extension/views/periodOrder.ts";
import { declaredAsUtf8 } from "../../../src/services/utf8Xml.ts";
import type { Journal } from "../../../src/submission/journal.ts";
import { newJournal } from "../../../src/submission/prepare.ts";
import { createSubmissionStore } from "../../../src/submission/store.ts";
import { isUnfinished, mayHoldUnfinished } from "../../../src/submission/unfinished.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";
import { sampleReturn } from "../sandbox/altinn/support.ts";

describe("an unfinished submission", () => {
  let home = "";
  let journal: Journal;
  let content: ReturnType<typeof newJournal>["content"];
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "mva-unfinished-"));
    const bytes = await sampleReturn();
    const { root } = parseXml(bytes.toString());
    assert.ok(root !== null);
    const input = {
      environment: { name: "sandbox", platformUrl: "http://127.0.0.1:1", appUrl: "http://127.0.0.1:1/skd/app" },
      bytes,
      vatReturn: readVatReturn(root),
      sourcePath: "",
      fileName: "mva.xml",
      attachments: [],
      envelope: null,
      createdBy: "Test",
      goal: "submit",
      outFolder: "",
    } as const;
    ({ journal, content } = newJournal(input, new Date("2026-11-22T09:00:00Z")));
  });
  after(() => rm(home, { recursive: true, force: true }));

  const intent = { step: "createInstance", at: "2026-11-22T09:00:00.000Z", lostAt: null } as const;
  const cases: readonly (readonly [string, Partial<Journal>, boolean])[] = [
    ["nothing sent", { state: "prepared" }, false],
    ["perhaps created", { state: "prepared", intent }, true],
    ["being filled in", { state: "open" }, true],
    ["filled in to be submitted", { state: "readyToSign" }, true],
    ["filled in for somebody else", { state: "readyToSign", goal: "fillIn" }, false],
    ["waiting", { state: "waiting" }, true],
    ["finished", { state: "finished" }, false],
    ["abandoned", { state: "abandoned" }, false],
  ];
  for (const [title, changes, expected] of cases) {
    it(`${expected ? "is" : "is not"} one that is ${title}`, () =>
      assert.equal(isUnfinished({ ...journal, ...changes }), expected));
  }

  it("is seen in a state folder without reading the journals as such", async () => {
    assert.equal(await mayHoldUnfinished(home), false);
    const store = createSubmissionStore(home);
    await store.create({ ...journal, state: "finished" }, content);
    assert.equal(await mayHoldUnfinished(home), false);
    for (const state of ["open", "readyToSign", "waiting"] as const) {
      await store.save({ ...journal, state });
      assert.equal(await mayHoldUnfinished(home), true, state);
    }
  });

  it("is seen to be at work elsewhere by its lock, and not by one left behind", async () => {
    const store = createSubmissionStore(home);
    const path = join(store.folder(journal.id), "lock");
    assert.equal(await store.isLocked(journal.id), false);
    const lock = await store.lock(journal.id);
    assert.equal(await store.isLocked(journal.id), true);
    await lock.release();
    assert.equal(await store.isLocked(journal.id), false);
    await writeFile(path, JSON.stringify({ token: "x", pid: 1, host: `not-${hostname()}` }));
    assert.equal(await store.isLocked(journal.id), true);
    await utimes(path, new Date(0), new Date(0));
    assert.equal(await store.isLocked(journal.id), false);
  });
});

describe("the order of periods", () => {
  it("is the calendar's, shorter ones first, and what is none last", () => {
    const ordered = [
      "november-desember 2025",
      "uke 1 2026",
      "januar 2026",
      "januar-februar 2026",
      "aarlig 2026",
      "mars-april 2026",
      "mai-juni 2026",
      "andre halvdel juni 2026",
      "september-oktober 2026",
      "foo 2026",
      null,
    ];
    const shuffled = ordered.toSorted((one, other) => String(one).localeCompare(String(other)));
    const sorted = shuffled.toSorted((one, other) => (periodOrder(one) < periodOrder(other) ? -1 : 1));
    assert.deepEqual(sorted.slice(0, -2), ordered.slice(0, -2));
    assert.deepEqual(new Set(sorted.slice(-2)), new Set(ordered.slice(-2)));
  });
});

describe("XML that is sent as UTF-8", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['<?xml version="1.0" encoding="ISO-8859-1"?><a/>', '<?xml version="1.0" encoding="UTF-8"?><a/>'],
    ["<?xml version='1.0' encoding = 'windows-1252' ?>\n<a/>", "<?xml version='1.0' encoding = \"UTF-8\" ?>\n<a/>"],
    ["\uFEFF<a>æ</a>", "<a>æ</a>"],
    ['<?xml version="1.0"?><a encoding="x"/>', '<?xml version="1.0"?><a encoding="x"/>'],
    ['<a> encoding="ISO-8859-1"</a>', '<a> encoding="ISO-8859-1"</a>'],
  ];
  for (const [text, sent] of cases)
    it(`says so: ${JSON.stringify(text)}`, () => assert.equal(declaredAsUtf8(text), sent));
});
