import type { VatRegistration } from "../../../../src/validation/taxpayerFacts.ts";
import { rule } from "./ruleCase.ts";
import type { RuleCase, Row } from "./ruleCase.ts";

const claim = { category: "kompensasjon" } as const;
const reverse = { category: "omvendtAvgiftsplikt", period: "januar-mars" } as const;
const twoMonths = "skattleggingsperiodeToMaaneder";
const year = "skattleggingsperiodeAar";

function registered(
  category: VatRegistration["category"],
  from: string,
  to: string | null = null,
  more: Partial<VatRegistration> = {},
): { readonly vatRegistrations: readonly VatRegistration[] } {
  return { vatRegistrations: [{ category, from, to, ...more }] };
}

/** The twins for general and for primary industries. */
function twins(
  general: string,
  primary: string,
  rows: (category: VatRegistration["category"]) => Parameters<typeof rule>[1],
): RuleCase[] {
  const scoped = (category: VatRegistration["category"]): Parameters<typeof rule>[1] => {
    const { bad, good, open = [] } = rows(category);
    const add = (row: Row): Row => ({ category, ...row });
    return { bad: bad.map(add), good: good.map(add), open: open.map(add) };
  };
  return [...rule(general, scoped("alminnelig")), ...rule(primary, scoped("primaernaering"))];
}

/** The rules that one organisation form breaks. */
function forbiddenForm(number: string, form: string): RuleCase[] {
  return rule(number, {
    bad: [
      { why: "that form", ...claim, facts: { organisationForm: form }, at: "/organisasjonsnummer" },
      {
        why: "that form, whatever the amount",
        ...claim,
        lines: ["1 -400000*25=-100000"],
        facts: { organisationForm: form },
      },
    ],
    good: [
      { why: "a municipality", ...claim, facts: { organisationForm: "KOMM" } },
      { why: "a company", ...claim, facts: { organisationForm: "AS" } },
    ],
    open: [{ why: "the form is not known", ...claim, facts: {} }],
  });
}

/** The rules on enterprises that are gone. */
function deleted(number: string, given: Omit<Row, "why">): RuleCase[] {
  return rule(number, {
    bad: [
      { why: "the day before the period", ...given, facts: { deletedOn: "2026-02-28" }, at: "/organisasjonsnummer" },
      { why: "long before", ...given, facts: { deletedOn: "2019-06-01" } },
    ],
    good: [
      { why: "on the period's first day", ...given, facts: { deletedOn: "2026-03-01" } },
      { why: "not deleted", ...given, facts: { deletedOn: null } },
    ],
    open: [
      { why: "not known", ...given, facts: {} },
      { why: "no period", ...given, period: null, facts: { deletedOn: "2019-06-01" }, because: "unreadable" },
    ],
  });
}

