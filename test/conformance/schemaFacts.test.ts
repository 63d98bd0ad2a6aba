import assert from "node:assert/strict";
import { returnCategories } from "../../src/codeLists/returnCategories.ts";
import { readSchema } from "../../src/validation/schema/schemaFiles.ts";
import { readSchemaModel } from "../../src/validation/schema/schemaModel.ts";
import { documentIdentities } from "../../src/vatReturn/documentType.ts";
import { childrenNamed } from "../../src/vatReturn/navigate.ts";
import { periodValues } from "../../src/vatReturn/period.ts";
import { parseXml } from "../../src/vatReturn/scanner.ts";
import { vatReturnNames } from "../../src/vatReturn/vatReturn.ts";
import type { XmlElement } from "../../src/vatReturn/xml.ts";
import { documentTypes, officialSchemaText } from "./officialSchemas.ts";
import { requireReferenceData } from "./referenceData.ts";

const withPeriods = ["vatReturn", "envelope", "paymentInformation"] as const;

describe("names and values of the wire against the official schemas", function () {
  let folder: string;
  before(function () {
    folder = requireReferenceData(this);
  });

  it("has the root element and namespace of every document", () => {
    for (const type of documentTypes) {
      const root = officialRoot(folder, type);
      const { rootName, namespace } = documentIdentities[type];
      assert.equal(attribute(root, "targetNamespace"), namespace);
      assert.deepEqual(
        childrenNamed(root, "element").map((element) => attribute(element, "name")),
        [rootName],
      );
    }
  });

  it("declares the same element names in every schema", () => {
    for (const type of documentTypes) {
      const model = readSchemaModel(readSchema(type));
      const ours = new Set([model.root.name]);
      for (const each of model.types.values()) {
        if (each.kind === "complex") for (const child of each.children) ours.add(child.name);
      }
      // Two types of one schema are used by nothing: no document can hold their elements.
      const unused = type === "submissionStatus" ? ["forfallsdato", "start", "slutt"] : [];
      const theirs = new Set(namesOfElements(officialRoot(folder, type)).filter((name) => !unused.includes(name)));
      assert.deepEqual([...ours].sort(), [...theirs].sort(), type);
    }
  });

  it("names every element of the return as the schema does", () => {
    const theirs = new Set(namesOfElements(officialRoot(folder, "vatReturn")));
    assert.deepEqual(
      Object.values(vatReturnNames).filter((name) => !theirs.has(name)),
      [],
    );
  });

  it("has the values of every list, in the official order", () => {
    for (const type of documentTypes) {
      const theirs = new Map(officialLists(folder, type));
      const ours = new Map<string, readonly string[]>();
      for (const each of readSchemaModel(readSchema(type)).types.values()) {
        if (each.kind === "simple" && each.values !== null) ours.set(each.name, [...each.values.keys()]);
      }
      assert.deepEqual([...ours.keys()].sort(), [...theirs.keys()].sort(), type);
      for (const [name, values] of theirs) assert.deepEqual(ours.get(name), values, `${type} ${name}`);
    }
  });

  it("reads exactly the periods of the schemas", () => {
    for (const type of withPeriods) {
      const lists = new Map(officialLists(folder, type));
      for (const [element, values] of Object.entries(periodValues)) {
        assert.deepEqual(values, lists.get(element.replace(/^s/, "S")), `${type} ${element}`);
      }
      const periods = [...lists.keys()].filter((name) => /^Skattleggingsperiode[A-Z]/.test(name));
      assert.equal(periods.length, Object.keys(periodValues).length);
    }
  });

  it("knows every category, and eHandel apart from them", () => {
    const lists = new Map(officialLists(folder, "vatReturn"));
    assert.deepEqual([...returnCategories, "eHandel"].sort(), [...(lists.get("Meldingskategori") ?? [])].sort());
  });
});

function officialRoot(folder: string, type: (typeof documentTypes)[number]): XmlElement {
  const { root } = parseXml(officialSchemaText(folder, type));
  assert.ok(root !== null);
  return root;
}

/** The named lists of values of an official schema. */
function officialLists(folder: string, type: (typeof documentTypes)[number]): readonly [string, readonly string[]][] {
  return childrenNamed(officialRoot(folder, type), "simpleType").flatMap((simpleType) => {
    const values = childrenNamed(simpleType, "restriction").flatMap((restriction) =>
      childrenNamed(restriction, "enumeration").map((value) => attribute(value, "value")),
    );
    return values.length === 0 ? [] : [[attribute(simpleType, "name"), values] as [string, readonly string[]]];
  });
}

function namesOfElements(element: XmlElement): readonly string[] {
  const own = element.localName === "element" ? [attribute(element, "name")] : [];
  return [...own, ...element.children.flatMap(namesOfElements)];
}

function attribute(element: XmlElement, name: string): string {
  return element.attributes.find((each) => each.name === name)?.value.trim() ?? "";
}
