import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isSyntheticNationalIdentityNumber,
  isSyntheticOrganisationNumber,
  syntheticNationalIdentityNumber,
} from "../../../src/sandbox/identifiers.ts";
import { organisations, persons } from "../../../src/sandbox/persons.ts";
import { isOrganisationNumber, organisationNumber } from "../../../src/vatReturn/organisationNumber.ts";

describe("sandbox: made-up identifiers", () => {
  const judged: readonly (readonly [string, boolean])[] = [
    // Forty on the day: a D number.
    ["52837420162", false],
    ["12837420162", true],
    ["12837420163", false],
    ["12837420172", false],
    ["12037420162", false],
    ["1283742016", false],
    ["128374201620", false],
    ["31897420162", false],
    ["", false],
    ["abcdefghijk", false],
  ];
  for (const [number, expected] of judged) {
    it(`${number || "(nothing)"} is ${expected ? "" : "not "}a synthetic national identity number`, () => {
      assert.equal(isSyntheticNationalIdentityNumber(number), expected);
    });
  }

  const birth = fc.record({
    year: fc.integer({ min: 1900, max: 2039 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  });

  it("every number that can be made is valid, and no digit of it can be changed", () => {
    fc.assert(
      fc.property(
        birth,
        fc.integer({ min: 0, max: 999 }),
        fc.nat(10),
        fc.integer({ min: 1, max: 9 }),
        (date, individual, place, step) => {
          const number = syntheticNationalIdentityNumber(date, individual);
          if (number === null) return;
          assert.ok(isSyntheticNationalIdentityNumber(number));
          const digit = String((Number(number[place]) + step) % 10);
          assert.ok(!isSyntheticNationalIdentityNumber(number.slice(0, place) + digit + number.slice(place + 1)));
        },
      ),
    );
  });

  it("a date that does not exist, or an individual number of another century, makes none", () => {
    assert.equal(syntheticNationalIdentityNumber({ year: 1981, month: 2, day: 29 }, 100), null);
    assert.equal(syntheticNationalIdentityNumber({ year: 1981, month: 13, day: 1 }, 100), null);
    assert.equal(syntheticNationalIdentityNumber({ year: 1981, month: 2, day: 1 }, 600), null);
    assert.equal(syntheticNationalIdentityNumber({ year: 2001, month: 2, day: 1 }, 100), null);
    assert.equal(syntheticNationalIdentityNumber({ year: 1981, month: 2, day: 1 }, 1000), null);
  });

  it("every organisation number that can be made is valid, and no digit of it can be changed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000_000, max: 99_999_999 }),
        fc.nat(8),
        fc.integer({ min: 1, max: 9 }),
        (eight, place, step) => {
          const number = organisationNumber(String(eight));
          if (number === null) return;
          assert.ok(isOrganisationNumber(number));
          const digit = String((Number(number[place]) + step) % 10);
          assert.ok(!isOrganisationNumber(number.slice(0, place) + digit + number.slice(place + 1)));
        },
      ),
    );
  });

  it("974761076, which is a real one, is an organisation number but not of the synthetic series", () => {
    assert.ok(isOrganisationNumber("974761076"));
    assert.ok(!isSyntheticOrganisationNumber("974761076"));
  });

  it("all persons and organisations of the sandbox have valid synthetic numbers, each its own", () => {
    for (const person of persons)
      assert.ok(isSyntheticNationalIdentityNumber(person.nationalIdentityNumber), person.familyName);
    for (const { organisationNumber: number } of Object.values(organisations))
      assert.ok(isSyntheticOrganisationNumber(number), number);
    assert.equal(new Set(persons.map((person) => person.nationalIdentityNumber)).size, persons.length);
    assert.equal(new Set(Object.values(organisations).map((organisation) => organisation.organisationNumber)).size, 7);
  });

  it("between them the persons hold every role of the app's policy, and one holds none", () => {
    const roles = new Set(
      persons.flatMap(({ organisations: own }) => own.flatMap((organisation) => organisation.roles)),
    );
    for (const role of ["REGNA", "A0237", "A0238", "A0239", "A0240", "SISKD", "KNUF"]) assert.ok(roles.has(role), role);
    assert.ok(persons.some((person) => person.organisations.length === 0));
  });
});
