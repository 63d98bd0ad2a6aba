import { remarkFits, remarksFor } from "../../codeLists/remarkSigns.ts";
import type { RemarkGroup, Sign } from "../../codeLists/remarkSigns.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { Field } from "../../vatReturn/vatReturn.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import type { Line } from "./line.ts";
import { places } from "./places.ts";
import type { Rule, Violation } from "./rule.ts";
import { everyCategory } from "./rule.ts";
import { anyOf, quoted } from "./wording.ts";
import { remarkPlace } from "./remarkPlace.ts";

/** What R074 to R076 find out about a selected remark on a line. */
type RemarkVerdict =
  | "fits"
  | "unreadable"
  | { readonly group: RemarkGroup | null; readonly sign: Sign; readonly normal: boolean; readonly isDoubtful: boolean };

function judgeRemark(line: Line, { returnType }: CheckedReturn, remark: string): RemarkVerdict {
  const { code, hasBasis, basis, vat } = line;
  if (returnType === null || code === null || vat === null || (hasBasis && basis === null)) return "unreadable";
  const { group, sign, expectedSign, isDoubtful } = remarkPlace(line, returnType);
  if (group !== null && remarkFits(group, remark, sign)) return "fits";
  return { group, sign, normal: sign === expectedSign, isDoubtful };
}

interface RemarkRule {
  readonly number: string;
  readonly identifier: string;
  readonly title: Text;
  readonly wants: Text;
  /** Which lines the rule is about. */
  readonly concerns: (line: Line, normal: boolean) => boolean;
}

/** R074, R075 and R076: a selected remark fits the line's code, specification and sign. */
function fittingRemark(rule: RemarkRule): Rule {
  return {
    number: rule.number,
    identifiers: [rule.identifier],
    severity: "avvikende",
    category: "MERKNAD",
    appliesTo: everyCategory,
    needs: "document",
    evaluated: "always",
    pointsTo: places.lineSelectedRemark,
    title: rule.title,
    wants: rule.wants,
    howToFix: {
      en: "Choose a remark that fits the line, or explain in free text (beskrivelse), which is not checked.",
      nb: "Velg en merknad som passer til linjen, eller forklar i fritekst (beskrivelse), som ikke kontrolleres.",
    },
    reading: {
      en: "The rule does not say which amount has the sign, which matters where basis and VAT disagree. It is read off the basis, or off the VAT where there is no basis and in claims; where that is 0, off the other one. A remark that is in no list (R070) does not fit either.",
      nb: "Regelen sier ikke hvilket beløp som har fortegnet, og det har betydning når grunnlag og avgift har ulikt fortegn. Det hentes fra grunnlaget, men i krav og på linjer uten grunnlag fra avgiften; er beløpet 0, avgjør det andre. En merknad som ikke finnes i listen (R070), passer heller ikke.",
    },
    quickFix: "choose-value",
    whyNoQuickFix: null,
    checkLine: (line, checked) => {
      const field = line.source.merknad?.utvalgtMerknad ?? null;
      const remark = line.selectedRemark;
      if (remark === null || field === null) return "passes";
      // Lines with and without a specification are different rules; that much is known before anything else.
      if (!rule.concerns(line, true) && !rule.concerns(line, false)) return "passes";
      const verdict = judgeRemark(line, checked, remark);
      if (verdict === "fits") return "passes";
      if (verdict === "unreadable") return "unreadable";
      if (!rule.concerns(line, verdict.normal)) return "passes";
      return unfitting(line, field, remark, verdict);
    },
  };
}

function unfitting(
  line: Line,
  field: Field<string>,
  remark: string,
  { group, sign: delivered, normal, isDoubtful }: Exclude<RemarkVerdict, string>,
): Violation {
  const allowed = group === null ? [] : remarksFor(group, delivered);
  const words = quoted(remark);
  const on: Text = {
    en: `code ${line.code ?? ""}${line.specification === null ? "" : `, ${line.specification},`}${group?.deduction === true ? " (deduction)" : ""}`,
    nb: `kode ${line.code ?? ""}${line.specification === null ? "" : `, ${line.specification},`}${group?.deduction === true ? " (fradrag)" : ""}`,
  };
  const signs: Text = normal
    ? { en: "with the usual sign", nb: "med vanlig fortegn" }
    : { en: "with the opposite sign", nb: "med motsatt fortegn" };
  const choice: Text =
    allowed.length === 0
      ? { en: "No remark can be chosen there; use free text.", nb: "Ingen merknad kan velges der; bruk fritekst." }
      : { en: `Possible: ${anyOf(allowed).en}.`, nb: `Mulige: ${anyOf(allowed).nb}.` };
  // By the other sign the line is another rule's business; with a specification the same one speaks of both signs.
  const passesOtherwise =
    line.specification === null || (group !== null && remarkFits(group, remark, delivered === "+" ? "-" : "+"));
  return {
    element: field.element,
    restsOnReading: isDoubtful && passesOtherwise,
    message: {
      en: `${words.en} does not fit ${on.en} ${signs.en}. ${choice.en}`,
      nb: `${words.nb} passer ikke på ${on.nb} ${signs.nb}. ${choice.nb}`,
    },
    data: {
      value: remark,
      code: line.code ?? "",
      sign: delivered,
      ...(line.specification === null ? {} : { specification: line.specification }),
      allowed: allowed.join("|"),
    },
  };
}

export const fittingRemarkRules: readonly Rule[] = [
  fittingRemark({
    number: "R074",
    identifier: "MVA_KODE_MERKNAD_FORTEGN_GYLDIG_VANLIG_FORTEGN",
    title: { en: "The remark fits the code (usual sign)", nb: "Merknaden passer til koden (vanlig fortegn)" },
    wants: {
      en: "A remark selected on a line without specification and with the usual sign is one that the list has for the code.",
      nb: "En valgt merknad på en linje uten spesifikasjon og med vanlig fortegn skal være en av dem listen har for koden.",
    },
    concerns: ({ specification }, normal) => specification === null && normal,
  }),
  fittingRemark({
    number: "R075",
    identifier: "MVA_KODE_MERKNAD_FORTEGN_GYLDIG_MOTSATT_FORTEGN",
    title: { en: "The remark fits the code (opposite sign)", nb: "Merknaden passer til koden (motsatt fortegn)" },
    wants: {
      en: "A remark selected on a line without specification and with the opposite sign is one that the list has for the code and that sign.",
      nb: "En valgt merknad på en linje uten spesifikasjon og med motsatt fortegn skal være en av dem listen har for koden og det fortegnet.",
    },
    concerns: ({ specification }, normal) => specification === null && !normal,
  }),
  fittingRemark({
    number: "R076",
    identifier: "MVA_KODE_MERKNAD_FORTEGN_GYLDIG_FOR_SPESIFIKASJON",
    title: { en: "The remark fits the specification", nb: "Merknaden passer til spesifikasjonen" },
    wants: {
      en: "A remark selected on a line with a specification is one that the list has for that code, specification and sign.",
      nb: "En valgt merknad på en linje med spesifikasjon skal være en av dem listen har for koden, spesifikasjonen og fortegnet.",
    },
    concerns: ({ specification }) => specification !== null,
  }),
];
