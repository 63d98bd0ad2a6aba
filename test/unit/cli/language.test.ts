import assert from "node:assert/strict";
import { coloursWanted, languageOfEnvironment } from "../../../src/cli/language.ts";

describe("environment of the terminal", () => {
  const languages: readonly (readonly [Record<string, string>, string])[] = [
    [{}, "en"],
    [{ LANG: "nb_NO.UTF-8" }, "nb"],
    [{ LANG: "nn_NO" }, "nb"],
    [{ LANG: "no" }, "nb"],
    [{ LANG: "nob" }, "en"],
    [{ LANG: "C.UTF-8" }, "en"],
    [{ LC_ALL: "en_GB", LANG: "nb_NO" }, "en"],
    [{ LC_ALL: "", LC_MESSAGES: "nb_NO", LANG: "en_US" }, "nb"],
  ];
  for (const [environment, language] of languages)
    it(`speaks ${language} under ${JSON.stringify(environment)}`, () =>
      assert.equal(languageOfEnvironment(environment), language));

  const colours: readonly (readonly [Record<string, string>, boolean, boolean])[] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  ];
  for (const [environment, isTerminal, wanted] of colours)
    it(`${wanted ? "uses" : "spares"} colours under ${JSON.stringify(environment)}, terminal: ${String(isTerminal)}`, () =>
      assert.equal(coloursWanted(environment, isTerminal), wanted));
});
