import { categoryLabels, categoryPhrases, returnTypeOf } from "../../codeLists/returnCategories.ts";
import type { ReturnCategory } from "../../codeLists/returnCategories.ts";
import { vatCodesOf } from "../../codeLists/vatCodes.ts";
import type { CheckedReturn } from "./checkedReturn.ts";
import { outcomeWhere, whereReadable } from "./conditions.ts";
import type { Condition } from "./conditions.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";
import { anyOf, quoted, sentence } from "./wording.ts";
import type { Text } from "../../vatReturn/text.ts";

interface CodeSet {
  readonly number: string;
  readonly identifier: string;
  readonly category: ReturnCategory;
  /** Set where the rule asks whether the taxpayer is registered. */
  readonly asksRegister?: boolean;
  readonly reading: Text | null;
}

/** R053, R054, R088 and R113: the codes that a kind of return may use. */
function codeSet({ number, identifier, category, asksRegister = false, reading }: CodeSet): Rule {
  const codes = vatCodesOf(returnTypeOf(category)).map(({ code }) => code);
  const label = categoryLabels[category];
  const kind = sentence(categoryPhrases[category].one);
  const legal = anyOf(codes);
  const isAsked = ({ facts }: CheckedReturn): Condition => {
    if (!asksRegister) return true;
    return facts?.vatRegistrations === undefined ? "registers" : facts.vatRegistrations.length > 0;
  };
  return {
    number,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSINNHOLD",
    appliesTo: [category],
    needs: asksRegister ? "register" : "document",
    evaluated: asksRegister ? "partly" : "always",
    ...(asksRegister ? { clearedWhere: { en: "every code is known", nb: "alle kodene er kjent" } } : {}),
    pointsTo: places.lineCode,
    title: { en: `Codes for ${label.en}`, nb: `Koder for ${label.nb}` },
    wants: {
      en: `${kind.en}${asksRegister ? ", from a registered taxpayer," : ""} uses only code ${legal.en}.`,
      nb: `${kind.nb}${asksRegister ? " fra en registrert skattepliktig" : ""} kan bare bruke kode ${legal.nb}.`,
    },
    howToFix: {
      en: "Put in a code that this kind of return has, or report the amount in another return.",
      nb: "Bruk en kode som hører til denne typen melding, eller rapporter beløpet i en annen melding.",
    },
    reading,
    quickFix: "choose-value",
    whyNoQuickFix: null,
    checkLine: ({ code, source }, checked): Outcome => {
      const isForeign = whereReadable(code, (written) => !codes.includes(written));
      return outcomeWhere([isForeign, isAsked(checked)], () => {
        if (code === null || source.mvaKode === null) return "unreadable";
        return {
          element: source.mvaKode.element,
          message: {
            en: `${kind.en} does not use code ${quoted(code).en}; ${asksRegister ? "it is none of the 25 codes" : `it may use ${legal.en}`}.`,
            nb: `${kind.nb} bruker ikke kode ${quoted(code).nb}; ${asksRegister ? "den er ingen av de 25 kodene" : `bruk ${legal.nb}`}.`,
          },
          data: { value: code, allowed: codes.join("|") },
        };
      });
    },
  };
}

const wholeList: Text = {
  en: "The printed codes are the whole list, so that the rule only speaks together with R002.",
  nb: "Regelen nevner alle kodene som finnes, og slår derfor bare til sammen med R002.",
};

export const codeSetRules: readonly Rule[] = [
  codeSet({
    number: "R053",
    identifier: "MVA_MELDINGSINNHOLD_UGYLDIG_MVA_KODE_FOR_OPPGITT_MELDINGSKATEGORI_ALMINNELIG_NÆRING_MED_PLIKT",
    category: "alminnelig",
    asksRegister: true,
    reading: wholeList,
  }),
  codeSet({
    number: "R054",
    identifier: "MVA_MELDINGSINNHOLD_UGYLDIG_MVA_KODE_FOR_OPPGITT_MELDINGSKATEGORI_PRIMÆRNÆRING_MED_PLIKT",
    category: "primaernaering",
    asksRegister: true,
    reading: wholeList,
  }),
  codeSet({
    number: "R088",
    identifier: "MVA_KOMPENSASJON_MELDINGSINNHOLD_UGYLDIG_MVA_KODE_FOR_OPPGITT_MELDINGSKATEGORI",
    category: "kompensasjon",
    reading: null,
  }),
  codeSet({
    number: "R113",
    identifier: "MVA_OMVENDT_AVGIFTSPLIKT_MELDINGSINNHOLD_UGYLDIG_MVA_KODE_FOR_OPPGITT_MELDINGSKATEGORI",
    category: "omvendtAvgiftsplikt",
    reading: null,
  }),
];
