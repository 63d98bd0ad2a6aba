import assert from "node:assert/strict";
import fc from "fast-check";
import { calendarDate, isCalendarDate, isoWeeksInYear } from "../../../src/vatReturn/calendar.ts";
import {
  addDays,
  addMonths,
  addYears,
  dateInOslo,
  daysBetween,
  endsPeriod,
  isPeriodElementName,
  namesMissingWeek,
  periodValues,
  readTaxPeriod,
} from "../../../src/vatReturn/period.ts";
import type { PeriodElementName } from "../../../src/vatReturn/period.ts";

describe("tax period", () => {
  const cases: readonly (readonly [kind: string, value: string, year: number, start: string, end: string])[] = [
    ["Maaned", "januar", 2024, "2024-01-01", "2024-01-31"],
    ["Maaned", "februar", 2023, "2023-02-01", "2023-02-28"],
    ["Maaned", "februar", 2024, "2024-02-01", "2024-02-29"],
    ["Maaned", "februar", 2100, "2100-02-01", "2100-02-28"],
    ["Maaned", "februar", 2000, "2000-02-01", "2000-02-29"],
    ["Maaned", "desember", 2024, "2024-12-01", "2024-12-31"],
    ["ToMaaneder", "januar-februar", 2024, "2024-01-01", "2024-02-29"],
    ["ToMaaneder", "mars-april", 2021, "2021-03-01", "2021-04-30"],
    ["ToMaaneder", "november-desember", 2022, "2022-11-01", "2022-12-31"],
    ["TreMaaneder", "januar-mars", 2023, "2023-01-01", "2023-03-31"],
    ["TreMaaneder", "oktober-desember", 2023, "2023-10-01", "2023-12-31"],
    ["SeksMaaneder", "januar-juni", 2023, "2023-01-01", "2023-06-30"],
    ["SeksMaaneder", "juli-desember", 2023, "2023-07-01", "2023-12-31"],
    ["HalvMaaned", "foerste halvdel januar", 2023, "2023-01-01", "2023-01-15"],
    ["HalvMaaned", "andre halvdel februar", 2024, "2024-02-16", "2024-02-29"],
    ["HalvMaaned", "andre halvdel desember", 2024, "2024-12-16", "2024-12-31"],
    ["Uke", "uke 1", 2022, "2022-01-03", "2022-01-09"],
    ["Uke", "uke 1", 2020, "2019-12-30", "2020-01-05"],
    ["Uke", "uke 1", 2025, "2024-12-30", "2025-01-05"],
    ["Uke", "uke 53", 2020, "2020-12-28", "2021-01-03"],
    ["Uke", "uke 53", 2026, "2026-12-28", "2027-01-03"],
    ["Uke", "uke 52", 2022, "2022-12-26", "2023-01-01"],
    ["Uke", "uke 53", 2022, "2023-01-02", "2023-01-08"],
    ["Aar", "aarlig", 2024, "2024-01-01", "2024-12-31"],
  ];
  for (const [kind, value, year, start, end] of cases) {
    it(`${value} ${year} is ${start} to ${end}`, () => {
      const elementName = `skattleggingsperiode${kind}`;
      assert.deepEqual(readTaxPeriod(elementName, value, year), { elementName, value, year, start, end });
    });
  }

  for (const [elementName, value, year] of [
    ["skattleggingsperiodeMaaned", "Januar", 2024],
    ["skattleggingsperiodeMaaned", "januar ", 2024],
    ["skattleggingsperiodeMaaned", "januar-februar", 2024],
    ["skattleggingsperiodeToMaaneder", "februar-mars", 2024],
    ["skattleggingsperiodeHalvMaaned", "første halvdel januar", 2024],
    ["skattleggingsperiodeUke", "uke 0", 2024],
    ["skattleggingsperiodeUke", "uke 54", 2024],
    ["skattleggingsperiodeUke", "uke 01", 2024],
    ["skattleggingsperiodeAar", "årlig", 2024],
    ["skattleggingsperiode", "januar", 2024],
    ["toString", "januar", 2024],
    ["skattleggingsperiodeMaaned", "januar", 0],
    ["skattleggingsperiodeMaaned", "januar", -2024],
    ["skattleggingsperiodeMaaned", "januar", 10000],
    ["skattleggingsperiodeMaaned", "januar", 2024.5],
  ] as const) {
    it(`${elementName} ${value} ${year} is none`, () => assert.equal(readTaxPeriod(elementName, value, year), null));
  }

  it("has 106 values in seven kinds", () => {
    const counts = Object.values(periodValues).map((values) => new Set(values).size);
    assert.deepEqual(counts, [12, 6, 4, 2, 24, 53, 1]);
  });

  it("covers each year without gap or overlap, whatever the kind", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9998 }), (year) => {
        for (const kind of Object.keys(periodValues) as PeriodElementName[]) {
          const periods = periodValues[kind].map((value) => readTaxPeriod(kind, value, year));
          for (const [index, period] of periods.entries()) {
            assert.ok(period !== null && period.start <= period.end);
            const next = periods[index + 1];
            if (next) assert.equal(addDays(period.end, 1), next.start);
          }
          if (kind === "skattleggingsperiodeUke") continue;
          assert.equal(periods[0]?.start, `${year}-01-01`);
          assert.equal(periods.at(-1)?.end, `${year}-12-31`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("knows the years that have 53 weeks", () => {
    const long = Array.from({ length: 31 }, (_, index) => 2000 + index).filter((year) => isoWeeksInYear(year) === 53);
    assert.deepEqual(long, [2004, 2009, 2015, 2020, 2026]);
    for (let year = 1990; year < 2060; year++) {
      const period = readTaxPeriod("skattleggingsperiodeUke", "uke 53", year);
      const next = readTaxPeriod("skattleggingsperiodeUke", "uke 1", year + 1);
      assert.ok(period && next);
      assert.equal(namesMissingWeek(period), period.start === next.start);
    }
  });
});

describe("calendar", () => {
  it("counts days over months, leap days and years", () => {
    assert.equal(addDays("2024-02-28", 1), "2024-02-29");
    assert.equal(addDays("2023-02-28", 1), "2023-03-01");
    assert.equal(addDays("2024-01-01", -1), "2023-12-31");
    assert.equal(addDays("0001-01-01", 365), "0002-01-01");
    assert.equal(daysBetween("2024-01-01", "2025-01-01"), 366);
    assert.equal(daysBetween("2024-03-01", "2024-02-01"), -29);
  });

  it("keeps to the end of a month where the day is missing", () => {
    assert.equal(addYears("2024-02-29", 1), "2025-02-28");
    assert.equal(addYears("2024-02-29", 4), "2028-02-29");
    assert.equal(addYears("2024-02-29", -3), "2021-02-28");
    assert.equal(addMonths("2024-01-31", 1), "2024-02-29");
    assert.equal(addMonths("2024-01-31", -2), "2023-11-30");
    assert.equal(addMonths("2024-11-30", 3), "2025-02-28");
  });

  for (const [instant, date] of [
    ["2024-01-01T00:00:00Z", "2024-01-01"],
    ["2023-12-31T22:59:59Z", "2023-12-31"],
    ["2023-12-31T23:00:00Z", "2024-01-01"],
    ["2024-06-30T21:59:59Z", "2024-06-30"],
    ["2024-06-30T22:00:00Z", "2024-07-01"],
    ["2024-03-31T00:59:59Z", "2024-03-31"],
    ["2024-10-26T22:00:00Z", "2024-10-27"],
  ] as const) {
    it(`is ${date} in Norway at ${instant}`, () => assert.equal(dateInOslo(new Date(instant)), date));
  }

  it("knows the days that some period ends on", () => {
    const kinds = Object.keys(periodValues).filter(isPeriodElementName);
    const ends = new Set<string>();
    for (let year = 2019; year <= 2029; year++) {
      for (const kind of kinds) {
        for (const value of periodValues[kind]) {
          const period = readTaxPeriod(kind, value, year);
          assert.ok(period !== null);
          ends.add(period.end);
        }
      }
    }
    for (let day = "2020-01-01"; day < "2029-01-01"; day = addDays(day, 1)) {
      assert.equal(endsPeriod(day), ends.has(day), day);
    }
    assert.throws(() => endsPeriod("2026-02-29"), RangeError);
  });

  it("knows a date when it sees one", () => {
    for (const text of ["2024-02-29", "0001-01-01", "9999-12-31"]) assert.ok(isCalendarDate(text), text);
    for (const text of ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "20240101", " 2024-01-01", ""]) {
      assert.ok(!isCalendarDate(text), text);
    }
    assert.throws(() => addDays("2023-02-29", 1), RangeError);
    assert.equal(calendarDate(99, 1, 1), "0099-01-01");
  });

  it("adds and takes away the same", () => {
    const dates = fc.date({ min: new Date("0100-01-01"), max: new Date("9000-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.integer({ min: -30000, max: 30000 }), (date, days) => {
        const start = date.toISOString().slice(0, 10);
        const end = addDays(start, days);
        assert.equal(daysBetween(start, end), days);
        assert.equal(end, new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });
});
