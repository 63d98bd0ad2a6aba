import * as v from "valibot";
import { officialVerdicts } from "../../validation/remote/answer.ts";
import type { Deviation, ValidationAnswer } from "../../validation/remote/answer.ts";
import { readServiceXml, UnreadableXmlError } from "../serviceXml.ts";

/** An answer of the validation service that can't be understood. It never counts as "no deviations". */
export class UnreadableAnswerError extends Error {
  override readonly name = "UnreadableAnswerError";
}

/** The service writes a missing value as an absent element, an empty one or the word `null`. */
const optionalText = v.pipe(
  v.optional(v.string(), ""),
  v.transform((text) => (text === "" || text === "null" ? null : text)),
);
const optionalNumber = v.pipe(
  optionalText,
  v.transform((text) => (text !== null && /^[0-9]{1,9}$/.test(text) ? Number(text) : null)),
);
const verdict = v.pipe(v.string(), v.transform(normaliseVerdict), v.picklist(officialVerdicts));

const reason = v.object({
  begrunnelse: v.optional(v.string(), ""),
  avvikstype: verdict,
  avvikKode: optionalText,
  regelDefinisjon: optionalText,
  detaljer: optionalText,
});
const currentShape = v.object({
  avvikVedMeldingslevering: verdict,
  avvik: v.optional(
    v.array(
      v.object({
        stiTilAvvik: optionalText,
        mvaKode: optionalText,
        xmlLinjenummer: optionalNumber,
        xmlPosisjonPaaLinje: optionalNumber,
        avviksinformasjon: v.pipe(v.array(reason), v.minLength(1)),
      }),
    ),
    [],
  ),
});

/** The shape that the older documentation prints; no service is known to send it today. */
const olderShape = v.object({
  status: verdict,
  valideringsfeil: v.optional(
    v.array(
      v.object({
        stiTilFeil: optionalText,
        mvaKode: optionalText,
        alvorlighetsgrad: verdict,
        begrunnelse: v.optional(v.string(), ""),
        feilKode: optionalText,
        avvikKode: optionalText,
        regelDefinisjon: optionalText,
        detaljer: optionalText,
      }),
    ),
    [],
  ),
});

/**
 * Reads the body of a validation answer, or a `valideringsresultat` of a submission, in any of its shapes: with and
 * without namespace, with a literal `null`, and the older documented one.
 * Source: the published schema of valideringsresultat v1 and the documentation of the validation service.
 * @throws UnreadableAnswerError
 */
export function readValidationAnswer(body: string): ValidationAnswer {
  let root: unknown;
  try {
    root = readServiceXml(body, ["avvik", "avviksinformasjon", "valideringsfeil"])["valideringsresultat"];
  } catch (error) {
    if (error instanceof UnreadableXmlError) throw new UnreadableAnswerError(error.message);
    throw error;
  }
  const current = v.safeParse(currentShape, root);
  if (current.success) {
    return {
      verdict: current.output.avvikVedMeldingslevering,
      deviations: current.output.avvik.map((deviation): Deviation => ({
        path: deviation.stiTilAvvik,
        vatCode: deviation.mvaKode,
        line: deviation.xmlLinjenummer,
        column: deviation.xmlPosisjonPaaLinje,
        reasons: deviation.avviksinformasjon.map((item) => ({
          reason: item.begrunnelse,
          severity: item.avvikstype,
          code: item.avvikKode ?? "",
          ruleDefinition: item.regelDefinisjon,
          details: item.detaljer,
        })),
      })),
    };
  }
  const older = v.safeParse(olderShape, root);
  if (older.success) {
    return {
      verdict: older.output.status,
      deviations: older.output.valideringsfeil.map((deviation): Deviation => ({
        path: deviation.stiTilFeil,
        vatCode: deviation.mvaKode,
        line: null,
        column: null,
        reasons: [
          {
            reason: deviation.begrunnelse,
            severity: deviation.alvorlighetsgrad,
            code: deviation.avvikKode ?? deviation.feilKode ?? "",
            ruleDefinition: deviation.regelDefinisjon,
            details: deviation.detaljer,
          },
        ],
      })),
    };
  }
  const place = v.getDotPath(current.issues[0]) ?? "valideringsresultat";
  throw new UnreadableAnswerError(`${place}: ${current.issues[0].message}`);
}

/** Brings `UGYLDIG_SKATTEMELDING` and `ugyldig skattemelding` to one spelling. */
function normaliseVerdict(text: string): string {
  return text.toLowerCase().replaceAll("_", " ").trim();
}
