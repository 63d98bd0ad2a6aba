import type { DeliveredReturn, TaxpayerFacts } from "../../../../src/validation/taxpayerFacts.ts";
import { rule } from "./ruleCase.ts";
import type { RuleCase, Row } from "./ruleCase.ts";

type Facts = Omit<TaxpayerFacts, "organisationNumber">;

const claim = { category: "kompensasjon" } as const;
const oldClaim = { ...claim, year: 2025, today: "2025-06-01" } as const;
const reverse = { category: "omvendtAvgiftsplikt", period: "januar-mars", today: "2026-06-15" } as const;
const unknown = { options: { firstSubmission: null } } as const;
const deadlines = { "2025-04-30": "2025-06-10", "2026-04-30": "2026-06-10" };
const inTime = { options: { deadlines } } as const;
/** What the default of `firstSubmission` stands in for. */
const asFirst = { assumed: /first submission for the period/ } as const;
const asFirstOfYear = { assumed: /no earlier return in the year/ } as const;
const asDelivered = { assumed: /the period was taken to have been submitted before/ } as const;
const byDeadline = { assumed: /the deadline for the period was taken to be 2025-06-10/ } as const;
const asChange = { options: { changeOfEarlierReturn: true }, assumed: /taken to change one/ } as const;
const noChange = { options: { changeOfEarlierReturn: false }, assumed: /taken not to change/ } as const;
const registered: Facts = {
  vatRegistrations: [
    { category: "alminnelig", from: "2025-11-01", to: null, periodType: "skattleggingsperiodeToMaaneder" },
  ],
};

function history(completeFrom: string, ...returns: readonly DeliveredReturn[]): Facts {
  return { returnHistory: { completeFrom, returns } };
}

function delivered(
  category: DeliveredReturn["category"],
  period: string,
  year: number,
  more: Partial<DeliveredReturn> = {},
): DeliveredReturn {
  return { category, period, year, ...more };
}

const deliveredBefore = history("2025-01-01", delivered("kompensasjon", "mars-april", 2025));
const largeBefore = history("2025-01-01", delivered("kompensasjon", "mars-april", 2025, { amount: -1000n }));
const bothBefore = [
  delivered("alminnelig", "november-desember", 2025),
  delivered("alminnelig", "januar-februar", 2026),
];

const registeredTwice: Facts = {
  vatRegistrations: [
    { category: "alminnelig", from: "2025-11-01", to: "2026-01-20", periodType: "skattleggingsperiodeToMaaneder" },
    { category: "alminnelig", from: "2026-01-21", to: null, periodType: "skattleggingsperiodeToMaaneder" },
  ],
};
const monthly: Facts = {
  vatRegistrations: [
    { category: "alminnelig", from: "2026-01-01", to: null, periodType: "skattleggingsperiodeMaaned" },
  ],
};
/** 2025 has 52 weeks: the one after the last is week 1 of 2026. */
const weekly: Facts = {
  vatRegistrations: [{ category: "alminnelig", from: "2025-12-22", to: null, periodType: "skattleggingsperiodeUke" }],
};
const weeks = [delivered("alminnelig", "uke 52", 2025), delivered("alminnelig", "uke 1", 2026)];
const weekTwo = delivered("alminnelig", "uke 2", 2026);
const thirdWeek = { period: "uke 3", year: 2026, today: "2026-02-02" } as const;

