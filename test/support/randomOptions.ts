import { returnCategories } from "../../src/codeLists/returnCategories.ts";
import { defaultOptions } from "../../src/validation/options.ts";
import type { ValidationOptions } from "../../src/validation/options.ts";
import type { DeliveredReturn, TaxpayerFacts, VatRegistration } from "../../src/validation/taxpayerFacts.ts";
import { fromInteger } from "../../src/vatReturn/decimal.ts";
import { addDays, isPeriodElementName, periodValues } from "../../src/vatReturn/period.ts";
import type { CalendarDate } from "../../src/vatReturn/period.ts";

const organisationForms = ["AS", "ENK", "KF", "FKF", "ORGL", "BEDR", "UDEF", "KOMM"];
const periodElements = Object.keys(periodValues).filter(isPeriodElementName);
const years = [2021, 2022, 2023, 2024, 2025, 2026];

/** What a person may say beside a return, without facts: every switch at random, and its default now and then. */
export function randomOptions(random: () => number): ValidationOptions {
  const choose = chooser(random);
  const defaults = defaultOptions(choose.date());
  return {
    ...defaults,
    tolerance: choose.pick(["faq", "strict"]),
    firstSubmission: choose.pick([true, true, false, null]),
    changeOfEarlierReturn: choose.pick([null, true, false]),
    maximumBasis: choose.pick([null, fromInteger(0), fromInteger(1_000_000)]),
    deadlines: choose.chance(0.5) ? choose.deadlines() : {},
    compensationRulesOf2026From: choose.pick(["2026-01-01", "2024-07-01", "2030-01-01"]),
  };
}

/** What registers may hold of the organisation 999999999; each fact is missing now and then. */
export function randomFacts(random: () => number): TaxpayerFacts {
  const choose = chooser(random);
  const { chance, pick, date, list } = choose;
  const sometimes = <Fact>(fact: Fact): Partial<Fact> => (chance(0.85) ? fact : {});
  const registration = (): VatRegistration => {
    const from = date();
    return {
      category: pick(["alminnelig", "primaernaering"]),
      from,
      to: chance(0.6) ? null : addDays(from, Math.floor(random() * 900)),
      ...sometimes({ periodType: pick([null, ...periodElements]) }),
      ...sometimes({ oneOff: chance(0.4) }),
    };
  };
  const delivered = (): DeliveredReturn => ({
    category: pick(returnCategories),
    period: pick(periodValues[pick(periodElements)]),
    year: pick(years),
    ...sometimes({ amount: BigInt(Math.floor((random() - 0.7) * 60_000)) }),
    ...sometimes({ totalBasis: BigInt(Math.floor(random() * 4000)) }),
  });
  return {
    organisationNumber: "999999999",
    ...sometimes({ vatRegistrations: list(4, registration) }),
    ...sometimes({ organisationForm: pick(organisationForms) }),
    ...sometimes({ deletedOn: chance(0.5) ? null : date() }),
    ...sometimes({ cessationReported: chance(0.2) }),
    ...sometimes({ bankruptcyRegistered: chance(0.2) }),
    ...sometimes({ bankruptcyEstate: chance(0.2) }),
    ...sometimes({ estateOfDeceasedPerson: chance(0.2) }),
    ...sometimes({ jointRegistration: chance(0.5) ? null : { reportingUnit: pick(["999999999", "888888888"]) } }),
    ...sometimes({ accountNumber: chance(0.5) ? null : "12345678903" }),
    ...sometimes({ returnHistory: { completeFrom: date(), returns: list(8, delivered) } }),
    ...sometimes({ deadlines: choose.deadlines() }),
  };
}

interface Chooser {
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly list: <T>(most: number, make: () => T) => T[];
  readonly date: () => CalendarDate;
  readonly deadlines: () => Readonly<Record<CalendarDate, CalendarDate>>;
}

function chooser(random: () => number): Chooser {
  const chance = (probability: number): boolean => random() < probability;
  const pick = <T>(choices: readonly T[]): T => {
    const chosen = choices[Math.floor(random() * choices.length)];
    if (chosen === undefined && choices.length === 0) throw new RangeError("There is nothing to choose from.");
    return chosen as T;
  };
  const list = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => make());
  // A good ten years about those that random returns are for.
  const date = (): CalendarDate => addDays("2020-06-01", Math.floor(random() * 4200));
  const deadlines = (): Readonly<Record<CalendarDate, CalendarDate>> =>
    Object.fromEntries(
      years.flatMap((year) =>
        ["03-31", "04-30", "06-30", "12-31"].map((end) => [`${year}-${end}`, addDays(`${year}-${end}`, 41)] as const),
      ),
    );
  return { chance, pick, list, date, deadlines };
}