export const registerCases: readonly RuleCase[] = [
  ...twins("R047", "R048", (category) => ({
    bad: [
      {
        why: "registered for the other category",
        facts: registered(category === "alminnelig" ? "primaernaering" : "alminnelig", "2020-01-01"),
        at: "/meldingskategori",
      },
      { why: "not registered", facts: { vatRegistrations: [] } },
    ],
    good: [
      { why: "registered", facts: registered(category, "2020-01-01") },
      {
        why: "the registration has ended: another rule's business",
        facts: registered(category, "2020-01-01", "2020-12-31"),
      },
    ],
    open: [{ why: "not known" }],
  })),
  ...twins("R049", "R050", (category) => ({
    bad: [
      {
        why: "registered for years",
        facts: registered(category, "2020-01-01", null, { periodType: year }),
        at: "/periode",
        says: /annual/,
      },
      {
        why: "registered for two months",
        period: "aarlig",
        facts: registered(category, "2020-01-01", null, { periodType: twoMonths }),
      },
      {
        why: "another length since this period",
        facts: {
          vatRegistrations: [
            { category, from: "2020-01-01", to: "2026-02-28", periodType: twoMonths },
            { category, from: "2026-03-01", to: null, periodType: year },
          ],
        },
      },
    ],
    good: [
      { why: "the registered length", facts: registered(category, "2020-01-01", null, { periodType: twoMonths }) },
      { why: "no length is registered", facts: registered(category, "2020-01-01", null, { periodType: null }) },
      { why: "not registered is another rule's business", facts: { vatRegistrations: [] } },
    ],
    open: [{ why: "the length is not known", facts: registered(category, "2020-01-01") }, { why: "no facts" }],
  })),
  ...twins("R072", "R073", (category) => ({
    bad: [
      { why: "registered from the day after", facts: registered(category, "2026-03-02"), at: "/skattleggingsperiode" },
      { why: "ended the day before", facts: registered(category, "2020-01-01", "2026-02-28") },
    ],
    good: [
      { why: "registered from the first day", facts: registered(category, "2026-03-01") },
      { why: "ends on the first day", facts: registered(category, "2020-01-01", "2026-03-01") },
      {
        why: "another category",
        facts: registered(category === "alminnelig" ? "primaernaering" : "alminnelig", "2026-03-02"),
      },
    ],
    open: [{ why: "not known" }],
  })),
  ...twins("R053", "R054", (category) => ({
    bad: [
      { why: "an unknown code", lines: ["4 100*25=25"], facts: registered(category, "2020-01-01"), at: "/mvaKode" },
      { why: "a SAF-T code that is not reported", lines: ["20 100*25=25"], facts: registered(category, "2020-01-01") },
    ],
    good: [
      { why: "known codes", lines: ["1 =-25", "92 100*25=25"], facts: registered(category, "2020-01-01") },
      { why: "not registered", lines: ["4 100*25=25"], facts: { vatRegistrations: [] } },
      { why: "known codes, and no facts", lines: ["1 =-25", "92 100*25=25"] },
      { why: "no lines, and no facts" },
    ],
    open: [
      { why: "not known", lines: ["4 100*25=25"] },
      { why: "a line without code", lines: ["? 100*25=25"], because: "unreadable" },
    ],
  })),
  ...rule("R051", {
    bad: [
      {
        why: "another unit reports",
        facts: { jointRegistration: { reportingUnit: "888888888" } },
        at: "/organisasjonsnummer",
      },
      {
        why: "for primary industries too",
        category: "primaernaering",
        facts: { jointRegistration: { reportingUnit: "777777777" } },
      },
    ],
    good: [
      { why: "this is the reporting unit", facts: { jointRegistration: { reportingUnit: "999999999" } } },
      { why: "no joint registration", facts: { jointRegistration: null } },
    ],
    open: [
      { why: "not known", facts: {} },
      {
        why: "facts about somebody else",
        organisationNumber: "111111111",
        facts: { jointRegistration: { reportingUnit: "888888888" } },
      },
    ],
  }),
  ...rule("R080", {
    bad: [
      { why: "a refund of one krone", total: -1, facts: { accountNumber: null }, at: "/fastsattMerverdiavgift" },
      { why: "a claim", ...claim, total: -50000, facts: { accountNumber: null } },
    ],
    good: [
      { why: "an account", total: -1, facts: { accountNumber: "12345678903" } },
      { why: "nothing to pay out", total: 0, facts: { accountNumber: null } },
      { why: "something to pay", total: 10, facts: { accountNumber: null } },
      { why: "something to pay, and no facts", total: 10 },
      { why: "nothing to pay out, and no facts", total: "-0" },
      { why: "an account, whatever the total", total: null, facts: { accountNumber: "12345678903" } },
    ],
    open: [
      { why: "a refund, and not known", total: -1 },
      { why: "no total", total: null, facts: { accountNumber: null }, because: "unreadable" },
    ],
  }),
  ...rule("R083", {
    bad: [
      {
        why: "a domestic deduction",
        lines: ["1 =-25"],
        facts: registered("alminnelig", "2026-03-01", "2026-04-30", { oneOff: true }),
        at: "/mvaKode",
      },
      {
        why: "VAT paid at the border",
        lines: ["3 100*25=25", "14 =-25"],
        facts: registered("alminnelig", "2026-03-01", null, { oneOff: true }),
        at: "linje[2]/mvaKode",
      },
    ],
    good: [
      {
        why: "sales only",
        lines: ["3 100*25=25"],
        facts: registered("alminnelig", "2026-03-01", null, { oneOff: true }),
      },
      {
        why: "deductions on two-sided codes",
        lines: ["81 100*25=25", "81 =-25"],
        facts: registered("alminnelig", "2026-03-01", null, { oneOff: true }),
      },
      {
        why: "none of the codes, and no facts",
        lines: ["3 100*25=25", "81 100*25=25", "81 =-25"],
      },
      {
        why: "an ordinary registration",
        lines: ["1 =-25"],
        facts: registered("alminnelig", "2020-01-01", null, { oneOff: false }),
      },
      {
        why: "a one-off registration of another time",
        lines: ["1 =-25"],
        facts: registered("alminnelig", "2020-01-01", "2020-02-28", { oneOff: true }),
      },
    ],
    open: [
      { why: "not known which kind", lines: ["1 =-25"], facts: registered("alminnelig", "2020-01-01") },
      { why: "no facts", lines: ["3 100*25=25", "14 =-25"] },
      { why: "a line without code", lines: ["? =-25"], because: "unreadable" },
    ],
  }),
  ...rule("R101", {
    bad: [
      {
        why: "not registered",
        ...claim,
        lines: ["81 -100*25=-25"],
        facts: { vatRegistrations: [] },
        at: "/mvaKode",
        says: /code 14, not 81/,
      },
      {
        why: "registered from the day after the period",
        ...claim,
        lines: ["83 -100*15=-15"],
        facts: registered("alminnelig", "2026-05-01"),
        says: /code 15, not 83/,
      },
    ],
    good: [
      {
        why: "registered on the last day",
        ...claim,
        lines: ["81 -100*25=-25"],
        facts: registered("alminnelig", "2026-04-30"),
      },
      {
        why: "the other codes",
        ...claim,
        lines: ["14 -100*25=-25", "15 -100*15=-15"],
        facts: { vatRegistrations: [] },
      },
      { why: "services", ...claim, lines: ["86 -100*25=-25"], facts: { vatRegistrations: [] } },
      { why: "the other codes, and no facts", ...claim, lines: ["14 -100*25=-25", "86 -100*25=-25"] },
    ],
    open: [{ why: "not known", ...claim, lines: ["81 -100*25=-25"] }],
  }),
  ...rule("R121", {
    bad: [
      {
        why: "registered all the time",
        ...reverse,
        facts: registered("alminnelig", "2020-01-01"),
        at: "/meldingskategori",
      },
      { why: "exactly the period", ...reverse, facts: registered("primaernaering", "2026-01-01", "2026-03-31") },
      {
        why: "two registrations in a row",
        ...reverse,
        facts: {
          vatRegistrations: [
            { category: "primaernaering", from: "2026-02-15", to: null },
            { category: "alminnelig", from: "2020-01-01", to: "2026-02-14" },
          ],
        },
      },
    ],
    good: [
      { why: "one day short", ...reverse, facts: registered("alminnelig", "2026-01-02") },
      { why: "ended the day before the last", ...reverse, facts: registered("alminnelig", "2020-01-01", "2026-03-30") },
      { why: "never", ...reverse, facts: { vatRegistrations: [] } },
    ],
    open: [{ why: "not known", ...reverse }],
  }),
  ...rule("R123", {
    bad: [
      { why: "from the last day", ...reverse, facts: registered("alminnelig", "2026-03-31") },
      { why: "until the first day", ...reverse, facts: registered("alminnelig", "2020-01-01", "2026-01-01") },
      {
        why: "a day between two registrations",
        ...reverse,
        facts: {
          vatRegistrations: [
            { category: "alminnelig", from: "2020-01-01", to: "2026-02-13" },
            { category: "alminnelig", from: "2026-02-15", to: null },
          ],
        },
      },
    ],
    good: [
      { why: "from the day after", ...reverse, facts: registered("alminnelig", "2026-04-01") },
      { why: "the whole period is R121's business", ...reverse, facts: registered("alminnelig", "2020-01-01") },
      { why: "until the day before", ...reverse, facts: registered("alminnelig", "2020-01-01", "2025-12-31") },
    ],
    open: [{ why: "not known", ...reverse }],
  }),
  ...rule("R126", {
    bad: [
      { why: "UDEF", facts: { organisationForm: "UDEF" }, at: "/organisasjonsnummer" },
      { why: "in a claim", ...claim, facts: { organisationForm: "UDEF" } },
    ],
    good: [
      { why: "a company", facts: { organisationForm: "AS" } },
      { why: "a foreign branch", facts: { organisationForm: "NUF" } },
    ],
    open: [{ why: "not known" }],
  }),
  ...deleted("R131", {}),
  ...deleted("R125", claim),
  ...forbiddenForm("R094", "KF"),
  ...forbiddenForm("R128", "FKF"),
  ...forbiddenForm("R129", "ORGL"),
  ...forbiddenForm("R130", "BEDR"),
];