/** R061 for an amount to pay, R062 for a refund. */
function earlierReturns(number: string, total: number): RuleCase[] {
  return rule(number, {
    bad: [
      {
        why: "the period before is missing",
        total,
        facts: { ...registered, ...history("2025-11-01", delivered("alminnelig", "november-desember", 2025)) },
        at: "/skattleggingsperiode",
        says: /januar-februar 2026/,
      },
      {
        why: "both are missing",
        total,
        facts: { ...registered, ...history("2020-01-01") },
        says: /november-desember 2025 or januar-februar 2026/,
      },
      {
        why: "two registrations ask for the same return",
        total,
        facts: { ...registeredTwice, ...history("2025-01-01") },
        says: /for november-desember 2025 or januar-februar 2026(?:\.|;)/,
      },
      {
        why: "week 1 is missing, and is no week 53 of the year before",
        total,
        ...thirdWeek,
        facts: { ...weekly, ...history("2025-01-01", ...weeks.filter(({ year }) => year === 2025), weekTwo) },
        says: /for uke 1 2026(?:\.|;)/,
      },
      {
        why: "week 53 is missing",
        total,
        period: "uke 1",
        year: 2021,
        facts: {
          vatRegistrations: [
            { category: "alminnelig", from: "2021-01-01", to: null, periodType: "skattleggingsperiodeUke" },
          ],
          ...history("2020-01-01"),
        },
        says: /for uke 53 2020(?:\.|;)/,
      },
      {
        why: "seven are missing",
        total,
        period: "august",
        facts: { ...monthly, ...history("2025-01-01") },
        says: /januar 2026, [^]*, juni 2026 or juli 2026/,
      },
      {
        why: "eight are missing",
        total,
        period: "september",
        today: "2026-10-01",
        facts: { ...monthly, ...history("2025-01-01") },
        says: /januar 2026, [^]*, juni 2026 and 2 other periods/,
      },
      {
        why: "delivered for the other category",
        total,
        facts: { ...registered, ...history("2026-01-01", delivered("primaernaering", "januar-februar", 2026)) },
      },
    ],
    good: [
      {
        why: "every week over the turn of the year",
        total,
        ...thirdWeek,
        facts: { ...weekly, ...history("2025-01-01", ...weeks, weekTwo) },
      },
      { why: "both are delivered", total, facts: { ...registered, ...history("2020-01-01", ...bothBefore) } },
      { why: "the other sign", total: -total, facts: { ...registered, ...history("2020-01-01") } },
      { why: "0", total: 0, facts: { ...registered, ...history("2020-01-01") } },
      { why: "the other sign, and no facts", total: -total },
      { why: "0, and no facts", total: 0 },
      {
        why: "the first period of the registration",
        total,
        period: "november-desember",
        year: 2025,
        facts: { ...registered, ...history("2020-01-01") },
      },
    ],
    open: [
      { why: "no facts", total },
      { why: "no total", total: null, facts: { ...registered, ...history("2020-01-01") }, because: "unreadable" },
      {
        why: "the history does not reach back",
        total,
        facts: { ...registered, ...history("2026-01-01", delivered("alminnelig", "januar-februar", 2026)) },
      },
      { why: "the registrations are not known", total, facts: history("2020-01-01", ...bothBefore) },
    ],
  });
}

/** R098 and R118: nothing to send. */
function firstNotZero(
  number: string,
  given: Omit<Row, "why">,
  category: DeliveredReturn["category"],
  period: string,
): RuleCase[] {
  return rule(number, {
    bad: [
      {
        why: "0, taken to be the first",
        ...given,
        total: 0,
        at: "/fastsattMerverdiavgift",
        ...asFirst,
        says: /Taken for granted: this is the first/,
      },
      { why: "0, known to be the first", ...given, total: "-0", facts: history("2026-01-01"), ...unknown },
    ],
    good: [
      { why: "one krone", ...given, total: -1 },
      { why: "one krone, whether or not it is the first", ...given, total: 1, ...unknown },
      {
        why: "known not to be the first",
        ...given,
        total: 0,
        facts: history("2026-01-01", delivered(category, period, 2026)),
      },
      { why: "said not to be the first", ...given, total: 0, options: { firstSubmission: false }, ...asDelivered },
    ],
    open: [
      { why: "not known whether it is the first", ...given, total: 0, ...unknown, because: "setting" },
      {
        why: "the history would tell, were the year readable",
        ...given,
        total: 0,
        year: null,
        facts: history("2026-01-01", delivered(category, period, 2026)),
        because: "unreadable",
      },
      {
        why: "the history does not reach back",
        ...given,
        total: 0,
        facts: history("2026-05-01"),
        ...unknown,
        because: "setting",
      },
      { why: "no total", ...given, total: null, because: "unreadable" },
    ],
  });
}

