import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { readTaxpayerFacts } from "../../../src/validation/readTaxpayerFacts.ts";

const full = {
  organisationNumber: "999999999",
  name: "Eksempel AS",
  vatRegistrations: [
    {
      category: "alminnelig",
      from: "2020-01-01",
      to: null,
      periodType: "skattleggingsperiodeToMaaneder",
      oneOff: false,
    },
    { category: "primaernaering", from: "2018-01-01", to: "2019-12-31", periodType: null },
  ],
  organisationForm: "AS",
  deletedOn: null,
  cessationReported: false,
  bankruptcyRegistered: false,
  bankruptcyEstate: false,
  estateOfDeceasedPerson: false,
  jointRegistration: { reportingUnit: "888888888" },
  accountNumber: "12345678903",
  returnHistory: {
    completeFrom: "2020-01-01",
    returns: [{ category: "alminnelig", period: "januar-februar", year: 2026, amount: -1200, totalBasis: 5000 }],
  },
  deadlines: { "2026-02-28": "2026-04-10" },
};

interface Case {
  readonly what: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly says: RegExp;
}

const faults: readonly Case[] = [
  {
    what: "a short organisation number",
    change: { organisationNumber: "123" },
    path: ".organisationNumber",
    says: /nine digits/,
  },
  {
    what: "a number for a text",
    change: { organisationNumber: 999999999 },
    path: ".organisationNumber",
    says: /nine digits/,
  },
  { what: "an unknown fact", change: { acountNumber: null }, path: ".acountNumber", says: /no fact of this name/ },
  {
    what: "an account with dots",
    change: { accountNumber: "1234.56.78903" },
    path: ".accountNumber",
    says: /eleven digits/,
  },
  { what: "a date that is none", change: { deletedOn: "2026-02-29" }, path: ".deletedOn", says: /YYYY-MM-DD/ },
  { what: "yes for true", change: { bankruptcyEstate: "yes" }, path: ".bankruptcyEstate", says: /true or false/ },
  { what: "registrations that are no list", change: { vatRegistrations: {} }, path: ".vatRegistrations", says: /list/ },
  {
    what: "a registration without dates",
    change: { vatRegistrations: [{ category: "alminnelig", to: null }] },
    path: ".vatRegistrations[0].from",
    says: /required/,
  },
  {
    what: "a registration that ends before it begins",
    change: { vatRegistrations: [{ category: "alminnelig", from: "2026-02-01", to: "2026-01-31" }] },
    path: ".vatRegistrations[0]",
    says: /before the first/,
  },
  {
    what: "a category the register does not have",
    change: { vatRegistrations: [{ category: "kompensasjon", from: "2026-02-01", to: null }] },
    path: ".vatRegistrations[0].category",
    says: /alminnelig and primaernaering/,
  },
  {
    what: "half a krone",
    change: {
      returnHistory: {
        completeFrom: "2026-01-01",
        returns: [{ category: "kompensasjon", period: "januar-februar", year: 2026, amount: 0.5 }],
      },
    },
    path: ".returnHistory.returns[0].amount",
    says: /whole number/,
  },
  {
    what: "a period that returns don't write so",
    change: {
      returnHistory: {
        completeFrom: "2026-01-01",
        returns: [{ category: "kompensasjon", period: "jan-feb", year: 2026 }],
      },
    },
    path: ".returnHistory.returns[0].period",
    says: /no period/,
  },
  {
    what: "two versions of one return",
    change: {
      returnHistory: {
        completeFrom: "2026-01-01",
        returns: [
          { category: "kompensasjon", period: "januar-februar", year: 2026, amount: -20000 },
          { category: "kompensasjon", period: "januar-februar", year: 2025 },
          { category: "kompensasjon", period: "januar-februar", year: 2026, amount: -30000 },
        ],
      },
    },
    path: ".returnHistory.returns[2]",
    says: /latest version only/,
  },
  {
    what: "a deadline for no date",
    change: { deadlines: { februar: "2026-04-10" } },
    path: ".deadlines.februar",
    says: /YYYY-MM-DD/,
  },
];

describe("taxpayer facts file", () => {
  it("reads every fact, amounts exactly", () => {
    const { facts, problems } = readTaxpayerFacts({ $schema: "x", organisations: [full] });
    assert.deepEqual(problems, []);
    const [read] = facts;
    assert.ok(read !== undefined);
    assert.equal(read.returnHistory?.returns[0]?.amount, -1200n);
    assert.equal(read.jointRegistration?.reportingUnit, "888888888");
    assert.equal(read.accountNumber, "12345678903");
  });

  it("keeps what is known to be absent apart from what is unknown", () => {
    const { facts } = readTaxpayerFacts({ organisations: [{ organisationNumber: "999999999", accountNumber: null }] });
    const [read] = facts;
    assert.ok(read !== undefined);
    assert.equal(read.accountNumber, null);
    assert.equal(read.deletedOn, undefined);
  });

  for (const { what, change, path, says } of faults) {
    it(`refuses ${what}, naming the place, and leaves the organisation out`, () => {
      const { facts, problems } = readTaxpayerFacts({ organisations: [{ ...full, ...change }] });
      assert.deepEqual(facts, []);
      assert.equal(problems[0]?.path, `organisations[0]${path}`);
      assert.match(problems[0].message.en, says);
      assert.notEqual(problems[0].message.nb, "");
    });
  }

  it("uses the good entries beside a bad one", () => {
    const { facts, problems } = readTaxpayerFacts({ organisations: [{}, full] });
    assert.equal(facts.length, 1);
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["organisations[0].organisationNumber"],
    );
  });

  it("reports the second entry of an organisation", () => {
    const { facts, problems } = readTaxpayerFacts({ organisations: [full, full] });
    assert.equal(facts.length, 1);
    assert.equal(problems[0]?.path, "organisations[1].organisationNumber");
  });

  for (const nothing of [null, 3, "text", [], {}, { organisations: {} }]) {
    it(`says what the file must be instead of ${JSON.stringify(nothing)}`, () => {
      const { facts, problems } = readTaxpayerFacts(nothing);
      assert.deepEqual(facts, []);
      assert.match(problems[0]?.message.en ?? "", /organisations/);
    });
  }

  describe("JSON schema", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../../schemas/taxpayer-facts.schema.json", import.meta.url), "utf8"),
    ) as Record<string, unknown>;
    const validate = new Ajv({ strict: false, formats: { date: true } }).compile(schema);

    it("accepts what the reader accepts", () => {
      assert.equal(validate({ organisations: [full] }), true, JSON.stringify(validate.errors));
      assert.equal(validate({ $schema: "x", organisations: [{ organisationNumber: "999999999" }] }), true);
    });

    for (const { what, change } of faults.filter(({ path }) => !/deletedOn|\[\d\]$/.test(path))) {
      it(`refuses ${what}`, () => {
        assert.equal(validate({ organisations: [{ ...full, ...change }] }), false);
      });
    }
  });
});
