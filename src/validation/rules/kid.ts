import { filled } from "./line.ts";
import { places } from "./places.ts";
import type { Rule } from "./rule.ts";
import { everyCategory } from "./rule.ts";
import type { Text } from "../../vatReturn/text.ts";
import { quoted } from "./wording.ts";

const longest = 25;
const shortest = 2;
const zeroDigit = 48;
/** A Norwegian account number has eleven digits: no other KID can be one. */
const accountNumber = /^[0-9]{11}$/;

/** Luhn's control digit over the digits before the last one. A dash is never a MOD10 control character. */
export function passesMod10(kid: string): boolean {
  return /^[0-9]+$/.test(kid) && kid.endsWith(mod10Control(kid));
}

function mod10Control(kid: string): string {
  let sum = 0;
  for (let i = kid.length - 2, weight = 2; i >= 0; i--, weight = 3 - weight) {
    const product = digitAt(kid, i) * weight;
    sum += product > 9 ? product - 9 : product;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Weights 2 to 7 from the right; the control character for 10 is a dash. */
export function passesMod11(kid: string): boolean {
  return /^[0-9]+-?$/.test(kid) && kid.endsWith(mod11Control(kid));
}

function mod11Control(kid: string): string {
  let sum = 0;
  for (let i = kid.length - 2, weight = 2; i >= 0; i--, weight = weight === 7 ? 2 : weight + 1) {
    sum += digitAt(kid, i) * weight;
  }
  const control = (11 - (sum % 11)) % 11;
  return control === 10 ? "-" : String(control);
}

function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - zeroDigit;
}

/** What is wrong with the KID by itself; null where nothing is. */
function fault(kid: string): Text | null {
  if (!/^[0-9]+-?$/.test(kid)) {
    return {
      en: "it may hold digits only, and a dash at the end",
      nb: "den kan bare ha sifre, og en bindestrek til slutt",
    };
  }
  if (kid.length < shortest || kid.length > longest) {
    return {
      en: `it must have ${shortest} to ${longest} characters, and has ${kid.length}`,
      nb: `den må ha ${shortest} til ${longest} tegn, og har ${kid.length}`,
    };
  }
  if (passesMod10(kid) || passesMod11(kid)) return null;
  const [mod10, mod11, last] = [mod10Control(kid), mod11Control(kid), kid.slice(-1)];
  return {
    en: `its last character is ${last}, but MOD10 makes it ${mod10} and MOD11 ${mod11}`,
    nb: `det siste tegnet er ${last}, men MOD10 gir ${mod10} og MOD11 gir ${mod11}`,
  };
}

const validKid: Rule = {
  number: "R079",
  identifiers: ["MVA_MELDINGSINNHOLD_KID_NUMMER_GYLDIG"],
  severity: "ugyldig",
  category: "MELDINGSINNHOLD",
  appliesTo: everyCategory,
  needs: "document",
  evaluated: "partly",
  clearedWhere: {
    en: "there is no KID, or it is wrong by itself, or it does not have the eleven digits of an account number",
    nb: "KID-en mangler, er ugyldig i seg selv eller ikke har elleve sifre som et kontonummer",
  },
  pointsTo: places.kid,
  title: { en: "The KID is valid", nb: "KID-nummeret er gyldig" },
  wants: {
    en: "A filled kundeIdentifikasjonsnummer has 2 to 25 characters, digits only but for a possible final dash, a last character that is right by MOD10 or MOD11, and is not the registered account number.",
    nb: "Et utfylt kundeIdentifikasjonsnummer skal ha 2 til 25 tegn, bare sifre bortsett fra en eventuell bindestrek til slutt, og et siste tegn som stemmer med MOD10 eller MOD11. Det kan ikke være det registrerte kontonummeret.",
  },
  howToFix: {
    en: "Copy the KID again from where it was issued, or leave the element out; it is only used for refunds.",
    nb: "Hent KID-en på nytt fra den som har utstedt den, eller utelat elementet; den brukes bare ved utbetaling.",
  },
  reading: {
    en: "The algorithms are only named, not described; the banks' usual ones are taken, where the dash stands for a MOD11 control value of 10. Blanks inside make the KID invalid. Without the account number a right KID of eleven digits is left open; no other can be an account number.",
    nb: "Algoritmene er bare nevnt ved navn; her brukes bankenes vanlige, der bindestreken står for kontrollverdien 10 i MOD11. Mellomrom gjør KID-en ugyldig. Uten kontonummeret kan en ellers gyldig KID på elleve sifre ikke avgjøres; ingen annen kan være et kontonummer.",
  },
  quickFix: null,
  whyNoQuickFix: { en: "A right KID can't be made up.", nb: "En gyldig KID lar seg ikke gjette." },
  checkReturn: ({ source, facts }) => {
    const field = source.kundeIdentifikasjonsnummer;
    const kid = filled(field?.text);
    if (field === null || kid === null) return "passes";
    const wrong = fault(kid);
    if (wrong !== null) {
      const value = quoted(kid);
      return {
        element: field.element,
        message: {
          en: `${value.en} is no valid KID: ${wrong.en}.`,
          nb: `${value.nb} er ikke en gyldig KID: ${wrong.nb}.`,
        },
        data: { value: kid },
      };
    }
    if (!accountNumber.test(kid)) return "passes";
    if (facts?.accountNumber === undefined) return "registers";
    if (facts.accountNumber !== kid) return "passes";
    return {
      element: field.element,
      message: {
        en: "The KID is the registered account number; a KID identifies a payment, not an account.",
        nb: "KID-en er det registrerte kontonummeret; en KID identifiserer en betaling, ikke en konto.",
      },
      data: { value: kid },
    };
  },
};

export const kidRules: readonly Rule[] = [validKid];