export const historyCases: readonly RuleCase[] = [
  ...earlierReturns("R061", 10),
  ...earlierReturns("R062", -10),
  ...rule("R096", {
    bad: [
      {
        why: "the day after the deadline",
        ...oldClaim,
        today: "2025-06-11",
        ...inTime,
        at: "/skattleggingsperiode",
        assumed: /deadline[^]*first submission/,
      },
      {
        why: "the taxpayer's own deadline goes first",
        ...oldClaim,
        today: "2025-06-05",
        ...inTime,
        facts: { deadlines: { "2025-04-30": "2025-06-04" } },
        ...asFirst,
      },
    ],
    good: [
      { why: "on the deadline", ...oldClaim, today: "2025-06-10", ...inTime, ...byDeadline },
      {
        why: "not the first",
        ...oldClaim,
        today: "2025-06-11",
        options: { deadlines, firstSubmission: false },
        ...asDelivered,
      },
      {
        why: "known not to be the first, and no deadline is known",
        ...oldClaim,
        today: "2025-06-11",
        facts: deliveredBefore,
      },
      { why: "the new rules hold", ...claim, today: "2026-06-11", ...inTime },
      { why: "no deadline is known, but the period has not ended", ...oldClaim, today: "2025-04-30" },
    ],
    open: [
      { why: "no deadline is known", ...oldClaim, today: "2025-06-11", because: "setting" },
      {
        why: "no deadline is known, on the day after the period",
        ...oldClaim,
        today: "2025-05-01",
        because: "setting",
      },
      {
        why: "not known whether it is the first",
        ...oldClaim,
        today: "2025-06-11",
        options: { deadlines, firstSubmission: null },
        because: "setting",
      },
      { why: "no period", ...oldClaim, period: null, today: "2025-06-11", ...inTime, because: "unreadable" },
    ],
  }),
  ...rule("R097", {
    bad: [
      {
        why: "one krone more after the deadline",
        ...oldClaim,
        today: "2025-06-11",
        total: -1001,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "mars-april", 2025, { amount: -1000n })),
        at: "/fastsattMerverdiavgift",
        ...byDeadline,
      },
      {
        why: "a claim where there was none",
        ...oldClaim,
        today: "2025-12-11",
        total: -1,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "mars-april", 2025, { amount: 0n })),
        ...byDeadline,
      },
    ],
    good: [
      {
        why: "the same amount",
        ...oldClaim,
        today: "2025-06-11",
        total: -1000,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "mars-april", 2025, { amount: -1000n })),
      },
      {
        why: "on the deadline",
        ...byDeadline,
        ...oldClaim,
        today: "2025-06-10",
        total: -1001,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "mars-april", 2025, { amount: -1000n })),
      },
      {
        why: "the first claim",
        ...oldClaim,
        today: "2025-06-11",
        total: -1001,
        ...inTime,
        facts: history("2025-01-01"),
      },
      { why: "the new rules hold", ...claim, today: "2026-06-11", total: -1001 },
      { why: "taken to be the first", ...oldClaim, today: "2025-06-11", total: -1001, ...inTime, ...asFirst },
    ],
    open: [
      {
        why: "the earlier amount is not known",
        ...oldClaim,
        today: "2025-06-11",
        total: -1001,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "mars-april", 2025)),
      },
      {
        why: "not the first, and no history",
        ...oldClaim,
        today: "2025-06-11",
        total: -1001,
        options: { deadlines, firstSubmission: false },
      },
      {
        why: "no deadline is known",
        ...oldClaim,
        today: "2025-06-11",
        total: -1001,
        facts: largeBefore,
        because: "setting",
      },
    ],
  }),
  ...firstNotZero("R098", claim, "kompensasjon", "mars-april"),
  ...firstNotZero("R118", reverse, "omvendtAvgiftsplikt", "januar-mars"),
  ...rule("R099", {
    bad: [
      {
        why: "one krone too little",
        ...oldClaim,
        total: -19999,
        ...inTime,
        at: "/fastsattMerverdiavgift",
        assumed: /deadline[^]*no earlier return/,
        says: /until the deadline, 2025-06-10\./,
      },
      {
        why: "an earlier claim of exactly 20,000 does not count",
        ...oldClaim,
        total: -1,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "januar-februar", 2025, { amount: -20000n })),
        ...byDeadline,
      },
    ],
    good: [
      { why: "exactly 20,000", ...oldClaim, total: -20000, ...inTime },
      { why: "nothing is claimed", ...oldClaim, total: 0, ...inTime },
      { why: "exactly 20,000, and nothing else is known", ...oldClaim, total: -20000, ...unknown },
      { why: "after the deadline", ...oldClaim, today: "2025-06-11", total: -1, ...inTime, ...byDeadline },
      {
        why: "a larger claim earlier in the year",
        ...oldClaim,
        total: -1,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "januar-februar", 2025, { amount: -20001n })),
      },
      { why: "the new rules hold", ...claim, today: "2026-06-01", total: -1, ...inTime },
    ],
    open: [
      { why: "no deadline is known", ...oldClaim, total: -1, because: "setting" },
      {
        why: "the year's claims are not known",
        ...oldClaim,
        total: -1,
        options: { deadlines, firstSubmission: null },
        because: "setting",
      },
      {
        why: "an earlier amount is not known",
        ...oldClaim,
        total: -1,
        ...inTime,
        facts: history("2025-01-01", delivered("kompensasjon", "januar-februar", 2025)),
      },
    ],
  }),
  ...rule("R134", {
    bad: [
      {
        why: "one krone too little",
        ...claim,
        today: "2026-05-01",
        total: -19999,
        at: "/fastsattMerverdiavgift",
        says: /From 2026-07-01.*Taken for granted: this is the first.*no earlier return/,
        assumed: /first submission[^]*no earlier return in the year/,
      },
      { why: "0, by the letter", ...claim, today: "2026-06-30", total: 0, says: /0 and above/, ...asFirstOfYear },
      { why: "an amount to pay, by the letter", ...claim, today: "2026-06-30", total: 5, ...asFirstOfYear },
      {
        why: "known to be the first for the period, taken to be the first of the year",
        ...claim,
        today: "2026-05-01",
        total: -19999,
        facts: history("2026-03-01"),
        assumed: /^R134: no earlier return in the year was taken to settle the minimum amount\.$/,
      },
      {
        why: "a larger claim in another year",
        ...claim,
        today: "2026-05-01",
        total: -1,
        facts: history("2020-01-01", delivered("kompensasjon", "november-desember", 2025, { amount: -90000n })),
      },
    ],
    good: [
      { why: "exactly 20,000", ...claim, today: "2026-05-01", total: -20000 },
      { why: "exactly 20,000, and nothing is known", ...claim, today: "2026-05-01", total: -20000, ...unknown },
      { why: "the next period is open, and nothing is known", ...claim, today: "2026-07-01", total: -1, ...unknown },
      { why: "the next period is open", ...claim, today: "2026-07-01", total: -1 },
      {
        why: "over the turn of the year",
        ...claim,
        period: "november-desember",
        year: 2025,
        today: "2026-03-01",
        total: -1,
      },
      {
        why: "a larger claim earlier in the year",
        ...claim,
        today: "2026-05-01",
        total: -1,
        facts: history("2026-01-01", delivered("kompensasjon", "januar-februar", 2026, { amount: -20001n })),
      },
      {
        why: "not the first for the period",
        ...claim,
        today: "2026-05-01",
        total: -1,
        options: { firstSubmission: false },
        facts: history("2026-01-01", delivered("kompensasjon", "mars-april", 2026, { amount: -5n })),
      },
      { why: "the old rules hold", ...oldClaim, total: -1 },
    ],
    open: [
      {
        why: "nothing is known of the year",
        ...claim,
        today: "2026-05-01",
        total: -1,
        ...unknown,
        because: "setting",
      },
      {
        why: "the first for its period, but what was claimed in January is not known",
        ...claim,
        today: "2026-05-01",
        total: -1,
        ...unknown,
        facts: history("2026-03-01"),
        because: "setting",
      },
      {
        why: "an earlier amount of the year is not known",
        ...claim,
        today: "2026-05-01",
        total: -1,
        facts: history("2026-01-01", delivered("kompensasjon", "januar-februar", 2026)),
      },
      {
        why: "a period of another length",
        ...claim,
        period: "mars",
        today: "2026-05-01",
        total: -1,
        because: "unreadable",
      },
    ],
  }),
  ...rule("R117", {
    bad: [
      {
        why: "one krone too little",
        ...reverse,
        lines: ["87 1999*25=499"],
        at: "/skattegrunnlagOgBeregnetSkatt",
        ...asFirstOfYear,
      },
      { why: "one krone in all", ...reverse, lines: ["87 2000*25=500", "87 -1999*25=-499 'x'"], ...asFirstOfYear },
      { why: "known to be the first", ...reverse, lines: ["87 1*25=0"], facts: history("2026-01-01"), ...unknown },
    ],
    good: [
      { why: "exactly 2,000", ...reverse, lines: ["87 1000*25=250", "89 1000*12=120"] },
      { why: "exactly 2,000, and nothing is known", ...reverse, lines: ["87 2000*25=500"], ...unknown },
      { why: "0", ...reverse, lines: ["87 0*25=0"] },
      { why: "negative", ...reverse, lines: ["87 -100*25=-25 'x'"] },
      {
        why: "an earlier small return in the year",
        ...reverse,
        period: "april-juni",
        lines: ["87 100*25=25"],
        facts: history("2026-01-01", delivered("omvendtAvgiftsplikt", "januar-mars", 2026, { totalBasis: 1999n })),
      },
    ],
    open: [
      { why: "a line without basis", ...reverse, lines: ["87 1999*25=499", "87 =25"], because: "unreadable" },
      {
        why: "nothing is known of the year",
        ...reverse,
        lines: ["87 1999*25=499"],
        ...unknown,
        because: "setting",
      },
      {
        why: "a version of it was delivered, and the history does not reach back to January",
        ...reverse,
        period: "april-juni",
        today: "2026-07-15",
        lines: ["87 1999*25=499"],
        facts: history("2026-04-01", delivered("omvendtAvgiftsplikt", "april-juni", 2026, { totalBasis: 5000n })),
      },
      {
        why: "an earlier basis is not known",
        ...reverse,
        period: "april-juni",
        lines: ["87 100*25=25"],
        facts: history("2026-01-01", delivered("omvendtAvgiftsplikt", "januar-mars", 2026)),
      },
    ],
  }),
  ...rule("R119", {
    bad: [
      {
        why: "VAT of one krone",
        ...reverse,
        total: 0,
        lines: ["87 4*25=0"],
        at: "/grunnlag",
        says: /4 × 25 % = 1/,
        ...asFirst,
      },
      { why: "negative", ...reverse, total: 0, lines: ["87 -4*25=0 'x'"], ...asFirst },
    ],
    good: [
      { why: "below one krone", ...reverse, total: 0, lines: ["87 3*25=0"] },
      { why: "no lines, and nothing is known", ...reverse, total: 0, lines: [], ...unknown },
      { why: "a total, and nothing is known", ...reverse, total: 1, lines: ["87 4*25=1"], ...unknown },
      { why: "a total", ...reverse, total: 1, lines: ["87 4*25=1"] },
      {
        why: "not the first",
        ...reverse,
        total: 0,
        lines: ["87 4*25=0"],
        options: { firstSubmission: false },
        ...asDelivered,
      },
    ],
    open: [
      {
        why: "not known whether it is the first",
        ...reverse,
        total: 0,
        lines: ["87 4*25=0"],
        ...unknown,
        because: "setting",
      },
      { why: "an unreadable basis", ...reverse, total: 0, lines: ["87 x*25=0"], because: "unreadable" },
    ],
  }),
  ...rule("R132", {
    bad: [
      {
        why: "the day after three years",
        today: "2029-06-11",
        options: { deadlines, changeOfEarlierReturn: true },
        at: "/skattleggingsperiode",
        assumed: /deadline[^]*taken to change one/,
      },
      {
        why: "on the last day of the five years",
        today: "2031-04-30",
        options: { deadlines, changeOfEarlierReturn: true },
        assumed: /deadline[^]*taken to change one/,
      },
      {
        why: "known to be a change, with a deadline of one's own",
        today: "2029-06-11",
        facts: {
          ...history("2026-01-01", delivered("alminnelig", "mars-april", 2026)),
          deadlines: { "2026-04-30": "2026-06-10" },
        },
      },
    ],
    good: [
      {
        why: "three years to the day",
        today: "2029-06-10",
        options: { deadlines, changeOfEarlierReturn: true },
        assumed: /deadline/,
      },
      { why: "after five years R133 takes over", today: "2031-05-01" },
      { why: "no change", today: "2029-06-11", ...noChange },
      { why: "known to be the first", today: "2029-06-11", facts: history("2026-01-01") },
      { why: "three years after the period, before any deadline can be that old", today: "2029-04-30" },
    ],
    open: [
      {
        why: "not known whether it is a change",
        today: "2029-06-11",
        options: { deadlines },
        because: "setting",
      },
      { why: "no deadline is known", today: "2029-05-01", options: asChange.options, because: "setting" },
      { why: "no period", period: null, today: "2029-06-11", ...inTime, because: "unreadable" },
    ],
  }),
  ...rule("R133", {
    bad: [
      { why: "the day after five years", today: "2031-05-01", ...asChange, at: "/skattleggingsperiode" },
      {
        why: "29 February becomes 28 February",
        period: "januar-februar",
        year: 2024,
        today: "2029-03-01",
        ...asChange,
      },
      {
        why: "known to be a change",
        today: "2031-05-01",
        facts: history("2026-01-01", delivered("alminnelig", "mars-april", 2026)),
      },
    ],
    good: [
      { why: "five years to the day", today: "2031-04-30" },
      { why: "28 February for 29 February", period: "januar-februar", year: 2024, today: "2029-02-28" },
      { why: "no change", today: "2035-01-01", ...noChange },
    ],
    open: [
      { why: "not known whether it is a change", today: "2031-05-01", because: "setting" },
      { why: "no period", period: null, today: "2031-05-01", options: asChange.options, because: "unreadable" },
    ],
  }),
];
