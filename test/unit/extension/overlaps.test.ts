import assert from "node:assert/strict";
import { overlapsAmong } from "../../../src/extension/facts/overlaps.ts";
import type { OverlappingFile } from "../../../src/extension/facts/overlaps.ts";

function file(name: string, ...organisations: readonly string[]): OverlappingFile {
  return {
    name,
    organisations: organisations.map((organisationNumber, index) => ({
      organisationNumber,
      range: [index, 0, index, 11],
    })),
  };
}

describe("files of facts about the same organisations", () => {
  const rows: readonly (readonly [what: string, files: readonly OverlappingFile[], overlaps: readonly string[]])[] = [
    ["none", [], []],
    ["different organisations", [file("a", "1", "2"), file("b", "3")], []],
    ["one organisation", [file("a", "1"), file("b", "2", "1")], ["b:1 a:0"]],
    ["three files", [file("a", "1"), file("b", "1"), file("c", "1")], ["b:0 a:0", "c:0 a:0"]],
    ["different files that count", [file("a", "1"), file("b", "2"), file("c", "2", "1")], ["c:0 b:0", "c:1 a:0"]],
  ];
  for (const [what, files, expected] of rows) {
    it(`are told in all but the first: ${what}`, () => {
      const found = overlapsAmong(files);
      assert.deepEqual(
        found.map((each) => `${each.file.name}:${each.range[0]} ${each.counts.name}:${each.countsAt[0]}`),
        expected,
      );
      for (const { message, counts } of found) {
        for (const words of [message.en, message.nb]) assert.ok(words.startsWith(`${counts.name} `), words);
      }
    });
  }
});
