import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FactsFileError, readFactsFiles } from "../../../src/sandbox/validation/factsFile.ts";

const one = '{"organisationNumber":"999999999","organisationForm":"AS"}';

describe("the sandbox's files of taxpayer facts", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-facts-"));
  });
  after(() => rm(folder, { recursive: true }));

  async function put(name: string, content: string): Promise<string> {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  }

  it("go before its own facts", async () => {
    const facts = await readFactsFiles([await put("one.json", `{"organisations":[${one}]}`)]);
    assert.equal(facts[0]?.organisationNumber, "999999999");
    assert.ok(facts.length > 1, "the others are still there");
  });

  const rows: readonly (readonly [what: string, files: Readonly<Record<string, string>>, says: RegExp])[] = [
    ["no JSON", { "a.json": "{" }, /a\.json:1:1: The file is not JSON/],
    [
      "a fact stated twice",
      { "a.json": `{"organisations":[\n${one.replace("}", ',"organisationForm":"KF"}')}]}` },
      /a\.json:2:59: organisations\[0\]\.organisationForm: /,
    ],
    [
      "two files about one organisation",
      { "a.json": `{"organisations":[${one}]}`, "b.json": `{"organisations":[${one}]}` },
      /b\.json: another file of facts tells of 999999999 already/,
    ],
  ];
  for (const [what, files, says] of rows) {
    it(`are refused: ${what}`, async () => {
      const paths = await Promise.all(Object.entries(files).map(([name, content]) => put(name, content)));
      await assert.rejects(
        readFactsFiles(paths),
        (error) => error instanceof FactsFileError && says.test(error.message),
      );
    });
  }

  it("are refused where they are not there", async () => {
    await assert.rejects(readFactsFiles([join(folder, "none.json")]), FactsFileError);
  });
});
