import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { readSandboxLine } from "../../../src/services/sandboxLine.ts";
import type { SubmissionSummary } from "../../../src/submission/summary.ts";
import { parseCommandLine } from "../../../src/cli/commandLine.ts";
import { submissionCommandNames } from "../../../src/cli/submissionCommands.ts";
import { UsageError } from "../../../src/cli/usageError.ts";
import { buildCli, cliEnvironment, cliFile, runCli, validateJson } from "./runCli.ts";
import type { CliRun } from "./runCli.ts";

const sample = resolve("samples/clean-general.xml");
const manager = "12837420162";
const accountant = "21869040263";
const nobody = "14877928986";

describe("the command line of submissions", () => {
  it("reads every option of submit", () => {
    const line =
      "submit a.xml --attachment b.pdf --attachment c.pdf --environment test --client x --test-person 1 " +
      "--envelope e.xml --out folder --wait --yes --fill-in-only --format json";
    assert.deepEqual(parseCommandLine(line.split(" ")), {
      name: "submit",
      file: "a.xml",
      attachments: ["b.pdf", "c.pdf"],
      environment: "test",
      clientId: "x",
      testPerson: "1",
      envelope: "e.xml",
      out: "folder",
      wait: true,
      yes: true,
      fillInOnly: true,
      format: "json",
    });
  });
  const wrong = ["submit", "resume", "abandon", "submit a b", "submissions x", "session x", "submit a --format sarif"];
  for (const line of [...wrong, "validate a.xml --environment test", "login --purpose x"]) {
    it(`refuses mva ${line}`, () => assert.throws(() => parseCommandLine(line.split(" ")), UsageError));
  }
  it("hands the sandbox its words as they are", () => {
    const words = ["--port", "0", "--help"];
    assert.deepEqual(parseCommandLine(["sandbox", ...words]), { name: "sandbox", words });
  });
});

