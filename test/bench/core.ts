import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { evaluateRules } from "../../src/validation/rules/evaluate.ts";
import { defaultOptions } from "../../src/validation/options.ts";
import { loadSchemaEngine } from "../../src/validation/schema/schemaEngine.ts";
import { readSchema, schemaPath } from "../../src/validation/schema/schemaFiles.ts";
import { createValidator } from "../../src/validation/validator.ts";
import { decodeXml } from "../../src/vatReturn/encoding.ts";
import { parseXml } from "../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../src/vatReturn/vatReturn.ts";
import { interleaved, type Timing } from "./measure.ts";
import { returnWith } from "./returns.ts";

const options = defaultOptions("2026-06-15");

/** Milliseconds for a return of so many lines. */
export interface CoreFigures {
  readonly lines: number;
  readonly kilobytes: number;
  /** What the product does with a document's bytes, decoding included. */
  readonly whole: Timing;
  /** libxml2-wasm's bare fromBuffer, validate, dispose. */
  readonly reference: Timing;
  readonly ratio: number;
  readonly scan: Timing;
  readonly model: Timing;
  readonly schema: Timing;
  readonly rules: Timing;
}

/** The parts of the check and the whole of it, against the bare schema engine, in the same run. */
export async function measureCore(lines: number, rounds: number): Promise<CoreFigures> {
  const text = returnWith(lines);
  const bytes = Buffer.from(text);
  const engine = await loadSchemaEngine();
  const validator = createValidator(engine);
  const reference = referenceValidator();
  const document = parseXml(text);
  const { root } = document;
  if (root === null) throw new Error("The measured return has no root element.");
  const vatReturn = readVatReturn(root);
  if (validator.validate(text, options).verdict !== "valid") throw new Error("The measured return is not valid.");
  const timings = await interleaved(
    [
      { name: "whole", run: () => validator.validate(decoded(bytes), options) },
      { name: "reference", run: () => reference.judge(bytes) },
      { name: "scan", run: () => parseXml(text) },
      { name: "model", run: () => readVatReturn(root) },
      { name: "schema", run: () => engine.check(document, "vatReturn") },
      { name: "rules", run: () => evaluateRules(vatReturn, options) },
    ],
    rounds,
    Math.max(3, Math.ceil(rounds / 4)),
  );
  reference.dispose();
  const of = (name: string): Timing => {
    const timing = timings.get(name);
    if (timing === undefined) throw new Error(`${name} was not measured.`);
    return timing;
  };
  return {
    lines,
    kilobytes: bytes.length / 1024,
    whole: of("whole"),
    reference: of("reference"),
    ratio: of("whole").median / of("reference").median,
    scan: of("scan"),
    model: of("model"),
    schema: of("schema"),
    rules: of("rules"),
  };
}

function decoded(bytes: Uint8Array): string {
  const result = decodeXml(bytes);
  if (result.kind !== "decoded") throw new Error("The measured return can't be decoded.");
  return result.text;
}

function referenceValidator() {
  const schema = XmlDocument.fromString(readSchema("vatReturn"));
  const validator = XsdValidator.fromDoc(schema);
  return {
    judge(bytes: Uint8Array): void {
      const document = XmlDocument.fromBuffer(bytes);
      validator.validate(document);
      document.dispose();
    },
    dispose(): void {
      validator.dispose();
      schema.dispose();
    },
  };
}

/** The JDK's engine on the same return; null with the reason where there is none. */
export async function measureJava(lines: number, runs: number): Promise<Timing | string> {
  const text = returnWith(lines);
  try {
    const java = await import("xsd-schema-validator");
    const schema = schemaPath("vatReturn");
    const timings = await interleaved([{ name: "java", run: () => java.validateXML(text, schema) }], runs, 1);
    return timings.get("java") ?? "not measured";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
