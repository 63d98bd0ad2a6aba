import assert from "node:assert/strict";
import { inWords, readFactsText } from "../../../src/validation/factsText.ts";

/** The text with the places of what is said of it in guillemets, as `«"deletedOn"»`. */
function marked(text: string, which: "problems" | "warnings"): string {
  const read = readFactsText(text);
  let result = text;
  for (const { range } of read[which].toReversed()) {
    result = `${result.slice(0, range.start)}«${result.slice(range.start, range.end)}»${result.slice(range.end)}`;
  }
  return result;
}

const one = '"organisationNumber":"999999999"';
const other = '{"organisationNumber":"888888888"}';

describe("text of a taxpayer facts file", () => {
  const repeated: readonly (readonly [what: string, marked: string, used: readonly string[]])[] = [
    [
      "a fact of an organisation",
      `{"organisations":[{${one},"deletedOn":null,«"deletedOn"»:"2026-01-01"},${other}]}`,
      ["888888888"],
    ],
    ["the same value twice", `{"organisations":[{${one},«"organisationNumber"»:"999999999"}]}`, []],
    [
      "deep inside",
      `{"organisations":[${other},{${one},"vatRegistrations":[{"category":"alminnelig","from":"2026-01-01","to":null,«"to"»:null}]}]}`,
      ["888888888"],
    ],
    [
      "a deadline",
      `{"organisations":[{${one},"deadlines":{"2026-02-28":"2026-04-10",«"2026-02-28"»:"2026-04-13"}}]}`,
      [],
    ],
    ["written in another way", `{"organisations":[{${one},"name":"A",«"n\\u0061me"»:"B"}]}`, []],
    ["three times", `{"organisations":[{${one},"name":"A",«"name"»:"B",«"name"»:"C"}]}`, []],
    ["the list itself", `{"organisations":[${other}],«"organisations"»:[{${one}}]}`, []],
    ["beside the list", `{"$schema":"a",«"$schema"»:"b","organisations":[${other}]}`, ["888888888"]],
  ];
  for (const [what, wanted, used] of repeated) {
    it(`tells what is stated twice, and uses neither: ${what}`, () => {
      const text = wanted.replace(/[«»]/g, "");
      assert.equal(marked(text, "problems"), wanted);
      const { facts, problems } = readFactsText(text);
      assert.deepEqual(
        facts.map(({ organisationNumber }) => organisationNumber),
        used,
      );
      for (const { message } of problems) {
        assert.match(message.en, /stands here already/);
        assert.match(message.nb, /står her fra før/);
      }
    });
  }

  it("lets two organisations have facts of the same names", () => {
    const { facts, organisations, problems } = readFactsText(`{"organisations":[{${one}},${other}]}`);
    assert.deepEqual([facts.length, problems], [2, []]);
    assert.deepEqual(
      organisations.map(({ organisationNumber, range }) => [organisationNumber, range.start]),
      [
        ["999999999", 40],
        ["888888888", 75],
      ],
    );
  });

  const deadlines: readonly (readonly [day: string, why: string, isUsed: boolean])[] = [
    ["2026-04-30", "the end of a month", true],
    ["2026-04-29", "the day before", false],
    ["2026-05-01", "the day after", false],
    ["2024-02-29", "a leap day", true],
    ["2024-02-28", "the day before a leap day", false],
    ["2026-02-28", "the end of February", true],
    ["2026-04-15", "the end of a half month", true],
    ["2026-04-26", "a Sunday, when weeks end", true],
    ["2026-04-25", "a Saturday", false],
  ];
  for (const [day, why, isUsed] of deadlines) {
    it(`${isUsed ? "takes" : "warns of"} a deadline for ${why}, and uses the facts`, () => {
      const mark = isUsed ? (name: string) => name : (name: string) => `«${name}»`;
      const wanted = `{"organisations":[{${one},"deadlines":{${mark(`"${day}"`)}:"2026-06-10"}}]}`;
      const text = wanted.replace(/[«»]/g, "");
      assert.equal(marked(text, "warnings"), wanted);
      assert.equal(readFactsText(text).facts.length, 1);
      assert.deepEqual(readFactsText(text).problems, []);
    });
  }

  for (const [text, start] of [
    ["", 0],
    ["{", 0],
    ['{"organisations":[],}', 20],
    ['{\u00a0"organisations":[]}', 1],
  ] as const) {
    it(`says where it is no longer JSON: ${JSON.stringify(text)}`, () => {
      const { facts, problems } = readFactsText(text);
      assert.deepEqual(facts, []);
      assert.deepEqual(
        problems.map(({ range }) => range.start),
        [start],
      );
      assert.match(problems[0]?.message.en ?? "", /not JSON from here on/);
    });
  }

  it("takes a mark of byte order", () => {
    assert.equal(readFactsText(`\ufeff{"organisations":[{${one}}]}`).facts.length, 1);
  });

  it("tells a terminal file, line, column and fact", () => {
    const text = `{"organisations":[{${one},\n  "deletedOn": "never"}]}`;
    const [told] = inWords("facts.json", text, readFactsText(text).problems);
    assert.equal(told?.en, "facts.json:2:16: organisations[0].deletedOn: A date is written YYYY-MM-DD.");
  });
});
