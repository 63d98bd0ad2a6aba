import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defaultOptions } from "../../src/validation/options.ts";
import { loadSchemaEngine } from "../../src/validation/schema/schemaEngine.ts";
import type { DocumentResult } from "../../src/validation/result.ts";
import { createValidator } from "../../src/validation/validator.ts";
import { documentIdentities, type DocumentType } from "../../src/vatReturn/documentType.ts";
import { findJava, type Java } from "../workbench/java.ts";
import { documentTypes, officialExamples, officialSchemaPath } from "./officialSchemas.ts";
import { requireReferenceData } from "./referenceData.ts";
import { edgeCases } from "./schemaEdgeCases.ts";
import { mutate, seededRandom } from "./schemaMutations.ts";
import { fullDocuments } from "./schemaSeeds.ts";

const options = defaultOptions("2026-05-01");
const mutationsOfEachDocument = 120;
const judge = fileURLToPath(new URL("./SchemaJudge.java", import.meta.url));

interface Case {
  readonly what: string;
  readonly type: DocumentType;
  readonly text: string;
}

describe("our verdict against the official schemas in the JDK's Xerces", function () {
  this.timeout(600_000);
  let folder: string;
  let jdk: Java;
  before(function () {
    folder = requireReferenceData(this);
    const found = findJava();
    if (found === undefined) {
      process.stdout.write("    no JDK in JAVA_HOME or PATH: install one to run this test\n");
      this.skip();
    }
    jdk = found;
  });

  it("is the same for every example, every edge case and generated mutations", async () => {
    const validator = createValidator(await loadSchemaEngine());
    const cases = allCases(folder);
    const answers = judgeInJava(jdk, folder, cases);
    const disagreements: string[] = [];
    const counts = { accepted: 0, refused: 0 };
    cases.forEach(({ what, type, text }, index) => {
      const answer = answers[index] ?? "";
      const theirs = answer === "valid";
      counts[theirs ? "accepted" : "refused"]++;
      const refusal = refusalOf(validator.validate(text, options), type);
      if (theirs === (refusal === null)) return;
      disagreements.push(`${type}, ${what}: Xerces ${answer.slice(0, 200)}, ours ${refusal ?? "valid"}`);
    });
    process.stdout.write(
      `      ${cases.length} documents judged by Xerces with the official schemas: ${counts.accepted} accepted, ` +
        `${counts.refused} refused, ${disagreements.length} disagreements with ours\n`,
    );
    assert.deepEqual(disagreements, []);
    assert.ok(counts.accepted >= 100 && counts.refused >= 100);
  });
});

function allCases(folder: string): readonly Case[] {
  const random = seededRandom(7);
  const examples = officialExamples(folder).map(({ name, type, text }): Case => {
    const { rootName, namespace } = documentIdentities[type];
    // The authority's own envelopes stand in no namespace, which its schema refuses and its service does not mind.
    const placed = text.includes(namespace) ? text : text.replace(`<${rootName}`, `<${rootName} xmlns="${namespace}"`);
    return { what: name, type, text: placed };
  });
  const mutations = documentTypes.flatMap((type) =>
    mutate(fullDocuments[type], mutationsOfEachDocument, random).map(({ what, text }): Case => ({ what, type, text })),
  );
  return [...examples, ...edgeCases(), ...mutations];
}

/**
 * What the product as a whole has against a document as one of that type, its business rules left out: the document
 * is malformed, or is recognised as something else, or the schema refuses it. Null when it has nothing.
 */
function refusalOf(result: DocumentResult, type: DocumentType): string | null {
  const { verdict, documentType, findings } = result;
  const refused = findings.find(({ source, officialSeverity }) => source !== "rule" && officialSeverity === "ugyldig");
  if (verdict === "malformed" || verdict === "notARecognisedDocument") return verdict;
  if (documentType !== type) return `recognised as ${documentType ?? "nothing"}`;
  return refused?.message.en ?? null;
}

/** One JVM for all of them. */
function judgeInJava({ java }: Java, folder: string, cases: readonly Case[]): readonly string[] {
  const input = cases
    .map(({ type, text }) => `${officialSchemaPath(folder, type)}\t${Buffer.from(text).toString("base64")}\n`)
    .join("");
  const run = spawnSync(java, ["-Duser.language=en", judge], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  const answers = run.stdout.trimEnd().split("\n");
  assert.equal(answers.length, cases.length);
  return answers;
}
