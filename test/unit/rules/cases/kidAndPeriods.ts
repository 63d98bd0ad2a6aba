import { rule } from "./ruleCase.ts";
import type { RuleCase, Row } from "./ruleCase.ts";

const account = { accountNumber: null };
const claim = { category: "kompensasjon" } as const;
const reverse = { category: "omvendtAvgiftsplikt", period: "januar-mars" } as const;
const goodKids = ["34000009324568708", "18", "19", "12345674", "555-", "5553", "23-", "00", ""];
const badKids = ["3400000932456870", "12-", "-", "5", "12 345674", "1-2", "0".repeat(26), "12345674 ", "12345a74"];
const stopped = {
  cessationReported: false,
  bankruptcyRegistered: false,
  bankruptcyEstate: false,
  estateOfDeceasedPerson: false,
};

/** The rules about the end of the period share their rows; `end` is the last day of `running`. */
function periodEnd(
  given: Omit<Row, "why">,
  start: string,
  end: string,
  dayAfter: string,
): Record<"bad" | "good", Row[]> {
  return {
    bad: [
      { why: "before the period", ...given, today: "2025-12-31" },
      { why: "on the last day, with no exception", ...given, today: end },
      { why: "on the first day, with no exception", ...given, today: start },
    ],
    good: [
      { why: "on the day after", ...given, today: dayAfter },
      { why: "long after", ...given, today: "2030-01-01" },
    ],
  };
}