describe("submitting from the terminal", function () {
  this.timeout(180_000);
  let sandbox: ChildProcess;
  let folder = "";
  let environment = "";
  let control = "";

  before(async () => {
    await buildCli();
    await promisify(execFile)(process.execPath, ["esbuild.mjs", "--only=sandbox"]);
    folder = await mkdtemp(join(tmpdir(), "mva-cli-"));
    const words = ["sandbox", "--port", "0", "--verdict-delay", "0", "--receipt-delay", "0"];
    sandbox = spawn(process.execPath, [cliFile, ...words], {
      stdio: ["ignore", "pipe", "ignore"],
      env: cliEnvironment(),
    });
    assert.ok(sandbox.stdout !== null);
    const [line] = (await once(createInterface({ input: sandbox.stdout }), "line")) as [string];
    environment = join(folder, "sandbox.json");
    await writeFile(environment, line);
    control = readSandboxLine(line)?.controlUrl ?? "";
  });
  after(async () => {
    const gone = once(sandbox, "exit");
    sandbox.kill("SIGTERM");
    const [code] = (await gone) as [number | null];
    await rm(folder, { recursive: true, force: true });
    assert.equal(code, 0, "the sandbox ends with its parent's signal");
  });

  const mva = (words: readonly string[]): Promise<CliRun> =>
    runCli(words, { env: { MVA_HOME: join(folder, "state") } });
  const as = (person: string): string[] => ["--environment", environment, "--test-person", person];
  const json = (run: CliRun): SubmissionSummary => JSON.parse(run.stdout) as SubmissionSummary;
  const steer = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${control}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, await answer.text());
  };

  const sentBy = async ({ id }: SubmissionSummary): Promise<{ readonly envelope: string }> => ({
    envelope: await readFile(join(folder, "state", "submissions", id, "sent", "envelope.xml"), "utf8"),
  });

  it("submits, waits, and puts the authority's files where they are wanted", async () => {
    const attachment = join(folder, "økonomi.pdf");
    await writeFile(attachment, "%PDF-1.7 attached");
    const out = join(folder, "out");
    const words = ["submit", sample, ...as(manager), "--attachment", attachment, "--out", out, "--wait"];
    const run = await mva([...words, "--format", "json"]);
    assert.equal(run.code, 0, run.stderr);
    const summary = json(run);
    assert.deepEqual(Object.keys(summary), [
      "id",
      "instanceId",
      "organisationNumber",
      "period",
      "state",
      "step",
      "verdict",
      "files",
      "error",
    ]);
    assert.equal(summary.verdict, "accepted");
    assert.equal(summary.organisationNumber, "314552105");
    assert.equal(summary.period, "mars-april 2026");
    assert.deepEqual(summary.files.map((file) => file.dataType).sort(), [
      "betalingsinformasjon",
      "kvittering",
      "valideringsresultat",
    ]);
    for (const file of summary.files) {
      assert.ok(file.path.startsWith(out));
      assert.ok((await readFile(file.path)).byteLength > 100);
    }
    assert.match(run.stderr, /✓ Attachments: økonomi\.pdf\.\n[^]* {2}Store the attachment økonomi\.pdf: done\n/);
    assert.ok(!`${run.stdout}${run.stderr}`.includes(manager));
    const list = await mva(["submissions", "--format", "json"]);
    assert.deepEqual(JSON.parse(list.stdout), [summary]);
    const again = await mva(["submit", sample, ...as(manager)]);
    assert.equal(again.code, 2, "a change of an earlier return has to be agreed to");
    assert.match(again.stderr, /This one changes it/);
  });

  const verdicts = [
    ["deviating", 0, "acceptedWithDeviations"],
    ["incomplete", 1, "incomplete"],
    ["refused", 1, "refused"],
  ] as const;
  for (const [scenario, code, verdict] of verdicts) {
    it(`ends with ${code} where the return is ${scenario}`, async () => {
      await steer("/scenario", { scenario });
      const run = await mva(["submit", sample, ...as(manager), "--wait", "--yes", "--format", "json"]);
      await steer("/scenario", { scenario: "accepted" });
      assert.equal(run.code, code, run.stderr);
      assert.equal(json(run).verdict, verdict);
    });
  }

  it("ends with 4 while there is no verdict, and looks again on resume", async () => {
    await steer("/scenario", { scenario: "neverAnswered" });
    const run = await mva(["submit", sample, ...as(manager), "--yes", "--format", "json"]);
    await steer("/scenario", { scenario: "accepted" });
    assert.equal(run.code, 4, run.stderr);
    assert.equal(json(run).verdict, "waiting");
    await steer("/answer", {});
    const resumed = await mva(["resume", json(run).id, ...as(manager), "--wait", "--format", "json"]);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(json(resumed).verdict, "accepted");
  });

  it("ends with 3 without the right to sign, and lets somebody else sign", async () => {
    const run = await mva([
      "submit",
      sample,
      ...as(accountant),
      "--yes",
      "--wait",
      "--format",
      "json",
      "--language",
      "nb",
    ]);
    assert.equal(run.code, 3);
    assert.equal(json(run).state, "readyToSign");
    assert.match(json(run).error ?? "", /ikke rett til dette/);
    // The submission knows its sandbox by itself; who acts has to be said.
    const signed = await mva(["resume", json(run).id, "--test-person", manager, "--wait", "--format", "json"]);
    assert.equal(signed.code, 0, signed.stderr);
  });

  it("ends with 5 where the network breaks off, and resumes without a double", async () => {
    await steer("/faults", { call: "submit", kind: "conflictSentence" });
    const run = await mva(["submit", sample, ...as(manager), "--yes", "--wait", "--format", "json"]);
    assert.equal(run.code, 5);
    assert.equal(json(run).state, "readyToSign");
    const resumed = await mva(["resume", json(run).id, ...as(manager), "--wait", "--format", "json"]);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(json(resumed).instanceId, json(run).instanceId);
  });

  it("ends with 5 after Ctrl-C, says what stands where, and goes on later", async () => {
    await steer("/faults", { call: "addData", kind: "timeoutBefore" });
    const words = ["submit", sample, ...as(manager), "--yes", "--wait", "--format", "json"];
    const env = { MVA_HOME: join(folder, "state") };
    const run = await runCli(words, { env, interruptAfter: "Store the envelope: done" });
    // It may have come before the call that would have waited for ever.
    await fetch(`${control}/faults`, { method: "DELETE" });
    assert.equal(run.code, 5, run.stderr);
    assert.equal(run.signal, null);
    assert.match(json(run).error ?? "", /^Cancelled\. Altinn holds a draft .* with 0 of 1 files; nothing is submitted/);
    const abandoned = await mva(["abandon", json(run).id, ...as(manager), "--yes", "--format", "json"]);
    assert.equal(json(abandoned).state, "abandoned", abandoned.stderr);
  });

  it("submits nothing on resume that was to be filled in only, before it is", async () => {
    await steer("/faults", { call: "completeFillingIn", kind: "conflictSentence" });
    const broken = await mva(["submit", sample, ...as(manager), "--yes", "--fill-in-only", "--format", "json"]);
    assert.equal(broken.code, 5, broken.stderr);
    assert.equal(json(broken).state, "open");
    const filledIn = await mva(["resume", json(broken).id, ...as(manager), "--wait", "--format", "json"]);
    assert.equal(filledIn.code, 4, filledIn.stderr);
    assert.equal(json(filledIn).state, "readyToSign");
    const signed = await mva(["resume", json(broken).id, ...as(manager), "--wait", "--format", "json"]);
    assert.equal(signed.code, 0, signed.stderr);
  });

  it("places what the app refuses in the return or the envelope", async () => {
    await steer("/faults", { call: "completeFillingIn", kind: "conflictSentence" });
    const broken = await mva(["submit", sample, ...as(manager), "--yes", "--format", "json"]);
    assert.equal(broken.code, 5);
    assert.match(broken.stderr, /sent[/\\]envelope\.xml:1?[0-9]:[0-9]+ files-differ The app refuses the submission: /);
    await steer("/faults", { call: "completeFillingIn", kind: "conflictValidationResult" });
    const refused = await mva(["resume", json(broken).id, ...as(manager), "--language", "nb", "--format", "json"]);
    assert.equal(refused.code, 1, refused.stderr);
    assert.match(refused.stderr, /clean-general\.xml:[0-9]+:[0-9]+ R126 Sandkassen er bedt om dette utfallet/);
    await mva(["abandon", json(broken).id, ...as(manager), "--yes"]);
  });

  it("goes on with a draft that this machine does not know, or deletes it", async () => {
    const elsewhere = (words: readonly string[]): Promise<CliRun> =>
      runCli(words, { env: { MVA_HOME: join(folder, "elsewhere") } });
    const fillIn = ["submit", sample, ...as(manager), "--yes", "--fill-in-only", "--format", "json"];
    const [first, second] = [json(await elsewhere(fillIn)), json(await elsewhere(fillIn))];
    const list = ["adopt", "--organisation", "314552105", ...as(manager)];
    const listed = await mva([...list, "--format", "json"]);
    assert.equal(listed.code, 0, listed.stderr);
    const ids = (JSON.parse(listed.stdout) as { id: string; period: string }[]).map(({ id, period }) => [id, period]);
    assert.deepEqual(ids.sort(), [first, second].map((one) => [one.instanceId, one.period]).sort());
    const inWords = await mva([...list, "--language", "nb"]);
    assert.match(inWords.stdout, /mars-april 2026, alminnelig {2}fylt ut, ikke sendt inn/);
    const adopted = await mva(["adopt", first.instanceId ?? "", ...as(manager), "--format", "json"]);
    assert.equal(adopted.code, 0, adopted.stderr);
    assert.equal(json(adopted).state, "readyToSign");
    const again = await mva(["adopt", first.instanceId ?? "", ...as(manager)]);
    assert.equal(again.code, 2, "it is known by now");
    const resumed = await mva(["resume", json(adopted).id, ...as(manager), "--wait", "--format", "json"]);
    assert.equal(json(resumed).verdict, "accepted", resumed.stderr);
    const remove = ["adopt", second.instanceId ?? "", "--delete", ...as(manager)];
    assert.equal((await mva(remove)).code, 2, "it is asked for first");
    assert.equal((await mva([...remove, "--yes"])).code, 0);
    assert.deepEqual(JSON.parse((await mva([...list, "--format", "json"])).stdout), []);
    for (const words of [["adopt"], ["adopt", "x"], ["adopt", "--organisation", "12"]]) {
      assert.equal((await mva(words)).code, 2);
    }
  });

  it("lets the user say which draft belongs to a submission whose creation got no answer", async () => {
    await steer("/faults", { call: "createInstance", kind: "resetAfter", count: 2 });
    await steer("/faults", { call: "openInstances", kind: "conflictSentence", count: 2 });
    const submit = ["submit", sample, ...as(manager), "--yes", "--format", "json"];
    const elsewhere = (words: readonly string[]): Promise<CliRun> =>
      runCli(words, { env: { MVA_HOME: join(folder, "elsewhere") } });
    const [one, other] = [json(await mva(submit)), json(await elsewhere(submit))];
    const confused = await mva(["resume", one.id, ...as(manager), "--format", "json"]);
    assert.equal(confused.code, 5);
    const instances = (json(confused).error ?? "").match(/[0-9]+\/[0-9a-f-]{36}/g) ?? [];
    assert.equal(instances.length, 2, confused.stderr);
    const [chosen = ""] = instances;
    const settled = await mva(["adopt", chosen, "--for", one.id, ...as(manager), "--format", "json"]);
    assert.equal(settled.code, 0, settled.stderr);
    const resumed = await mva(["resume", one.id, ...as(manager), "--wait", "--format", "json"]);
    assert.equal(json(resumed).verdict, "accepted", resumed.stderr);
    assert.equal(json(resumed).instanceId, chosen);
    const rest = await elsewhere(["resume", other.id, ...as(manager), "--wait", "--format", "json"]);
    assert.equal(json(rest).instanceId, instances[1], "only one is left to be its own");
  });

  it("abandons a draft after --yes, and not without", async () => {
    const run = await mva(["submit", sample, ...as(manager), "--yes", "--fill-in-only", "--format", "json"]);
    assert.equal(run.code, 4, run.stderr);
    const { id } = json(run);
    const asked = await mva(["abandon", id, ...as(manager)]);
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /--yes/);
    const abandoned = await mva(["abandon", id, ...as(manager), "--yes", "--format", "json"]);
    assert.equal(abandoned.code, 0, abandoned.stderr);
    assert.equal(json(abandoned).state, "abandoned");
  });

  it("ends with 2 before anything is sent where the checklist stops it", async () => {
    const broken = join(folder, "broken.xml");
    await writeFile(broken, (await readFile(sample, "utf8")).replace("<aar>2026</aar>", "<aar>x</aar>"));
    const csv = join(folder, "list.csv");
    await writeFile(csv, "a;b");
    for (const words of [[broken], [sample, "--attachment", csv], [sample, "--envelope", sample], ["missing.xml"]]) {
      const run = await mva(["submit", ...words, ...as(manager), "--yes"]);
      assert.equal(run.code, 2, run.stderr);
    }
    const missing = await mva(["resume", "20990101", ...as(manager)]);
    assert.equal(missing.code, 2);
  });

  it("takes an envelope of the user's own in any encoding, once its schema has nothing against it", async () => {
    const { envelope } = await sentBy(
      json(await mva(["submit", sample, ...as(manager), "--yes", "--fill-in-only", "--format", "json"])),
    );
    const own = join(folder, "own.xml");
    const latin = envelope
      .replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
      .replaceAll(/<opprettetAv>[^<]*</g, "<opprettetAv>Åse Ødegård<");
    await writeFile(own, latin, "latin1");
    const run = await mva(["submit", sample, ...as(manager), "--yes", "--envelope", own, "--wait", "--format", "json"]);
    assert.equal(run.code, 0, run.stderr);
    const sent = await sentBy(json(run));
    assert.match(sent.envelope, /^<\?xml version="1.0" encoding="UTF-8"\?>[^]*<opprettetAv>Åse Ødegård</);
    assert.equal(json(run).error, null, "the envelope that Altinn holds is the one that was sent");
    await writeFile(own, envelope.replace("<innsendingstype>komplett<", "<innsendingstype>halv<"));
    const refused = await mva(["submit", sample, ...as(manager), "--yes", "--envelope", own]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /✗ .*halv/);
  });

  it("knows an environment of the user's own by its name, for resuming too", async () => {
    const line = JSON.parse(await readFile(environment, "utf8")) as Record<string, string>;
    await mkdir(join(folder, "state", "environments"), { recursive: true });
    const own = {
      name: "mine",
      issuer: line["issuer"],
      clientId: (line["clients"] as unknown as { clientId: string }[])[0]?.clientId,
      redirectUris: ["http://127.0.0.1:0/callback"],
      validationUrl: line["validationUrl"],
      altinnPlatformUrl: line["altinnPlatformUrl"],
      altinnAppUrl: line["altinnAppUrl"],
    };
    await writeFile(join(folder, "state", "environments", "mine.json"), JSON.stringify(own));
    const words = ["submit", sample, "--environment", "mine", "--test-person", manager, "--yes", "--fill-in-only"];
    const run = await mva([...words, "--format", "json"]);
    assert.equal(run.code, 4, run.stderr);
    const resumed = await mva(["resume", json(run).id, "--test-person", manager, "--wait", "--format", "json"]);
    assert.equal(json(resumed).verdict, "accepted", resumed.stderr);
    const unknown = await mva(["submit", sample, "--environment", "nobody", "--yes"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /environments/);
  });

  it("refuses production", async () => {
    const own = join(folder, "production.json");
    const line = JSON.parse(await readFile(environment, "utf8")) as Record<string, unknown>;
    await writeFile(own, JSON.stringify({ ...line, altinnAppUrl: "https://skd.apps.altinn.no/skd/x" }));
    const run = await mva(["submit", sample, "--environment", own, "--test-person", manager, "--yes"]);
    assert.equal(run.code, 2);
    assert.match(run.stderr, /production|refused|altinn\.no/i);
  });

  it("asks Skatteetaten too, and merges what both find", async () => {
    const remote = ["--remote", ...as(manager)];
    const good = await validateJson([sample, ...remote]);
    assert.equal(good.code, 0, good.stderr);
    await steer("/settings", { validationOutcome: "refused" });
    const refused = await validateJson([sample, ...remote]);
    await steer("/settings", { validationOutcome: "rules" });
    assert.equal(refused.code, 1, refused.stderr);
    const [document] = refused.documents;
    assert.equal(document?.verdict, "invalid");
    assert.ok(document.findings.some((finding) => finding.source === "skatteetaten"));
    await steer("/faults", { call: "validateReturn", kind: "forbidden" });
    const forbidden = await runCli(["validate", sample, "--remote", ...as(nobody)]);
    assert.equal(forbidden.code, 3, forbidden.stderr);
  });

  it("explains each command in both languages", async () => {
    for (const name of [...submissionCommandNames, "sandbox"]) {
      const english = await runCli(["help", name]);
      const norwegian = await runCli(["help", name, "--language", "nb"]);
      assert.equal(english.code, 0);
      assert.match(english.stdout, new RegExp(`^mva ${name}: [^]*Usage:`));
      assert.match(norwegian.stdout, new RegExp(`^mva ${name}: [^]*Bruk:`));
    }
  });
});
