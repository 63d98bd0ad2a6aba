import assert from "node:assert/strict";
import { documentTypes, readSchema } from "../../../src/validation/schema/schemaFiles.ts";
import { declarationOf, readSchemaModel } from "../../../src/validation/schema/schemaModel.ts";
import { elementByPath } from "../../../src/vatReturn/navigate.ts";
import { documentIdentities } from "../../../src/vatReturn/documentType.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { smallReturn } from "./returns.ts";

describe("schema model", () => {
  for (const type of documentTypes) {
    it(`explains every element and every listed value in both languages: ${type}`, () => {
      const model = readSchemaModel(readSchema(type));
      const { rootName, namespace } = documentIdentities[type];
      assert.equal(model.root.name, rootName);
      assert.equal(model.namespace, namespace);
      const silent: string[] = [];
      const listen = (what: string, { en, nb }: { readonly en: string; readonly nb: string }): void => {
        if (en === "" || nb === "") silent.push(what);
      };
      listen(rootName, model.root.documentation);
      for (const each of model.types.values()) {
        if (each.kind === "complex") for (const child of each.children) listen(child.name, child.documentation);
        else for (const [value, text] of each.values ?? []) listen(`${each.name} ${value}`, text);
      }
      assert.deepEqual(silent, []);
    });

    it(`has a type for every element, and uses every type: ${type}`, () => {
      const schema = readSchema(type);
      const model = readSchemaModel(schema);
      const used = new Set([model.root.typeName]);
      for (const each of model.types.values()) {
        if (each.kind === "complex") for (const child of each.children) used.add(child.typeName);
      }
      assert.deepEqual(
        [...used].filter((name) => !model.types.has(name)),
        [],
      );
      assert.deepEqual(
        [...model.types.keys()].filter((name) => !used.has(name) && !schema.includes(`base="${name}"`)),
        [],
      );
    });
  }

  it("knows an element by its place", () => {
    const model = readSchemaModel(readSchema("vatReturn"));
    const document = parseXml(smallReturn);
    const cases: readonly (readonly [path: string, typeName: string])[] = [
      ["/mvaMeldingDto", "MvaMeldingDto"],
      ["/mvaMeldingDto/skattegrunnlagOgBeregnetSkatt/mvaSpesifikasjonslinje[2]/merverdiavgift", "Beloep"],
      ["/mvaMeldingDto/skattepliktig/organisasjonsnummer", "Organisasjonsnummer"],
    ];
    for (const [path, typeName] of cases) {
      const element = elementByPath(document, path);
      assert.ok(element !== null);
      assert.equal(declarationOf(model, element)?.typeName, typeName);
    }
  });

  it("takes over what a type restricts", () => {
    const type = readSchemaModel(readSchema("vatReturn")).types.get("Organisasjonsnummer");
    assert.ok(type?.kind === "simple");
    assert.deepEqual([type.base, type.digits, type.maximumLength, type.values], ["string", 9, 4000, null]);
  });

  it("refuses schemas that say more than it understands", () => {
    const schema = readSchema("vatReturn");
    assert.throws(() => readSchemaModel(schema.replace("[0-9]{9}", "[A-Z]{9}")), /pattern/);
    assert.throws(() => readSchemaModel("<a/>"), /not readable/);
  });
});
