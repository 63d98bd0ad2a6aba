import { documentIdentities } from "../../vatReturn/documentType.ts";
import type { Deviation, DeviationReason, ValidationAnswer } from "../../validation/remote/answer.ts";
import { escapeXml } from "../xmlText.ts";

/** The longest text that the schema of the result takes. */
const longestText = 4000;

/**
 * `valideringsresultat` as it is written on the wire. Where a rule's deviation concerns no specification line, the VAT
 * code is the word `null`, as the service has been seen to write it; schema errors have none, but line and position.
 */
export function validationResultXml({ verdict, deviations }: ValidationAnswer): string {
  return [
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`,
    `<valideringsresultat xmlns="${documentIdentities.validationResult.namespace}">`,
    `  <avvikVedMeldingslevering>${verdict}</avvikVedMeldingslevering>`,
    ...deviations.flatMap(deviationXml),
    `</valideringsresultat>`,
    ``,
  ].join("\n");
}

function deviationXml(deviation: Deviation): string[] {
  return [
    `  <avvik>`,
    `    <stiTilAvvik>${text(deviation.path ?? "")}</stiTilAvvik>`,
    ...vatCodeXml(deviation),
    ...(deviation.line === null ? [] : [`    <xmlLinjenummer>${String(deviation.line)}</xmlLinjenummer>`]),
    ...(deviation.column === null
      ? []
      : [`    <xmlPosisjonPaaLinje>${String(deviation.column)}</xmlPosisjonPaaLinje>`]),
    ...deviation.reasons.flatMap(reasonXml),
    `  </avvik>`,
  ];
}

function vatCodeXml({ vatCode, line }: Deviation): string[] {
  if (vatCode === null && line !== null) return [];
  return [`    <mvaKode>${text(vatCode ?? "null")}</mvaKode>`];
}

function reasonXml(reason: DeviationReason): string[] {
  return [
    `    <avviksinformasjon>`,
    `      <begrunnelse>${text(reason.reason)}</begrunnelse>`,
    `      <avvikstype>${reason.severity}</avvikstype>`,
    `      <avvikKode>${text(reason.code)}</avvikKode>`,
    `      <regelDefinisjon>${text(reason.ruleDefinition ?? "")}</regelDefinisjon>`,
    ...(reason.details === null ? [] : [`      <detaljer>${text(reason.details)}</detaljer>`]),
    `    </avviksinformasjon>`,
  ];
}

function text(value: string): string {
  return escapeXml(value.slice(0, longestText));
}
