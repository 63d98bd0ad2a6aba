import assert from "node:assert/strict";
import {
  languageAskedFor,
  parseCommandLine,
  type Command,
  type ValidateCommand,
} from "../../../src/cli/commandLine.ts";
import { UsageError } from "../../../src/cli/usageError.ts";

function wordsOf(line: string): string[] {
  return line === "" ? [] : line.split(" ");
}

function validateCommand(line: string): ValidateCommand {
  const command = parseCommandLine(wordsOf(line));
  assert.ok(command.name === "validate");
  return command;
}

describe("command line", () => {
  const understood: readonly (readonly [string, Command])[] = [
    ["--help", { name: "help", of: null }],
    ["-h", { name: "help", of: null }],
    ["help explain", { name: "help", of: "explain" }],
    ["validate --help", { name: "help", of: "validate" }],
    ["rules -h", { name: "help", of: "rules" }],
    ["--version", { name: "version" }],
    ["-V", { name: "version" }],
    ["rules", { name: "rules", format: "text" }],
    ["rules --format=json", { name: "rules", format: "json" }],
    ["--language nb rules", { name: "rules", format: "text" }],
    ["explain R074", { name: "explain", rule: "R074" }],
  ];
  for (const [line, command] of understood)
    it(`understands mva ${line}`, () => assert.deepEqual(parseCommandLine(wordsOf(line)), command));

  it("has defaults that leave every switch to the core", () => {
    assert.deepEqual(validateCommand("validate a.xml"), {
      name: "validate",
      format: "text",
      engine: "builtin",
      strict: false,
      today: null,
      tolerance: null,
      firstSubmission: null,
      changeOfEarlierReturn: null,
      maximumBasis: null,
      compensationRulesFrom: null,
      deadlines: [],
      factsFiles: [],
      remote: null,
      inputs: ["a.xml"],
    });
  });

  it("reads every option of validate", () => {
    const line =
      "validate --format sarif --language nb --today 2026-05-01 --tolerance strict --engine java --strict " +
      "--no-first-submission --change-of-earlier-return --maximum-basis 1000000 --deadline 2026-04-30=2026-06-10 " +
      "--deadline=2026-06-30=2026-08-31 --compensation-rules-from 2026-07-01 --facts facts.json a.xml - folder";
    assert.deepEqual(validateCommand(line), {
      name: "validate",
      format: "sarif",
      engine: "java",
      strict: true,
      today: "2026-05-01",
      tolerance: "strict",
      firstSubmission: "no",
      changeOfEarlierReturn: "yes",
      maximumBasis: "1000000",
      compensationRulesFrom: "2026-07-01",
      deadlines: ["2026-04-30=2026-06-10", "2026-06-30=2026-08-31"],
      factsFiles: ["facts.json"],
      remote: null,
      inputs: ["a.xml", "-", "folder"],
    });
  });

  for (const [words, first, change] of [
    ["--first-submission", "yes", null],
    ["--first-submission=no --change-of-earlier-return=yes", "no", "yes"],
    ["--first-submission=unknown", "unknown", null],
    ["--no-change-of-earlier-return --change-of-earlier-return=unknown", null, "unknown"],
  ] as const)
    it(`tells what is said from silence: ${words}`, () => {
      const { firstSubmission, changeOfEarlierReturn, inputs } = validateCommand(`validate ${words} a.xml`);
      assert.deepEqual([firstSubmission, changeOfEarlierReturn, inputs], [first, change, ["a.xml"]]);
    });

  it("takes what follows -- as files, whatever they are called", () => {
    assert.deepEqual(validateCommand("validate --strict -- --format -x.xml").inputs, ["--format", "-x.xml"]);
  });

  const refused: readonly (readonly [string, RegExp, RegExp])[] = [
    ["", /Say what to do: validate, rules, explain/, /Oppgi hva som skal gjøres/],
    ["validate", /Say what to validate/, /Oppgi hva som skal valideres/],
    ["explain", /Say which rule/, /Oppgi regelen/],
    ["explain R001 R002", /does not take the argument “R002”/, /tar ikke imot argumentet «R002»/],
    ["rules R001", /does not take the argument “R001”/, /tar ikke imot argumentet «R001»/],
    ["valdiate a.xml", /no command “valdiate”. Is validate meant/, /«valdiate» finnes ikke. Er validate ment/],
    ["samples/a.xml", /mva validate samples\/a.xml/, /mva validate samples\/a.xml/],
    ["validate --formt json a.xml", /no option --formt here. Is --format meant/, /Er --format ment/],
    ["validate -x a.xml", /no option -x/, /Valget -x finnes ikke/],
    [
      "validate --format yaml a.xml",
      /must be text, json or sarif, not “yaml”/,
      /må være text, json eller sarif, ikke «yaml»/,
    ],
    ["validate a.xml --format", /--format needs a value/, /--format trenger en verdi/],
    ["validate a.xml --today=", /--today needs a value/, /--today trenger en verdi/],
    ["validate --strict=yes a.xml", /--strict takes no value/, /--strict tar ingen verdi/],
    [
      "validate --first-submission=maybe a.xml",
      /must be yes, no or unknown, not “maybe”/,
      /må være yes, no eller unknown, ikke «maybe»/,
    ],
    ["validate --no-first-submission=yes a.xml", /--no-first-submission takes no value/, /tar ingen verdi/],
    ["validate --no-strict a.xml", /no option --no-strict/, /--no-strict finnes ikke/],
    ["rules --strict", /no option --strict here/, /--strict finnes ikke her/],
    ["validate --__proto__ a.xml", /no option --__proto__/, /--__proto__ finnes ikke/],
  ];
  for (const [line, english, norwegian] of refused)
    it(`refuses mva ${line}`, () => {
      assert.throws(
        () => parseCommandLine(wordsOf(line)),
        (error) => error instanceof UsageError && english.test(error.text.en) && norwegian.test(error.text.nb),
      );
    });

  const languages: readonly (readonly [string, string | null])[] = [
    ["validate a.xml", null],
    ["validate --language nb a.xml", "nb"],
    ["validate --formt --language=en", "en"],
    ["validate --language fr", null],
  ];
  for (const [line, language] of languages)
    it(`sees the language asked for in mva ${line}`, () => assert.equal(languageAskedFor(wordsOf(line)), language));
});
