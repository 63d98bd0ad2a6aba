import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli, runCli, type DocumentJson } from "./runCli.ts";

/** What of a SARIF log is looked at; that logs are valid is shown where reports are tested. */
interface Sarif {
  readonly runs: readonly {
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
    readonly artifacts: readonly { readonly mimeType: string }[];
  }[];
}

describe("mva integration", function () {
  this.timeout(120_000);
  let folder = "";
  before(async () => {
    await buildCli();
    folder = await mkdtemp(join(tmpdir(), "mva-cli-integration-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const run = (...words: string[]) => runCli(["integration", ...words], { cwd: folder });

  it("makes a file that checks clean, and writes over none", async () => {
    const made = await run("create", "--kind", "desktop", "--out", "ours.idporten.json");
    assert.deepEqual([made.code, made.stdout, made.stderr], [0, "", ""]);
    const checked = await run("check", "ours.idporten.json", "--strict");
    assert.equal(checked.code, 0, checked.stdout);
    assert.match(checked.stdout, /ours\.idporten\.json: valid/);
    const again = await run("create", "--kind", "web", "--out", "ours.idporten.json");
    assert.equal(again.code, 2);
    assert.match(again.stderr, /not written over/);
    assert.match(await readFile(join(folder, "ours.idporten.json"), "utf8"), /"native"/);
  });

  it("says what is wrong in each format, with places and an exit code", async () => {
    const { stdout } = await run("create", "--kind", "web");
    await writeFile(join(folder, "bad.idporten.json"), stdout.replace('"api_klient"', '"idporten"'));
    const text = await run("check", "bad.idporten.json");
    assert.equal(text.code, 1);
    assert.match(text.stdout, /bad\.idporten\.json:4:23: error\[wrong-integration-type\]/);
    const json = await run("check", "bad.idporten.json", "--format", "json");
    const [document] = JSON.parse(json.stdout) as readonly DocumentJson[];
    assert.deepEqual(
      document?.findings.map(({ source, code, line, column }) => [source, code, line, column]),
      [["integration", "wrong-integration-type", 4, 23]],
    );
    const sarif = await run("check", "bad.idporten.json", "--format", "sarif");
    const log = JSON.parse(sarif.stdout) as Sarif;
    const [logged] = log.runs;
    assert.deepEqual(
      logged?.results.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex]),
      [["wrong-integration-type", 0]],
    );
    assert.deepEqual(
      logged.artifacts.map(({ mimeType }) => mimeType),
      ["application/json"],
    );
  });

  it("compares with what the application sends, and with an environment", async () => {
    const sent = await run("check", "ours.idporten.json", "--redirect-uri", "http://localhost:12345/token/");
    assert.equal(sent.code, 1);
    assert.match(sent.stdout, /the slash at the end/);
    assert.equal((await run("check", "ours.idporten.json", "--environment", "test")).code, 0);
    const nowhere = await run("check", "ours.idporten.json", "--environment", "nowhere");
    assert.equal(nowhere.code, 2);
  });

  it("tells where nobody answers when it is to ask", async () => {
    const environment = {
      name: "own",
      issuer: "http://127.0.0.1:9",
      clientId: "x",
      redirectUris: ["http://127.0.0.1:0/callback"],
    };
    await writeFile(join(folder, "environment.json"), JSON.stringify(environment));
    const live = await run("check", "ours.idporten.json", "--environment", "environment.json", "--live");
    assert.equal(live.code, 1);
    assert.match(live.stdout, /live-unreachable/);
  });

  it("reads standard input, and what can't be read", async () => {
    const broken = await runCli(["integration", "check", "-"], { input: '{"scopes": [' });
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /not-json/);
    const missing = await run("check", "missing.idporten.json");
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /no such file/);
  });

  it("writes the portal's fields, in bokmål too", async () => {
    const { stdout, code } = await run("create", "--kind", "businesscentral", "--format", "table", "--language", "nb");
    assert.equal(code, 0);
    for (const words of ["Tilbake-uri (client_uri)", "Engangs (ONETIME)", "API-klient (api_klient)", "31536000"]) {
      assert.ok(stdout.includes(words), words);
    }
  });

  it("writes the orders of scopes", async () => {
    const { stdout, code } = await run(
      "order",
      "ours.idporten.json",
      "--organisation",
      "974761076",
      "--ownership",
      "shared",
    );
    assert.equal(code, 0);
    assert.equal(stdout.split("\n----\n").length, 2, "Skatteetaten and Altinn each grant their own");
    assert.match(stdout, /^To the Tax Administration[^]*\nTo Altinn/);
    assert.match(stdout, /Organisation number: 974761076[^]*one client for all customers/);
  });

  it("orders nothing where a scope is misspelt, or nobody has to grant any", async () => {
    const cases: readonly (readonly [scopes: string, says: RegExp])[] = [
      ['["openid", "skatteetaten:mvameldingvaldering"]', /x\.idporten\.json holds no scopes that can be ordered/],
      ['["openid", "profile"]', /x\.idporten\.json has no scope that has to be ordered: openid, profile\./],
    ];
    for (const [scopes, says] of cases) {
      await writeFile(join(folder, "x.idporten.json"), `{"scopes": ${scopes}}`);
      const { code, stdout, stderr } = await run("order", "x.idporten.json");
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, says);
    }
    await writeFile(join(folder, "x.idporten.json"), '{"scopes": ["altinn:instances.read"]}');
    assert.equal((await run("order", "x.idporten.json")).code, 0, "that openid is missing is another matter");
  });

  it("tells at once what is wrong with the addresses that it was given", async () => {
    const { code, stdout, stderr } = await run(
      "create",
      "--kind",
      "spa",
      "--redirect-uri",
      "https://localhost:5173/callback",
    );
    assert.equal(code, 1);
    assert.match(stderr, /redirect_uris\[0\]: https:\/\/localhost:5173\/callback: on this machine it has to be http/);
    assert.match(stdout, /"browser"/, "the file is written all the same");
  });

  const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
    [[], /check FILE, create --kind KIND, or order FILE/],
    [["chekc", "x"], /“chekc”/],
    [["check"], /Say which file/],
    [["check", "a", "b"], /does not take the argument “b”/],
    [["check", "a", "--kind", "web"], /--kind does not go with mva integration check/],
    [["check", "a", "--live"], /--environment/],
    [["create"], /--kind desktop\|web\|spa\|dynamics365\|businesscentral/],
    [["create", "--kind", "mainframe"], /must be desktop, web/],
    [["create", "--kind", "dynamics365"], /needs --redirect-uri/],
    [["create", "--kind", "web", "--for", "production"], /needs --redirect-uri/],
    [["create", "--kind", "web", "--redirect-uri", "mva.example"], /whole address/],
    [["create", "--kind", "web", "--organisation", "123456789"], /nine digits/],
    [["create", "--kind", "web", "--format", "sarif"], /writes json or table/],
    [["order", "x", "--live"], /--live does not go/],
    [["create", "--kind", "spa", "--refresh-tokens"], /for --kind web only: ID-porten gives none/],
    [["create", "--kind", "businesscentral", "--no-refresh-tokens"], /for --kind web only: businesscentral always has/],
  ];
  for (const [words, says] of wrong) {
    it(`refuses: integration ${words.join(" ")}`, async () => {
      const { code, stderr, stdout } = await run(...words);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, says);
    });
  }

  it("has its help in both languages", async () => {
    assert.match((await run("--help")).stdout, /^mva integration: makes and checks/);
    assert.match((await run("--help", "--language", "nb")).stdout, /^mva integration: lager og kontrollerer/);
  });
});
