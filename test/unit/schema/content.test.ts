import assert from "node:assert/strict";
import fc from "fast-check";
import { matchContent } from "../../../src/validation/schema/content.ts";
import { readSchema } from "../../../src/validation/schema/schemaFiles.ts";
import { loadSchemaEngine } from "../../../src/validation/schema/schemaEngine.ts";
import { readSchemaModel } from "../../../src/validation/schema/schemaModel.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { changed, smallReturn } from "./returns.ts";

const lineElements = [
  "mvaKode",
  "spesifikasjon",
  "mvaKodeRegnskapsystem",
  "grunnlag",
  "sats",
  "merverdiavgift",
  "merknad",
];
const values: Readonly<Record<string, string>> = {
  grunnlag: "1",
  merverdiavgift: "1",
  merknad: "<beskrivelse>a</beskrivelse>",
};

/** A return whose second line holds these elements. */
function withLine(names: readonly string[]): string {
  const line = names.map((name) => `<${name}>${values[name] ?? "1"}</${name}>`).join("");
  return changed(smallReturn, ["<mvaKode>1</mvaKode>\n      <merverdiavgift>-25</merverdiavgift>", line]);
}

describe("content of elements against the schema", () => {
  const model = readSchemaModel(readSchema("vatReturn"));

  it("has a problem exactly where libxml2 has one", async () => {
    const engine = await loadSchemaEngine();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lineElements, "ukjent", "mvaKod"), { maxLength: 9 }), (names) => {
        const document = parseXml(withLine(names));
        assert.ok(document.root !== null);
        const { problems } = matchContent(model, document.root);
        const findings = engine.check(document, "vatReturn");
        assert.equal(findings.length, problems.length);
        assert.ok(findings.every(({ data }) => data?.["kind"] !== "other"));
      }),
      { numRuns: 500, seed: 26 },
    );
  });

  const orders: readonly (readonly [names: readonly string[], misplaced: string])[] = [
    [["merverdiavgift", "mvaKode", "grunnlag"], "merverdiavgift after grunnlag"],
    [["grunnlag", "merverdiavgift", "mvaKode"], "mvaKode before grunnlag"],
    [["mvaKode", "sats", "grunnlag", "merverdiavgift"], "grunnlag"],
  ];
  for (const [names, expected] of orders) {
    it(`moves one element: ${names.join(", ")}`, () => {
      const { root } = parseXml(withLine(names));
      assert.ok(root !== null);
      const { problems } = matchContent(model, root);
      const [problem, ...others] = problems;
      assert.ok(problem?.kind === "misplaced");
      assert.deepEqual(others, []);
      const told = `${problem.element.localName} ${problem.side} ${problem.other.localName}`;
      assert.ok(told.startsWith(expected) || told === "sats after grunnlag", told);
    });
  }
});
