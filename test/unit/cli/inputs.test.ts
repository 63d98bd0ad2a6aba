import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findInputs } from "../../../src/cli/inputs.ts";

describe("files to judge", () => {
  const start = process.cwd();
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "mva-inputs-"));
    for (const file of [
      "a.xml",
      "b.txt",
      "returns/2026/may.xml",
      "returns/2026/june.XML",
      "returns/2025/may.xml",
      "returns/.hidden/x.xml",
      "returns/node_modules/x.xml",
      "returns/[draft].xml",
      "returns-old/may.xml",
      ".drafts/y.xml",
    ]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), "<x/>");
    }
    symlinkSync("..", join(folder, "returns/2026/up"));
    symlinkSync("nowhere.xml", join(folder, "returns/broken.xml"));
    process.chdir(folder);
  });
  after(() => {
    process.chdir(start);
    rmSync(folder, { recursive: true });
  });

  const inReturns = ["returns/2025/may.xml", "returns/2026/june.XML", "returns/2026/may.xml", "returns/[draft].xml"];
  const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
    [["a.xml"], ["a.xml"]],
    [
      ["./a.xml", "a.xml", "-", "-"],
      ["./a.xml", "-"],
    ],
    [["returns"], inReturns],
    [["returns/"], inReturns],
    [
      ["returns/2025", "returns"],
      ["returns/2025/may.xml", "returns/2026/june.XML", "returns/2026/may.xml", "returns/[draft].xml"],
    ],
    [["returns/2025/may.xml", "returns/2026/up/2025/may.xml"], ["returns/2025/may.xml"]],
    [
      ["returns/2026"],
      ["returns/2026/june.XML", "returns/2026/may.xml", "returns/2026/up/2025/may.xml", "returns/2026/up/[draft].xml"],
    ],
    [["."], ["a.xml", "returns-old/may.xml", ...inReturns]],
    [["*.xml"], ["a.xml"]],
    [["*"], ["a.xml", "b.txt"]],
    [["./*.xml"], ["./a.xml"]],
    [["**/may.xml"], ["returns-old/may.xml", "returns/2025/may.xml", "returns/2026/may.xml"]],
    [["returns/*/may.xml"], ["returns/2025/may.xml", "returns/2026/may.xml"]],
    [["returns/{2025,2024}/*"], ["returns/2025/may.xml"]],
    [["returns/[draft].xml"], ["returns/[draft].xml"]],
    [[".drafts/*.xml"], [".drafts/y.xml"]],
    [["returns/node_modules/*"], ["returns/node_modules/x.xml"]],
  ];
  for (const [given, expected] of cases)
    it(`finds ${given.join(" ")}`, async () => {
      const { inputs, failures } = await findInputs(given);
      assert.deepEqual([inputs.map(({ file }) => file), failures], [expected, []]);
    });

  it("tells files named by themselves from files found", async () => {
    const { inputs } = await findInputs(["returns", "returns/2025/may.xml", "a.xml"]);
    assert.deepEqual(
      inputs.filter(({ explicit }) => explicit).map(({ file }) => file),
      ["returns/2025/may.xml", "a.xml"],
    );
  });

  const missing: readonly (readonly [string, RegExp])[] = [
    ["c.xml", /no such file/],
    ["a.xml/b", /no such file/],
    ["*.json", /no file matches/],
    ["!a.xml", /no such file/],
    ["nowhere/*.xml", /no file matches|no such file/],
  ];
  for (const [given, message] of missing)
    it(`reports ${given}`, async () => {
      const { inputs, failures } = await findInputs([given, "a.xml"]);
      assert.deepEqual(
        inputs.map(({ file }) => file),
        ["a.xml"],
      );
      assert.equal(failures[0]?.file, given === "nowhere/*.xml" ? failures[0]?.file : given);
      assert.match(failures[0]?.message.en ?? "", message);
    });

  it("reports a folder that it may not enter, and goes on", async function () {
    if (process.getuid?.() === 0 || process.platform === "win32") {
      // The superuser may enter everything; what becomes of such a failure is tested by the folder that is missing.
      const { failures } = await findInputs(["nowhere/**"]);
      assert.equal(failures.length > 0, true);
      return;
    }
    chmodSync(join(folder, "returns/2025"), 0);
    try {
      const { inputs, failures } = await findInputs(["returns"]);
      assert.deepEqual(
        [inputs.map(({ file }) => file), failures.map(({ file }) => file)],
        [inReturns.slice(1), ["returns/2025"]],
      );
    } finally {
      chmodSync(join(folder, "returns/2025"), 0o755);
    }
  });
});
