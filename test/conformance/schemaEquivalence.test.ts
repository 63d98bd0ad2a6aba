import assert from "node:assert/strict";
import { ParseOption, XmlDocument, XmlValidateError, XsdValidator } from "libxml2-wasm";
import { readSchema } from "../../src/validation/schema/schemaFiles.ts";
import { loadSchemaEngine } from "../../src/validation/schema/schemaEngine.ts";
import { documentIdentities, type DocumentType } from "../../src/vatReturn/documentType.ts";
import { parseXml } from "../../src/vatReturn/scanner.ts";
import { documentTypes, officialExamples, officialSchemaText } from "./officialSchemas.ts";
import { requireReferenceData } from "./referenceData.ts";
import { mutate, seededRandom, withPrefix } from "./schemaMutations.ts";
import { fullDocuments } from "./schemaSeeds.ts";

const mutationsOfEachExample = 80;
const mutationsOfEachFullDocument = 800;

interface Case {
  readonly what: string;
  readonly type: DocumentType;
  readonly text: string;
}

describe("our schemas against the official ones, in the same engine", function () {
  this.timeout(180_000);
  let folder: string;
  before(function () {
    folder = requireReferenceData(this);
  });

  const schemas = new Map<string, { readonly validator: XsdValidator; readonly document: XmlDocument }>();
  const accepts = (schema: string, text: string): boolean => {
    let compiled = schemas.get(schema);
    if (compiled === undefined) {
      const document = XmlDocument.fromString(schema);
      compiled = { document, validator: XsdValidator.fromDoc(document) };
      schemas.set(schema, compiled);
    }
    // A document that the parser itself refuses says nothing about schemas: it must not reach this point.
    const document = XmlDocument.fromBuffer(Buffer.from(text), { option: ParseOption.XML_PARSE_NONET });
    try {
      compiled.validator.validate(document);
      return true;
    } catch (error) {
      if (error instanceof XmlValidateError) return false;
      throw error;
    } finally {
      document.dispose();
    }
  };

  it("agree on every example and on generated mutations", async () => {
    const engine = await loadSchemaEngine();
    const official = new Map(documentTypes.map((type) => [type, officialSchemaText(folder, type)]));
    const own = new Map(documentTypes.map((type) => [type, readSchema(type)]));
    const counts = { examples: 0, mutations: 0, accepted: 0, refused: 0 };
    const disagreements: string[] = [];
    const unexplained: string[] = [];
    for (const { what, type, text, isExample } of cases(folder)) {
      const theirs = accepts(official.get(type) ?? "", text);
      const ours = accepts(own.get(type) ?? "", text);
      counts[isExample ? "examples" : "mutations"]++;
      counts[theirs ? "accepted" : "refused"]++;
      if (theirs !== ours) disagreements.push(`${type}, ${what}: official ${String(theirs)}, ours ${String(ours)}`);
      // What the schema refuses for a reason that has no words of its own would show here.
      const findings = engine.check(parseXml(text), type);
      if (findings.some(({ data }) => data?.["kind"] === "other")) unexplained.push(`${type}, ${what}`);
    }
    process.stdout.write(
      `      ${counts.examples} examples and ${counts.mutations} mutations judged by both: ` +
        `${counts.accepted} accepted, ${counts.refused} refused, ${disagreements.length} disagreements\n`,
    );
    assert.deepEqual(disagreements, []);
    assert.deepEqual(unexplained, []);
    assert.ok(counts.mutations >= 5000);
    assert.ok(counts.accepted > 200 && counts.refused > 2000, "both outcomes must be well represented");
  });
});

function* cases(folder: string): Generator<Case & { readonly isExample: boolean }> {
  const random = seededRandom(20_26);
  for (const { name, type, text } of officialExamples(folder)) {
    const original = inNamespace(type, text);
    yield { what: name, type, text: original, isExample: true };
    if (text !== original) yield { what: `${name}, without its namespace`, type, text, isExample: false };
    for (const { what, text: mutant } of mutate(original, mutationsOfEachExample, random)) {
      yield { what: `${name}: ${what}`, type, text: mutant, isExample: false };
    }
  }
  for (const type of documentTypes) {
    const text = fullDocuments[type];
    yield { what: "full document", type, text, isExample: false };
    yield { what: "full document with prefixes", type, text: withPrefix(text), isExample: false };
    for (const { what, text: mutant } of mutate(text, mutationsOfEachFullDocument, random)) {
      yield { what: `full document: ${what}`, type, text: mutant, isExample: false };
      const prefixed = withPrefix(mutant);
      if (random() < 0.1 && parseXml(prefixed).problems.length === 0) {
        yield { what: `full document with prefixes: ${what}`, type, text: prefixed, isExample: false };
      }
    }
  }
}

/** The authority's own envelopes stand in no namespace, where no schema would look further. */
function inNamespace(type: DocumentType, text: string): string {
  const { rootName, namespace } = documentIdentities[type];
  return text.includes(namespace) ? text : text.replace(`<${rootName}`, `<${rootName} xmlns="${namespace}"`);
}
