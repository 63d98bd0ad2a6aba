import type { RemarkLevel } from "../../codeLists/remarks.ts";
import { selectableRemark, selectableRemarksOf } from "../../codeLists/remarks.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { Field } from "../../vatReturn/vatReturn.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { filled } from "./line.ts";
import { places } from "./places.ts";
import type { Hint, Outcome, Rule } from "./rule.ts";
import { everyCategory } from "./rule.ts";
import { quoted } from "./wording.ts";

/** R070 and R071: a selected remark is in the list for its level and kind of return. */
function listedRemark(ruleNumber: string, identifier: string, level: RemarkLevel): Rule {
  const where = level === "line" ? { en: "on a line", nb: "på en linje" } : { en: "on the return", nb: "på meldingen" };
  const check = (field: Field<string> | null | undefined, { returnType }: CheckedReturn): Outcome => {
    const value = filled(field?.text);
    if (field === null || field === undefined || value === null) return "passes";
    const remark = selectableRemark(value, level);
    if (remark !== null && returnType !== null && remark.returnTypes.includes(returnType)) return "passes";
    const elsewhere = selectableRemark(value, level === "line" ? "return" : "line");
    if (returnType === null && remark !== null) return "unreadable";
    const allowed = returnType === null ? [] : selectableRemarksOf(level, returnType).map(({ name }) => name);
    const text = quoted(value);
    const reason: Text =
      remark !== null
        ? { en: "is not for this kind of return", nb: "gjelder ikke denne typen melding" }
        : elsewhere !== null
          ? level === "line"
            ? {
                en: "is a remark for the whole return, not for a line",
                nb: "er en merknad til hele meldingen, ikke til en linje",
              }
            : {
                en: "is a remark for a line, not for the whole return",
                nb: "er en merknad til en linje, ikke til hele meldingen",
              }
          : { en: `is no remark that can be chosen ${where.en}`, nb: `er ingen merknad som kan velges ${where.nb}` };
    return {
      element: field.element,
      message: {
        en: `${text.en} ${reason.en}. Choose one from the list, or write free text in beskrivelse.`,
        nb: `${text.nb} ${reason.nb}. Velg en fra listen, eller skriv fritekst i beskrivelse.`,
      },
      data: { value, allowed: allowed.join("|") },
    };
  };
  return {
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "XSD_FORMAT_OG_LOVLIGE_VERDIER",
    appliesTo: everyCategory,
    needs: "document",
    evaluated: "always",
    pointsTo: level === "line" ? places.lineSelectedRemark : places.remark,
    title: { en: `A selected remark ${where.en} is in the list`, nb: `En valgt merknad ${where.nb} finnes i listen` },
    wants: {
      en: `A filled utvalgtMerknad ${where.en} is one of the remarks that the list has for that level and this kind of return.`,
      nb: `En utfylt utvalgtMerknad ${where.nb} skal være en av merknadene listen har for dette nivået og denne typen melding.`,
    },
    howToFix: {
      en: "Choose a remark from the list, or write your own words in beskrivelse instead.",
      nb: "Velg en merknad fra listen, eller skriv egne ord i beskrivelse i stedet.",
    },
    reading: {
      en: "Capitals and no-break spaces are overlooked, because the official lists spell the same remark in several ways.",
      nb: "Det ses bort fra store bokstaver og harde mellomrom, fordi samme merknad er skrevet på flere måter i de offisielle listene.",
    },
    quickFix: "choose-value",
    whyNoQuickFix: null,
    ...(level === "line"
      ? { checkLine: (line, checked): Outcome => check(line.source.merknad?.utvalgtMerknad, checked) }
      : { checkReturn: (checked): Outcome => check(checked.source.merknad?.utvalgtMerknad, checked) }),
  };
}

const remarkSpelling: Hint = {
  code: "remark-spelled-differently",
  near: "R070",
  appliesTo: everyCategory,
  title: {
    en: "A selected remark is spelled in another way than in the list",
    nb: "En valgt merknad er skrevet annerledes enn i listen",
  },
  checkLine: ({ source }, { returnType }) => spelling(source.merknad?.utvalgtMerknad, "line", returnType),
  checkReturn: ({ source, returnType }) => spelling(source.merknad?.utvalgtMerknad, "return", returnType),
};

function spelling(
  field: Field<string> | null | undefined,
  level: RemarkLevel,
  returnType: CheckedReturn["returnType"],
): Outcome {
  const value = filled(field?.text);
  if (field === null || field === undefined || value === null || returnType === null) return "passes";
  const remark = selectableRemark(value, level);
  if (remark === null || !remark.returnTypes.includes(returnType) || remark.name === value.normalize("NFC"))
    return "passes";
  return {
    element: field.element,
    message: {
      en: `The list spells this remark “${remark.name}”. It is taken to be accepted as it stands.`,
      nb: `I listen skrives denne merknaden «${remark.name}». Den antas å bli godtatt slik den står.`,
    },
    data: { value, expected: remark.name },
  };
}

export const chosenRemarkRules: readonly Rule[] = [
  listedRemark("R070", "MvaMeldingsinnhold_SpesifikasjonslinjeMerknad_UkjentMerknad", "line"),
  listedRemark("R071", "MvaMeldingsinnhold_MvaMeldingMerknad_UkjentMerknad", "return"),
];

export const chosenRemarkHints: readonly Hint[] = [remarkSpelling];