export const kidAndPeriodCases: readonly RuleCase[] = [
  ...rule("R079", {
    bad: [
      ...badKids.map((kid): Row => ({ why: `“${kid}”`, kid, facts: account, at: "/kundeIdentifikasjonsnummer" })),
      { why: "wrong by itself, whatever the account", kid: "12-" },
      {
        why: "the account number",
        kid: "12345678903",
        facts: { accountNumber: "12345678903" },
        says: /account number/,
      },
    ],
    good: [
      ...goodKids.map((kid): Row => ({ why: `“${kid}”`, kid, facts: account })),
      { why: "none", facts: account },
      { why: "none, and no facts", kid: " " },
      { why: "25 characters", kid: "0".repeat(25), facts: account },
      { why: "another account number", kid: "18", facts: { accountNumber: "12345678903" } },
    ],
    open: [
      {
        why: "eleven digits, and the account number is not known",
        kid: "12345678903",
        because: "registers",
      },
    ],
  }),
  ...rule("R079", {
    bad: [
      { why: "eleven digits that are wrong by themselves", kid: "12345678901" },
      { why: "twelve digits that are wrong", kid: "123456789012" },
    ],
    good: [
      { why: "another length than an account number has", kid: "18" },
      { why: "eleven characters, but a dash among them", kid: "0000000006-" },
    ],
  }),
  ...rule("R059", {
    ...periodEnd({ facts: stopped }, "2026-03-01", "2026-04-30", "2026-05-01"),
    open: [
      { why: "the period is running, and nothing is known", today: "2026-04-30" },
      {
        why: "one exception is not known",
        today: "2026-04-30",
        facts: { cessationReported: false, bankruptcyRegistered: false, estateOfDeceasedPerson: false },
      },
      { why: "no period", period: null, because: "unreadable" },
    ],
  }),
  ...rule("R059", {
    bad: [
      { why: "29 February of a leap year", period: "januar-februar", year: 2024, today: "2024-02-29", facts: stopped },
      { why: "the Sunday of week 53", period: "uke 53", year: 2026, today: "2027-01-03", facts: stopped },
      { why: "31 December", period: "aarlig", today: "2026-12-31", facts: stopped },
      { why: "the 15th", period: "foerste halvdel april", today: "2026-04-15", facts: stopped },
    ],
    good: [
      { why: "1 March of a leap year", period: "januar-februar", year: 2024, today: "2024-03-01" },
      { why: "1 March of another year", period: "februar", year: 2026, today: "2026-03-01" },
      { why: "the Monday after week 53", period: "uke 53", year: 2026, today: "2027-01-04" },
      { why: "the 16th", period: "foerste halvdel april", today: "2026-04-16" },
      { why: "the business has ceased", today: "2026-04-30", facts: { cessationReported: true } },
      { why: "a bankruptcy estate", today: "2026-03-01", facts: { bankruptcyEstate: true } },
    ],
  }),
  ...rule("R060", {
    ...periodEnd(
      { category: "primaernaering", period: "aarlig", facts: stopped },
      "2026-01-01",
      "2026-12-31",
      "2027-01-01",
    ),
    open: [{ why: "nothing is known", category: "primaernaering", today: "2026-04-30" }],
  }),
  ...rule("R060", {
    bad: [
      {
        why: "a shipwreck does not help before the period",
        category: "primaernaering",
        today: "2026-02-28",
        remark: "forlis",
      },
    ],
    good: [{ why: "a shipwreck", category: "primaernaering", today: "2026-04-30", remark: "forlis" }],
  }),
  ...rule("R089", {
    bad: [
      { why: "on the last day", ...claim, year: 2025, today: "2025-04-30" },
      { why: "before the period", ...claim, year: 2025, today: "2025-01-01" },
      {
        why: "a later start of the new rules",
        ...claim,
        today: "2026-04-30",
        options: { compensationRulesOf2026From: "2027-01-01" },
      },
    ],
    good: [
      { why: "on the day after", ...claim, year: 2025, today: "2025-05-01" },
      { why: "the new rules hold", ...claim, today: "2026-04-30" },
    ],
  }),
  ...rule("R135", {
    bad: [
      { why: "before the period", ...claim, today: "2026-02-28" },
      { why: "not deleted", ...claim, today: "2026-04-30", facts: { deletedOn: null } },
      { why: "deleted before the period", ...claim, today: "2026-03-01", facts: { deletedOn: "2026-02-28" } },
      { why: "deleted in the period, but not yet", ...claim, today: "2026-04-29", facts: { deletedOn: "2026-04-30" } },
    ],
    good: [
      { why: "on the day after", ...claim, today: "2026-05-01" },
      { why: "deleted in the period", ...claim, today: "2026-04-30", facts: { deletedOn: "2026-03-01" } },
      { why: "deleted on the day", ...claim, today: "2026-04-30", facts: { deletedOn: "2026-04-30" } },
      { why: "the old rules hold", ...claim, year: 2025, today: "2025-04-30" },
    ],
    open: [{ why: "it is not known whether it is deleted", ...claim, today: "2026-04-30" }],
  }),
  ...rule("R120", {
    bad: [
      { why: "before the period", ...reverse, today: "2025-12-31" },
      { why: "no exception", ...reverse, today: "2026-03-31", facts: { ...stopped, deletedOn: null } },
      { why: "not deleted yet", ...reverse, today: "2026-03-31", facts: { ...stopped, deletedOn: "2026-04-01" } },
      {
        why: "the estate of somebody, but a company",
        ...reverse,
        today: "2026-03-31",
        facts: { ...stopped, deletedOn: null, estateOfDeceasedPerson: true, organisationForm: "AS" },
      },
    ],
    good: [
      { why: "on the day after", ...reverse, today: "2026-04-01" },
      { why: "deleted", ...reverse, today: "2026-03-31", facts: { deletedOn: "2026-02-01" } },
      {
        why: "the estate of a sole proprietor",
        ...reverse,
        today: "2026-03-31",
        facts: { estateOfDeceasedPerson: true, organisationForm: "ENK" },
      },
    ],
    open: [
      { why: "nothing is known", ...reverse, today: "2026-03-31" },
      {
        why: "the form is not known",
        ...reverse,
        today: "2026-03-31",
        facts: { ...stopped, deletedOn: null, estateOfDeceasedPerson: true },
      },
    ],
  }),
  ...rule("R052", {
    bad: [
      { why: "at the limit", period: "aarlig", lines: ["3 1100000*25=275000"], at: "/periode", says: /1100000/ },
      {
        why: "summed over the codes",
        period: "aarlig",
        lines: ["3", "5", "31", "32", "33", "51", "52"].map((code) => `${code} 160000*0=0`),
      },
      { why: "withdrawals count", period: "aarlig", lines: ["3 1099999*25=0", "3 1*25=0 #uttak"] },
    ],
    good: [
      { why: "one krone below", period: "aarlig", lines: ["3 1099999*25=0"] },
      { why: "negative lines lower the sum", period: "aarlig", lines: ["3 1100000*25=0", "3 -1*25=0 'x'"] },
      { why: "code 6 is outside the Act", period: "aarlig", lines: ["6 9000000*0=0"] },
      { why: "purchases don't count", period: "aarlig", lines: ["81 9000000*25=0"] },
      { why: "other periods", lines: ["3 9000000*25=0"] },
    ],
    open: [{ why: "an unreadable basis", period: "aarlig", lines: ["3 ?*25=0"] }],
  }),
  ...rule("R095", {
    bad: [
      { why: "a year", ...claim, period: "aarlig", at: "/periode", says: /two-monthly/ },
      { why: "a month", ...claim, period: "mars" },
      { why: "a kind with an illegal value", ...claim, period: "skattleggingsperiodeAar=hele" },
    ],
    good: [
      { why: "two months", ...claim, period: "november-desember" },
      { why: "two months with an illegal value", ...claim, period: "skattleggingsperiodeToMaaneder=mars-mai" },
    ],
    open: [{ why: "no period", ...claim, period: null }],
  }),
  ...rule("R106", {
    bad: [
      { why: "two months", category: "omvendtAvgiftsplikt", period: "mars-april" },
      { why: "a week", category: "omvendtAvgiftsplikt", period: "uke 7" },
    ],
    good: [
      { why: "the first quarter", category: "omvendtAvgiftsplikt", period: "januar-mars" },
      { why: "the last quarter", category: "omvendtAvgiftsplikt", period: "oktober-desember" },
    ],
    open: [{ why: "no period", category: "omvendtAvgiftsplikt", period: null }],
  }),
];
