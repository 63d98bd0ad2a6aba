import { dateInOslo } from "../../vatReturn/calendar.ts";
import { decodeXml } from "../../vatReturn/encoding.ts";
import { LineIndex } from "../../vatReturn/lineIndex.ts";
import { elementByPath } from "../../vatReturn/navigate.ts";
import { parseXml } from "../../vatReturn/scanner.ts";
import { readVatReturn, type VatReturn } from "../../vatReturn/vatReturn.ts";
import type { Finding } from "../../validation/finding.ts";
import { defaultOptions } from "../../validation/options.ts";
import type { Deviation, OfficialVerdict, ValidationAnswer } from "../../validation/remote/answer.ts";
import { rules } from "../../validation/rules/index.ts";
import { schemaErrorCode } from "../../validation/schema/findings.ts";
import { loadSchemaEngine } from "../../validation/schema/schemaEngine.ts";
import type { TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import { createValidator, type Validator } from "../../validation/validator.ts";

/** What the sandbox's authority thinks of documents: our schemas and rules, with the facts of its registers. */
export interface Judge {
  /** Never throws, whatever the bytes hold. */
  vatReturn(bytes: Uint8Array): Promise<ValidationAnswer>;
  /** What is wrong with an envelope by its schema; empty: nothing. */
  envelope(text: string): Promise<readonly Finding[]>;
  /** What the registers hold at the moment. */
  readonly facts: readonly TaxpayerFacts[];
}

/**
 * @param facts what the registers hold, asked at each judgement
 * @param now milliseconds since 1970
 */
export function createJudge(facts: () => readonly TaxpayerFacts[], now: () => number): Judge {
  // A megabyte of WebAssembly: only for those who come to validate or submit.
  let loaded: Promise<Validator> | null = null;
  const validator = (): Promise<Validator> => (loaded ??= loadSchemaEngine().then(createValidator));
  const options = (): ReturnType<typeof defaultOptions> => ({
    ...defaultOptions(dateInOslo(new Date(now()))),
    facts: facts(),
  });
  return {
    get facts() {
      return facts();
    },
    vatReturn: async (bytes) => {
      const decoded = decodeXml(bytes);
      if (decoded.kind === "problem") return refusedAsWhole(decoded.problem.message.nb);
      const result = (await validator()).validate(decoded.text, options());
      if (result.documentType !== "vatReturn") return refusedAsWhole(notAReturn);
      return answerOf(decoded.text, result.findings);
    },
    envelope: async (text) =>
      (await validator())
        .validate(text, options())
        .findings.filter(({ officialSeverity }) => officialSeverity !== null),
  };
}

const notAReturn = "Dokumentet er ingen mva-melding: rotelementet mvaMeldingDto finnes ikke.";

/** The typed return in a file, as far as it can be read; null where there is none. */
export function readReturn(bytes: Uint8Array): VatReturn | null {
  const decoded = decodeXml(bytes);
  if (decoded.kind === "problem") return null;
  const { root } = parseXml(decoded.text);
  return root?.localName === "mvaMeldingDto" ? readVatReturn(root) : null;
}

function refusedAsWhole(reason: string): ValidationAnswer {
  const severity: OfficialVerdict = "ugyldig skattemelding";
  const ruleDefinition = rules.find(({ number }) => number === "R001")?.wants.nb ?? "";
  return {
    verdict: severity,
    deviations: [
      {
        path: "/",
        vatCode: null,
        line: 1,
        column: 1,
        reasons: [{ reason, severity, code: schemaErrorCode, ruleDefinition, details: null }],
      },
    ],
  };
}

/** Findings at the same element are one deviation with several reasons; hints are none of the authority's business. */
function answerOf(text: string, findings: readonly Finding[]): ValidationAnswer {
  const document = parseXml(text);
  const vatReturn = document.root === null ? null : readVatReturn(document.root);
  const lines = new LineIndex(text);
  const places = new Map<string, { readonly deviation: Omit<Deviation, "reasons">; readonly findings: Finding[] }>();
  for (const finding of findings) {
    if (finding.officialSeverity === null) continue;
    const path = finding.path ?? "/";
    const known = places.get(path);
    if (known !== undefined) {
      known.findings.push(finding);
      continue;
    }
    const start = elementByPath(document, path)?.range.start ?? finding.range.start;
    const { line, column } = lines.position(start);
    const isSyntaxOrSchema = finding.source !== "rule";
    places.set(path, {
      deviation: {
        path,
        vatCode:
          finding.specificationLine === null
            ? null
            : (vatReturn?.lines[finding.specificationLine]?.mvaKode?.value.trim() ?? null),
        line: isSyntaxOrSchema ? line : null,
        column: isSyntaxOrSchema ? column : null,
      },
      findings: [finding],
    });
  }
  return {
    verdict: verdictOf(findings),
    deviations: [...places.values()].map(({ deviation, findings: own }) => ({
      ...deviation,
      reasons: own.map(reasonOf),
    })),
  };
}

function reasonOf(finding: Finding): Deviation["reasons"][number] {
  const rule = rules.find(({ number }) => number === finding.rule);
  return {
    reason: finding.message.nb,
    severity: finding.officialSeverity === "ugyldig" ? "ugyldig skattemelding" : "avvikende skattemelding",
    code: finding.code,
    ruleDefinition: rule?.wants.nb ?? "",
    details: finding.details ?? null,
  };
}

function verdictOf(findings: readonly Finding[]): OfficialVerdict {
  if (findings.some(({ officialSeverity }) => officialSeverity === "ugyldig")) return "ugyldig skattemelding";
  return findings.some(({ officialSeverity }) => officialSeverity === "avvikende")
    ? "avvikende skattemelding"
    : "ingen avvik";
}
