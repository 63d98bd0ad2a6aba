import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildCli, cliEnvironment, cliFile, runCli, validateJson } from "./runCli.ts";

const samples = resolve("samples");
const clean = join(samples, "clean-general.xml");
const wrongSum = join(samples, "mistake-wrong-sum.xml");
const decimals = join(samples, "mistake-decimals.xml");
const syntax = join(samples, "mistake-syntax.xml");
const cleanText = readFileSync(clean, "utf8");
const foreign = '<?xml version="1.0"?><invoice xmlns="urn:other"><sum>1</sum></invoice>';

describe("mva, as built", function () {
  this.timeout(120_000);
  let folder = "";

  before(async () => {
    await buildCli();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mva-cli-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (name: string, content: string | Uint8Array): string => {
    const file = join(folder, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, content);
    return file;
  };

  describe("as a whole", () => {
    it("prints its version", async () => {
      const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
      assert.deepEqual(await runCli(["--version"]), { code: 0, signal: null, stdout: `${version}\n`, stderr: "" });
    });

    for (const [words, begins] of [
      [["--help"], /^mva: checks/],
      [["help", "validate"], /^mva validate: judges/],
      [["validate", "--help"], /^mva validate: judges/],
      [["rules", "--help"], /^mva rules: lists/],
      [["explain", "-h"], /^mva explain: says/],
      [["--help", "--language", "nb"], /^mva: kontrollerer/],
    ] as const)
      it(`prints help: ${words.join(" ")}`, async () => {
        const { code, stdout, stderr } = await runCli(words);
        assert.equal(code, 0);
        assert.match(stdout, begins);
        assert.equal(stderr, "");
      });

    for (const [words, complaint] of [
      [[], /Say what to do/],
      [["judge"], /no command “judge”/],
      [["validate"], /Say what to validate/],
      [["validate", "--format", "xml", "x"], /must be text, json or sarif/],
      [["validate", "--today", "2026-02-30", "x"], /--today must be a date/],
      [["validate", "--deadline", "2026-04-30", "x"], /--deadline must be written PERIOD-END=DATE/],
      [["validate", "--deadline", "2026-04-29=2026-06-10", "x"], /no period ends on 2026-04-29/],
      [["validate", "--maximum-basis", "much", "x"], /--maximum-basis must be whole kroner above 0.*not “much”/],
      [["validate", "--maximum-basis", "-5", "x"], /not “-5”/],
      [["validate", "--maximum-basis=0", "x"], /not “0”/],
      [["validate", "--maximum-basis=1e9", "x"], /not “1e9”/],
      [["validate", "--maximum-basis=0.5", "x"], /not “0\.5”/],
      [["validate", "--maximum-basis=1000000000000000", "x"], /at most 15 digits/],
      [["explain", "R999"], /no rule/i],
    ] as const)
      it(`refuses wrong use: mva ${words.join(" ")}`, async () => {
        const { code, stdout, stderr } = await runCli(words);
        assert.equal(code, 2);
        assert.equal(stdout, "");
        assert.match(stderr, complaint);
        assert.doesNotMatch(stderr, /\n\s+at /);
      });

    it("speaks the language of the environment, or the one asked for", async () => {
      const norwegian = await runCli(["validate"], { env: { LC_ALL: "nb_NO.UTF-8" } });
      assert.match(norwegian.stderr, /Oppgi hva som skal valideres/);
      const english = await runCli(["validate", "--language", "en"], { env: { LC_ALL: "nb_NO.UTF-8" } });
      assert.match(english.stderr, /Say what to validate/);
    });
  });

  describe("exit codes", () => {
    const cases: readonly (readonly [number, readonly string[]])[] = [
      [0, [clean]],
      [0, [wrongSum]],
      [1, ["--strict", wrongSum]],
      [0, ["--strict", clean]],
      [1, [decimals]],
      [1, [syntax]],
      [1, [clean, decimals]],
      [2, [clean, "gone.xml"]],
      [2, [decimals, "gone.xml"]],
    ];
    for (const [code, words] of cases)
      it(`is ${String(code)} for ${words.join(" ").replaceAll(samples, "samples")}`, async () => {
        const run = await validateJson(words, { cwd: folder });
        assert.equal(run.code, code, run.stderr);
        assert.equal(run.documents.length, words.filter((word) => word.startsWith(samples)).length);
      });

    const unrecognised: readonly (readonly [
      name: string,
      content: string | Uint8Array,
      code: number,
      verdict: string,
    ])[] = [
      ["empty", "", 1, "malformed"],
      ["text", "Hei!", 1, "malformed"],
      ["broken XML", "<foo><bar>", 1, "malformed"],
      ["a page with a document type declaration", "<!DOCTYPE html><html></html>", 1, "malformed"],
      ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 1, "malformed"],
      ["other XML", foreign, 2, "notARecognisedDocument"],
    ];
    for (const [name, content, expectedCode, expectedVerdict] of unrecognised)
      it(`is ${String(expectedCode)} for ${name}, which is ${expectedVerdict} where it is named and left out of a folder`, async () => {
        put("x/other.xml", content);
        const named = await validateJson(["x/other.xml"], { cwd: folder });
        assert.deepEqual(
          [named.code, named.documents.map(({ verdict }) => verdict)],
          [expectedCode, [expectedVerdict]],
        );
        const found = await validateJson(["x"], { cwd: folder });
        assert.deepEqual([found.code, found.documents], [0, []]);
      });

    it("is 2 for a file that is named and none of ours, which is reported, the others judged", async () => {
      put("other.xml", foreign);
      const { code, documents } = await validateJson(["other.xml", clean], { cwd: folder });
      assert.equal(code, 2);
      assert.deepEqual(
        documents.map(({ documentType, verdict }) => [documentType, verdict]),
        [
          [null, "notARecognisedDocument"],
          ["vatReturn", "valid"],
        ],
      );
    });
  });

  describe("files", () => {
    it("takes a folder apart: what is ours, sorted, nothing hidden", async () => {
      cpSync(samples, join(folder, "b"), { recursive: true });
      put("a/return.xml", cleanText);
      put("a/other.xml", foreign);
      put("a/empty.xml", "");
      put("a/return.txt", cleanText);
      put(".git/return.xml", cleanText);
      put("node_modules/x/return.xml", cleanText);
      const { code, documents } = await validateJson(["."], { cwd: folder });
      assert.equal(code, 1);
      const names = documents.map(({ file }) => file);
      assert.equal(names[0], "a/return.xml");
      assert.ok(
        names.slice(1).every((name) => name.startsWith("b/")),
        names.join("\n"),
      );
      assert.deepEqual(names, [...names].sort());
    });

    it("reports an empty list for a folder without returns", async () => {
      const { code, documents, stderr } = await validateJson([folder]);
      assert.deepEqual([code, documents], [0, []]);
      assert.match(stderr, /none of the documents/);
    });

    it("expands patterns itself", async () => {
      put("2025/may.xml", cleanText);
      put("2026/may.xml", cleanText);
      put("2026/june.xml", cleanText);
      const { documents } = await validateJson(["**/may.xml"], { cwd: folder });
      assert.deepEqual(
        documents.map(({ file }) => file),
        ["2025/may.xml", "2026/may.xml"],
      );
    });

    it("says that a pattern matches nothing", async () => {
      const { code, documents, stderr } = await validateJson(["*.xml"], { cwd: folder });
      assert.deepEqual([code, documents], [2, []]);
      assert.match(stderr, /mva: \*\.xml: no file matches this pattern/);
    });

    it("judges a file that is reached twice once", async () => {
      const file = put("return.xml", cleanText);
      symlinkSync("return.xml", join(folder, "link.xml"));
      const { documents } = await validateJson([".", "return.xml", file, "*.xml"], { cwd: folder });
      assert.equal(documents.length, 1);
    });

    it("reads standard input", async () => {
      const { code, documents } = await validateJson(["-"], { input: cleanText });
      assert.equal(code, 0);
      assert.deepEqual(
        documents.map(({ file, verdict }) => [file, verdict]),
        [["-", "valid"]],
      );
    });

    it("names a file that can't be read, and judges the others", async () => {
      const directory = put("x.xml/inside.txt", "");
      assert.ok(directory);
      const { code, documents, stderr } = await validateJson(["missing.xml", clean], { cwd: folder });
      assert.equal(code, 2);
      assert.match(stderr, /^mva: missing\.xml: no such file or folder\n$/);
      assert.equal(documents.length, 1);
    });

    it("finds our documents behind long comments, byte order marks and in UTF-16", async () => {
      const long = cleanText.replace("<!--", `<!--${"x".repeat(40_000)}`);
      put("long.xml", long);
      put("wide.xml", utf16le(cleanText.replace("UTF-8", "UTF-16")));
      put("long-other.xml", `<!--${"x".repeat(40_000)}-->${foreign}`);
      const { documents } = await validateJson([folder]);
      assert.deepEqual(
        documents.map(({ file, verdict }) => [file.slice(folder.length + 1), verdict]),
        [
          ["long.xml", "valid"],
          ["wide.xml", "valid"],
        ],
      );
    });
  });

  describe("encodings", () => {
    const nordic = readFileSync(wrongSum, "utf8")
      .replace("Eksempelregnskap", "Ærlig Øre å 😀")
      .replace("<fastsattMerverdiavgift>", "<!-- æøå --><fastsattMerverdiavgift>");
    const latin = nordic.replace("😀", "");
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ["UTF-8", Buffer.from(nordic)],
      ["UTF-8 with byte order mark", Buffer.from(`\ufeff${nordic}`)],
      ["UTF-16 little endian", utf16le(nordic.replace("UTF-8", "UTF-16"))],
      ["UTF-16 big endian", utf16le(nordic.replace("UTF-8", "UTF-16")).swap16()],
      ["ISO-8859-1", Buffer.from(latin.replace("UTF-8", "ISO-8859-1"), "latin1")],
    ];
    for (const [name, bytes] of cases)
      it(`reads ${name}, and counts columns in it`, async () => {
        put("return.xml", bytes);
        const { documents, code } = await validateJson(["return.xml"], { cwd: folder });
        const [sum] = documents[0]?.findings ?? [];
        assert.equal(code, 0);
        assert.equal(sum?.rule, "R018");
        const line = nordic.split("\n").findIndex((text) => text.includes("<fastsattMerverdiavgift>"));
        const column = nordic.split("\n")[line]?.indexOf("68600") ?? NaN;
        assert.deepEqual(
          [sum.line, sum.column, sum.endLine, sum.endColumn],
          [line + 1, column + 1, line + 1, column + 6],
        );
      });

    it("says where bytes are not in the encoding that they should be in", async () => {
      const bytes = Buffer.from(latin, "latin1");
      put("return.xml", bytes);
      const { documents, code } = await validateJson(["return.xml"], { cwd: folder });
      assert.equal(code, 1);
      assert.equal(documents[0]?.verdict, "malformed");
      const [finding] = documents[0].findings;
      const place = latin.split("\n").findIndex((line) => line.includes("Ærlig")) + 1;
      // The comment on top may hold letters of the kind too; the first of them counts.
      const first = latin.split("\n").findIndex((line) => /[^\u0000-\u007f]/.test(line)) + 1;
      assert.deepEqual([finding?.source, finding?.line], ["syntax", Math.min(place, first)]);
      assert.ok(documents[0].notEvaluated.includes("R018"), "nothing was decided");
    });
  });

  describe("formats", () => {
    it("writes for people without colours into a pipe, with them when forced", async () => {
      const plain = await runCli(["validate", wrongSum]);
      assert.match(plain.stdout, /mistake-wrong-sum\.xml:\d+:\d+: warning\[R018\]: /);
      assert.match(plain.stdout, /<fastsattMerverdiavgift>68600<\/fastsattMerverdiavgift>\n\s+\| +\^{5}\n/);
      assert.doesNotMatch(plain.stdout, /\u001b/);
      assert.match((await runCli(["validate", wrongSum], { env: { FORCE_COLOR: "1" } })).stdout, /\u001b\[33m/);
      assert.doesNotMatch((await runCli(["validate", wrongSum], { env: { NO_COLOR: "1" } })).stdout, /\u001b/);
    });

    it("speaks bokmål in every format", async () => {
      for (const format of ["text", "json", "sarif"]) {
        const { stdout } = await runCli(["validate", "--language", "nb", "--format", format, wrongSum]);
        assert.match(stdout, /Linjene blir til sammen 68000/);
      }
    });

    it("writes SARIF with relative addresses", async () => {
      put("min mappe/retur.xml", readFileSync(wrongSum));
      const { stdout, code } = await runCli(["validate", "--format", "sarif", "."], { cwd: folder });
      const log = JSON.parse(stdout) as {
        runs: [{ results: { locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }[] }];
      };
      assert.equal(code, 0);
      assert.equal(log.runs[0].results[0]?.locations[0].physicalLocation.artifactLocation.uri, "min%20mappe/retur.xml");
    });

    it("says what was assumed, and what was not decided", async () => {
      const claim = join(samples, "clean-compensation.xml");
      const [first] = (await validateJson([claim])).documents;
      assert.ok(first !== undefined && first.notEvaluated.includes("R094"));
      assert.match(first.assumptions.join(" "), /taken to be submitted on 2026-06-15/);
      const small = put("small.xml", readFileSync(claim, "utf8").replace(/(<fastsattMerverdiavgift>)[^<]*/, "$1-1"));
      const said: readonly (readonly [readonly string[], RegExp | null, boolean])[] = [
        [[], /R134: this was taken to be the first submission/, false],
        [["--no-first-submission"], /R134: the period was taken to have been submitted before/, false],
        [["--first-submission=unknown"], null, true],
      ];
      for (const [words, assumption, open] of said) {
        const [judged] = (await validateJson(["--today", "2026-05-20", ...words, small])).documents;
        if (assumption !== null) assert.match(judged?.assumptions.join(" ") ?? "", assumption);
        assert.equal(judged?.notEvaluated.includes("R134"), open, words.join(" "));
        assert.equal(judged.notEvaluatedBecause["R134"], open ? "setting" : undefined);
      }
    });
  });

  describe("what is known beside the return", () => {
    it("decides register rules by a file of facts", async () => {
      const organisationNumber = "314552105";
      const facts = put(
        "facts.json",
        JSON.stringify({ organisations: [{ organisationNumber, organisationForm: "AS" }] }),
      );
      const [without] = (await validateJson([clean])).documents;
      const [withFacts] = (await validateJson(["--facts", facts, clean])).documents;
      assert.ok(without?.notEvaluated.includes("R126") === true);
      assert.equal(without.notEvaluatedBecause["R126"], "registers");
      assert.ok(withFacts && !withFacts.notEvaluated.includes("R126"));
    });

    const refused: readonly (readonly [string, string | null, RegExp])[] = [
      ["missing", null, /facts\.json: no such file/],
      ["no JSON", "{", /facts\.json:1:1: The file is not JSON from here on/],
      ["no facts", "[]", /facts\.json:1:1: The file must be an object/],
      [
        "a wrong fact",
        '{"organisations":[\n  {"organisationNumber":7}]}',
        /facts\.json:2:25: organisations\[0\]\.organisationNumber: An organisation number has nine digits/,
      ],
      [
        "a fact stated twice",
        '{"organisations":[{"organisationNumber":"314552105",\n"deletedOn":null,\n"deletedOn":"2026-01-01"}]}',
        /facts\.json:3:1: organisations\[0\]\.deletedOn: “deletedOn” stands here already/,
      ],
    ];
    for (const [name, content, complaint] of refused)
      it(`refuses a file of facts: ${name}`, async () => {
        if (content !== null) put("facts.json", content);
        const { code, stdout, stderr } = await runCli(["validate", "--facts", "facts.json", clean], { cwd: folder });
        assert.deepEqual([code, stdout], [2, ""]);
        assert.match(stderr, complaint);
      });

    it("says that a deadline of the facts ends no period, and goes on", async () => {
      const deadlines = { "2026-04-30": "2026-06-10", "2026-04-29": "2026-06-10" };
      const organisations = [{ organisationNumber: "314552105", organisationForm: "AS", deadlines }];
      const facts = put("deadlines.json", JSON.stringify({ organisations }));
      const { documents, stderr } = await validateJson(["--facts", facts, clean]);
      assert.ok(documents[0] && !documents[0].notEvaluated.includes("R126"));
      assert.match(
        stderr,
        /deadlines\.json:1:\d+: organisations\[0\]\.deadlines\.2026-04-29: No period ends on this day/,
      );
      assert.doesNotMatch(stderr, /2026-04-30/);
    });

    it("refuses two files of facts about one organisation", async () => {
      for (const [name, organisationForm] of Object.entries({ "one.json": "AS", "other.json": "UDEF" }))
        put(name, JSON.stringify({ organisations: [{ organisationNumber: "314552105", organisationForm }] }));
      const words = ["validate", "--facts", "one.json", "--facts", "other.json", clean];
      const { code, stdout, stderr } = await runCli(words, { cwd: folder });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /other\.json: another file of facts tells of 314552105 already/);
    });

    it("takes a ceiling for the basis, a tolerance and a day", async () => {
      const rulesOf = async (...words: string[]): Promise<readonly (string | null)[]> =>
        (await validateJson(words)).documents.flatMap(({ findings }) => findings.map(({ rule }) => rule));
      assert.deepEqual(await rulesOf("--maximum-basis", "400000", clean), ["R085"]);
      assert.deepEqual(await rulesOf("--maximum-basis", "480000", clean), []);
      const nearly = put("nearly.xml", cleanText.replace(">120000<", ">120001<").replace(">75500<", ">75501<"));
      assert.deepEqual(await rulesOf(nearly), []);
      assert.deepEqual(await rulesOf("--tolerance", "strict", nearly), ["R019"]);
      assert.deepEqual((await rulesOf("--today", "2026-04-01", clean)).length, 1);
    });
  });

  describe("pipes and signals", () => {
    it("ends quietly when its reader has gone", async () => {
      for (let index = 0; index < 300; index++) put(`${String(index)}.xml`, readFileSync(wrongSum));
      const child = spawn(process.execPath, [cliFile, "validate", folder], {
        stdio: ["ignore", "pipe", "pipe"],
        env: cliEnvironment(),
      });
      child.stdout.once("data", () => child.stdout.destroy());
      const errors: Buffer[] = [];
      child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
      const [code] = (await once(child, "close")) as [number | null];
      assert.equal(Buffer.concat(errors).toString(), "");
      assert.equal(code, 141);
    });

    it("ends its report when it is interrupted", async function () {
      if (process.platform === "win32") return; // there is no such signal to send
      const child = spawn(process.execPath, [cliFile, "validate", "--format", "json", clean, "-"], {
        stdio: ["pipe", "pipe", "inherit"],
        env: cliEnvironment(),
      });
      let output = "";
      const firstDocument = new Promise<void>((resolve) => {
        child.stdout.on("data", (chunk: Buffer) => {
          output += chunk.toString();
          if (output.includes("clean-general.xml")) resolve();
        });
      });
      await firstDocument; // now it waits for standard input, which stays open
      child.kill("SIGINT");
      assert.deepEqual(await closed(child), [130, null]);
      assert.equal((JSON.parse(output) as unknown[]).length, 1);
    });
  });

  describe("--engine java", () => {
    it("says in one sentence that there is no JDK", async () => {
      const { code, stderr, stdout } = await runCli(["validate", "--engine", "java", clean], {
        env: { PATH: folder, JAVA_HOME: folder },
      });
      assert.equal(code, 2);
      assert.match(stderr, /JDK|Java/);
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.doesNotMatch(stdout, /: valid/);
    });

    it("agrees with the built-in engine where there is one", async () => {
      const files = [clean, decimals, join(samples, "mistake-schema.xml"), join(samples, "envelope.xml")];
      const builtin = await validateJson(files);
      const java = await validateJson(["--engine", "java", ...files]);
      const verdicts = (run: typeof java): unknown => run.documents.map(({ file, verdict }) => [file, verdict]);
      assert.deepEqual(verdicts(java), verdicts(builtin), java.stderr);
      assert.equal(java.code, builtin.code);
    });
  });

  describe("rules", () => {
    it("lists them for people", async () => {
      const { code, stdout } = await runCli(["rules"]);
      assert.equal(code, 0);
      assert.match(stdout, /^R018 +avvikende +decided +/m);
    });

    it("lists them for programs", async () => {
      const { stdout } = await runCli(["rules", "--format", "json"]);
      const listed = JSON.parse(stdout) as Record<string, unknown>[];
      const sum = listed.find(({ rule }) => rule === "R018");
      assert.deepEqual(Object.keys(sum ?? {}), [
        "rule",
        "identifiers",
        "severity",
        "category",
        "appliesTo",
        "needs",
        "evaluated",
        "quickFix",
      ]);
      assert.equal(sum?.["evaluated"], "always");
    });

    for (const name of ["R018", "r018", "18", "MVA_MELDINGSINNHOLD_SUM_MVA_FEIL_SUMMERING_AV_AVGIFTLINJER"])
      it(`explains ${name}`, async () => {
        const { code, stdout } = await runCli(["explain", name]);
        assert.equal(code, 0);
        assert.match(stdout, /R018/);
        assert.match(stdout, /fastsattMerverdiavgift/);
        assert.match(stdout, /https:\/\//);
      });
  });

  function closed(child: ChildProcess): Promise<unknown> {
    return once(child, "close");
  }
});

function utf16le(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, "utf16le");
}
