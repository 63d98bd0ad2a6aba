import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readMaximumBasis } from "../../../src/validation/options.ts";
import { formatDecimal } from "../../../src/vatReturn/decimal.ts";

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly pattern?: string }>> };
  };
}

describe("the ceiling of the settings", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const { pattern } = contributes.configuration.properties["mvaMelding.rules.maximumBasis"] ?? {};

  for (const text of ["1", "400000", "999999999999999"]) {
    it(`is taken: ${text}`, () => {
      const ceiling = readMaximumBasis(text);
      assert.equal(ceiling === null ? null : formatDecimal(ceiling), text);
    });
  }
  for (const text of ["0", "-5", "007", "1000000000000000", "0.5", "1e9", "1 000", "much", " 5", ""]) {
    it(`is not taken, so that R085 stays open: ${JSON.stringify(text)}`, () => {
      assert.equal(readMaximumBasis(text), null);
    });
  }
  it("is underlined where it would not be taken", () => {
    assert.ok(pattern !== undefined);
    const accepts = new RegExp(pattern);
    for (const text of [
      "1",
      "400000",
      "999999999999999",
      "0",
      "-5",
      "007",
      "1000000000000000",
      "0.5",
      "1e9",
      "x",
      " 5",
    ]) {
      assert.equal(accepts.test(text), readMaximumBasis(text) !== null, text);
    }
    assert.ok(accepts.test(""), "empty says that there is none");
  });
});
