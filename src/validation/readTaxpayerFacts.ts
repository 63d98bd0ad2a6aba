import * as v from "valibot";
import { returnCategories } from "../codeLists/returnCategories.ts";
import { addDays, endsPeriod, periodValues } from "../vatReturn/period.ts";
import type { PeriodElementName } from "../vatReturn/period.ts";
import type { Text } from "../vatReturn/text.ts";
import type { TaxpayerFacts } from "./taxpayerFacts.ts";

/** Something in a file of taxpayer facts that can't be used, or is of no use. */
export interface FactsProblem {
  /** Where, as in `organisations[0].vatRegistrations[1].from`; empty for the file as a whole. */
  readonly path: string;
  readonly message: Text;
}

export interface ReadFacts {
  /** Organisations whose facts are all in order. One with a problem is left out as a whole: nothing is half known. */
  readonly facts: readonly TaxpayerFacts[];
  /** Where each of `facts` stands, as in `organisations[0]`. */
  readonly paths: readonly string[];
  readonly problems: readonly FactsProblem[];
  /** Of facts that are in order but decide nothing; their paths end in the name of the fact. */
  readonly warnings: readonly FactsProblem[];
}

const messages = {
  file: {
    en: "The file must be an object with the list “organisations”.",
    nb: "Filen må være et objekt med listen «organisations».",
  },
  list: { en: "A list is expected here.", nb: "Her ventes en liste." },
  entry: { en: "An object is expected here.", nb: "Her ventes et objekt." },
  unknown: { en: "There is no fact of this name.", nb: "Det finnes ingen opplysning med dette navnet." },
  missing: { en: "This fact is required here.", nb: "Denne opplysningen må være med her." },
  text: { en: "A text is expected here.", nb: "Her ventes en tekst." },
  yesOrNo: { en: "true or false is expected here.", nb: "Her ventes true eller false." },
  organisationNumber: { en: "An organisation number has nine digits.", nb: "Et organisasjonsnummer har ni sifre." },
  accountNumber: {
    en: "An account number has eleven digits, without dots; null says that none is registered.",
    nb: "Et kontonummer har elleve sifre, uten punktum; null sier at ingen er registrert.",
  },
  date: { en: "A date is written YYYY-MM-DD.", nb: "En dato skrives ÅÅÅÅ-MM-DD." },
  kroner: { en: "An amount is a whole number of kroner.", nb: "Et beløp er et helt antall kroner." },
  year: { en: "A year from 1970 to 9999 is expected here.", nb: "Her ventes et år fra 1970 til 9999." },
  form: {
    en: "An organisation form is a code in capitals, such as AS, ENK or KF.",
    nb: "En organisasjonsform er en kode med store bokstaver, som AS, ENK eller KF.",
  },
  category: {
    en: `One of ${returnCategories.join(", ")} is expected here.`,
    nb: `Her ventes en av ${returnCategories.join(", ")}.`,
  },
  registeredCategory: {
    en: "The VAT register knows alminnelig and primaernaering.",
    nb: "Merverdiavgiftsregisteret kjenner alminnelig og primaernaering.",
  },
  periodType: {
    en: `One of ${Object.keys(periodValues).join(", ")} is expected here, or null.`,
    nb: `Her ventes en av ${Object.keys(periodValues).join(", ")}, eller null.`,
  },
  period: {
    en: "This is no period as returns write it: januar, januar-februar, januar-mars, uke 7, aarlig …",
    nb: "Dette er ingen periode slik meldinger skriver den: januar, januar-februar, januar-mars, uke 7, aarlig …",
  },
  order: { en: "The last day is before the first.", nb: "Siste dag er før første." },
  returnTwice: {
    en: "This return is in the list already; state its latest version only.",
    nb: "Denne meldingen står allerede i listen; oppgi bare den siste versjonen.",
  },
  twice: {
    en: "The organisation has an entry already; only the first one is used.",
    nb: "Organisasjonen har allerede en oppføring; bare den første brukes.",
  },
  noPeriodEnd: {
    en: "No period ends on this day, so the deadline is never used. Deadlines stand by the last day of their period.",
    nb: "Ingen periode slutter denne dagen, så fristen blir aldri brukt. Frister står ved siste dag i perioden sin.",
  },
} as const satisfies Readonly<Record<string, Text>>;
type MessageKey = keyof typeof messages;

const say = (key: MessageKey): MessageKey => key;
const periodTypes = Object.keys(periodValues) as PeriodElementName[];
const periods = new Set(Object.values(periodValues).flat());

const date = v.pipe(v.string(say("date")), v.check(isDate, say("date")));
const yesOrNo = v.boolean(say("yesOrNo"));
const kroner = v.pipe(
  v.number(say("kroner")),
  v.safeInteger(say("kroner")),
  v.transform((value) => BigInt(value)),
);
const organisationNumber = v.pipe(
  v.string(say("organisationNumber")),
  v.regex(/^[0-9]{9}$/, say("organisationNumber")),
);

const vatRegistration = v.pipe(
  v.strictObject(
    {
      category: v.picklist(["alminnelig", "primaernaering"], say("registeredCategory")),
      from: date,
      to: v.nullable(date),
      periodType: v.exactOptional(v.nullable(v.picklist(periodTypes, say("periodType")))),
      oneOff: v.exactOptional(yesOrNo),
    },
    objectMessage,
  ),
  v.check(({ from, to }) => to === null || from <= to, say("order")),
);

