import { recogniseDocument, type Recognition } from "../vatReturn/documentType.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import { readVatReturn, type VatReturn } from "../vatReturn/vatReturn.ts";
import type { XmlDocument } from "../vatReturn/xml.ts";
import { recognitionFinding, syntaxFindings } from "./documentFindings.ts";
import type { Finding } from "./finding.ts";
import { byPosition } from "./findingOrder.ts";
import type { ValidationOptions } from "./options.ts";
import type { DocumentResult, DocumentType, ReturnSummary, Verdict } from "./result.ts";
import { evaluateRules } from "./rules/evaluate.ts";
import { rules } from "./rules/index.ts";
import { everyCategory, type CheckedCategory } from "./rules/rule.ts";
import type { AsyncSchemaEngine, SchemaEngine } from "./schema/schemaEngine.ts";

/** Checks whole documents offline: syntax, schema and rules. One serves any number of documents. */
export interface Validator {
  /** @param text the decoded document; never throws, whatever it holds. */
  validate(text: string, options: ValidationOptions): DocumentResult;
}

/** The same with a schema engine outside this process. */
export interface AsyncValidator {
  /** @throws JavaEngineError where the engine is not there or fails */
  validate(text: string, options: ValidationOptions, signal?: AbortSignal): Promise<DocumentResult>;
}

/** @param schemaEngine from `loadSchemaEngine` */
export function createValidator(schemaEngine: SchemaEngine): Validator {
  return {
    validate: (text, options) => {
      const read = readDocument(text);
      if (!read.canBeJudged) return resultWithoutSchema(read);
      return judgedResult(read, schemaEngine.check(read.document, read.documentType), options);
    },
  };
}

/** @param schemaEngine from `createJavaSchemaEngine` */
export function createAsyncValidator(schemaEngine: AsyncSchemaEngine): AsyncValidator {
  return {
    validate: async (text, options, signal) => {
      const read = readDocument(text);
      if (!read.canBeJudged) return resultWithoutSchema(read);
      return judgedResult(read, await schemaEngine.check(read.document, read.documentType, signal), options);
    },
  };
}

/**
 * What can be said of a text without schema and rules: every rule that it would be asked by is undecided. `malformed`
 * where it is not well-formed or has a document type declaration, otherwise `notARecognisedDocument`.
 */
export function unjudgedResult(text: string): DocumentResult {
  return resultWithoutSchema(readDocument(text));
}

interface ReadDocument {
  readonly document: XmlDocument;
  readonly recognition: Recognition;
  /** null for other documents and for those of which nothing could be read. */
  readonly vatReturn: VatReturn | null;
}

interface JudgeableDocument extends ReadDocument {
  readonly canBeJudged: true;
  readonly documentType: DocumentType;
}

/** Unrecognised, not well-formed, or with a document type declaration: no schema engine gets to see it. */
interface OtherDocument extends ReadDocument {
  readonly canBeJudged: false;
}

function readDocument(text: string): JudgeableDocument | OtherDocument {
  const document = parseXml(text);
  const recognition = recogniseDocument(document);
  const { documentType } = recognition;
  const isReturn = documentType === "vatReturn" && document.root !== null;
  const vatReturn = isReturn ? readVatReturn(document.root) : null;
  if (documentType === null || document.problems.length > 0) {
    return { document, recognition, vatReturn, canBeJudged: false };
  }
  return { document, recognition, vatReturn, canBeJudged: true, documentType };
}

function resultWithoutSchema({ document, recognition, vatReturn }: ReadDocument): DocumentResult {
  const { documentType } = recognition;
  const open = vatReturn === null ? [] : rulesOf(vatReturn);
  return {
    documentType,
    verdict: document.problems.length > 0 ? "malformed" : "notARecognisedDocument",
    findings: [...syntaxFindings(document), ...recognition.problems.map(recognitionFinding)].sort(byPosition),
    notEvaluated: open,
    notEvaluatedBecause: Object.fromEntries(open.map((rule) => [rule, "unreadable"])),
    assumptions: [],
    summary: vatReturn === null ? null : summarise(vatReturn),
  };
}

function judgedResult(
  { documentType, recognition, vatReturn }: JudgeableDocument,
  schemaFindings: readonly Finding[],
  options: ValidationOptions,
): DocumentResult {
  const ruled = vatReturn === null ? null : evaluateRules(vatReturn, options);
  const findings = [
    ...recognition.problems.map(recognitionFinding),
    ...schemaFindings,
    ...(ruled?.findings ?? []),
  ].sort(byPosition);
  return {
    documentType,
    verdict: verdictOf(findings),
    findings,
    notEvaluated: ruled?.notEvaluated ?? [],
    notEvaluatedBecause: ruled?.notEvaluatedBecause ?? {},
    assumptions: ruled?.assumptions ?? [],
    summary: vatReturn === null ? null : summarise(vatReturn),
  };
}

function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ officialSeverity }) => officialSeverity === "ugyldig")) return "invalid";
  return findings.some(({ officialSeverity }) => officialSeverity === "avvikende") ? "deviating" : "valid";
}

/** Every rule of the return's category, or every rule where the category can't be read; R001 has decided itself. */
function rulesOf(vatReturn: VatReturn): readonly string[] {
  const written = vatReturn.meldingskategori?.value;
  const category = [...everyCategory, "eHandel" as const].find((each) => each === written) ?? null;
  const applies = (appliesTo: readonly CheckedCategory[]): boolean => category === null || appliesTo.includes(category);
  return rules.filter(({ number, appliesTo }) => number !== "R001" && applies(appliesTo)).map(({ number }) => number);
}

function summarise(vatReturn: VatReturn): ReturnSummary {
  const { organisasjonsnummer, identifikasjonsnummer, meldingskategori, period, lines } = vatReturn;
  return {
    organisationNumber: organisasjonsnummer?.value ?? identifikasjonsnummer?.value ?? null,
    category: meldingskategori?.value ?? null,
    period: period === null ? null : `${period.value} ${period.year}`,
    lines: lines.length,
  };
}