const deliveredReturn = v.strictObject(
  {
    category: v.picklist(returnCategories, say("category")),
    period: v.pipe(
      v.string(say("period")),
      v.check((value) => periods.has(value), say("period")),
    ),
    year: v.pipe(
      v.number(say("year")),
      v.integer(say("year")),
      v.minValue(1970, say("year")),
      v.maxValue(9999, say("year")),
    ),
    amount: v.exactOptional(kroner),
    totalBasis: v.exactOptional(kroner),
  },
  objectMessage,
);

const organisation = v.strictObject(
  {
    organisationNumber,
    name: v.exactOptional(v.string(say("text"))),
    vatRegistrations: v.exactOptional(v.array(vatRegistration, say("list"))),
    organisationForm: v.exactOptional(v.pipe(v.string(say("form")), v.regex(/^[A-ZÆØÅ]{2,5}$/, say("form")))),
    deletedOn: v.exactOptional(v.nullable(date)),
    cessationReported: v.exactOptional(yesOrNo),
    bankruptcyRegistered: v.exactOptional(yesOrNo),
    bankruptcyEstate: v.exactOptional(yesOrNo),
    estateOfDeceasedPerson: v.exactOptional(yesOrNo),
    jointRegistration: v.exactOptional(
      v.nullable(v.strictObject({ reportingUnit: organisationNumber }, objectMessage)),
    ),
    accountNumber: v.exactOptional(
      v.nullable(v.pipe(v.string(say("accountNumber")), v.regex(/^[0-9]{11}$/, say("accountNumber")))),
    ),
    returnHistory: v.exactOptional(
      v.strictObject({ completeFrom: date, returns: v.array(deliveredReturn, say("list")) }, objectMessage),
    ),
    deadlines: v.exactOptional(v.record(date, date, say("entry"))),
  },
  objectMessage,
);

const file = v.looseObject({ organisations: v.array(v.unknown(), say("list")) }, say("file"));

/**
 * Checks the content of a taxpayer facts file: `{"organisations": [ … ]}`, each entry as `TaxpayerFacts` has it, with
 * whole numbers for amounts. Never throws.
 * @param json what `JSON.parse` gave
 * @param isAmbiguous whether the text says more of an entry than `JSON.parse` has kept; such a one is left out
 */
export function readTaxpayerFacts(json: unknown, isAmbiguous: (path: string) => boolean = () => false): ReadFacts {
  const content = v.safeParse(file, json);
  if (!content.success) return { facts: [], paths: [], problems: [{ path: "", message: messages.file }], warnings: [] };
  const facts: TaxpayerFacts[] = [];
  const paths: string[] = [];
  const problems: FactsProblem[] = [];
  const warnings: FactsProblem[] = [];
  content.output.organisations.forEach((entry, index) => {
    const path = `organisations[${index}]`;
    if (isAmbiguous(path)) return;
    const read = v.safeParse(organisation, entry);
    const again = read.success ? returnStatedTwice(read.output) : null;
    if (!read.success) problems.push(...read.issues.map((issue) => problemOf(issue, path)));
    else if (again !== null)
      problems.push({ path: `${path}.returnHistory.returns[${again}]`, message: messages.returnTwice });
    else if (facts.some((known) => known.organisationNumber === read.output.organisationNumber))
      problems.push({ path: `${path}.organisationNumber`, message: messages.twice });
    else {
      facts.push(read.output);
      paths.push(path);
      warnings.push(...deadlinesOfNoPeriod(read.output, path));
    }
  });
  return { facts, paths, problems, warnings };
}

function deadlinesOfNoPeriod({ deadlines = {} }: TaxpayerFacts, path: string): readonly FactsProblem[] {
  return Object.keys(deadlines)
    .filter((day) => !endsPeriod(day))
    .map((day) => ({ path: `${path}.deadlines.${day}`, message: messages.noPeriodEnd }));
}

/** The index of the first return that another one before it in the list is about; null where there is none. */
function returnStatedTwice({ returnHistory }: TaxpayerFacts): number | null {
  const stated = new Set<string>();
  for (const [index, { category, year, period }] of (returnHistory?.returns ?? []).entries()) {
    const name = `${category} ${year} ${period}`;
    if (stated.has(name)) return index;
    stated.add(name);
  }
  return null;
}

function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  try {
    return addDays(text, 0) === text;
  } catch {
    return false;
  }
}

/** An object's own message; its keys have others. */
function objectMessage(issue: v.StrictObjectIssue): MessageKey {
  if (issue.path === undefined) return "entry";
  if (issue.expected === "never") return "unknown";
  return issue.received === "undefined" && issue.expected !== "Object" ? "missing" : "entry";
}

function problemOf(issue: v.BaseIssue<unknown>, path: string): FactsProblem {
  const steps = (issue.path ?? []).map((item) => {
    const key: unknown = item.key;
    return typeof key === "number" ? `[${key}]` : `.${String(key)}`;
  });
  return { path: path + steps.join(""), message: messages[isMessageKey(issue.message) ? issue.message : "entry"] };
}

function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(messages, text);
}
