import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeEditors,
  diagnosticsOf,
  diagnosticsUntil,
  hasRule,
  none,
  replace,
  ruleOf,
  rulesOf,
  sample,
  setSetting,
  showFile,
  showUntitled,
  today,
} from "./support.ts";

const wrongSum = sample("mistake-wrong-sum.xml");
const clean = sample("clean-general.xml");

describe("validating an open VAT return", () => {
  before(() => setSetting("rules.today", today));
  after(() => setSetting("rules.today", undefined));
  afterEach(async () => {
    await setSetting("validation.run", undefined);
    await closeEditors();
  });

  it("underlines the value, names the rule with its page, and shows the lines that are summed", async () => {
    const document = await showFile("sum.xml", wrongSum);
    const { uri } = document;
    const diagnostics = await diagnosticsUntil(uri, hasRule("R018"));
    const diagnostic = diagnostics.find((each) => ruleOf(each) === "R018");
    assert.ok(diagnostic, "there is a diagnostic for R018");
    assert.equal(document.getText(diagnostic.range), "68600");
    assert.equal(diagnostic.source, "mva-melding");
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    assert.ok(typeof diagnostic.code === "object", "the code has a link");
    const page = await vscode.workspace.fs.readFile(diagnostic.code.target);
    assert.match(Buffer.from(page).toString("utf8"), /^# R018/);
    const related = diagnostic.relatedInformation ?? [];
    assert.deepEqual(
      related.map(({ location }) => document.getText(location.range)),
      ["120000", "-52000"],
    );
    for (const { location } of related) assert.equal(location.uri.toString(), uri.toString());
  });

  it("finds nothing in a clean return", async () => {
    const { document } = await showUntitled(clean);
    await vscode.commands.executeCommand("mvaMelding.validate");
    assert.deepEqual(rulesOf(document.uri), []);
  });

  for (const language of ["xml", "plaintext", "json"]) {
    it(`follows what is typed into an untitled document of language ${language}`, async () => {
      const { document } = await showUntitled(wrongSum, language);
      await diagnosticsUntil(document.uri, hasRule("R018"));
      await replace(document, "68600", "68000");
      await diagnosticsUntil(document.uri, none);
      await replace(document, "68000", "1");
      await diagnosticsUntil(document.uri, hasRule("R018"));
    });
  }

  it("withdraws its diagnostics when the document is closed", async () => {
    const { uri } = await showFile("closed.xml", wrongSum);
    await diagnosticsUntil(uri, hasRule("R018"));
    await closeEditors();
    await diagnosticsUntil(uri, none);
  });

  it("withdraws its diagnostics when the document stops being a return", async () => {
    const { document } = await showUntitled("<mvaMeldingDto/>");
    await diagnosticsUntil(document.uri, (diagnostics) => diagnostics.length > 0);
    await replace(document, "mvaMeldingDto", "project");
    await diagnosticsUntil(document.uri, none);
  });

  it("keeps judging a return whose tags are broken at the moment", async () => {
    const { document } = await showUntitled(wrongSum);
    await diagnosticsUntil(document.uri, hasRule("R018"));
    await replace(document, "</mvaSpesifikasjonslinje>", "</mvaSpesifikasjonslin");
    await diagnosticsUntil(document.uri, hasRule("R001"));
  });

  it("leaves other XML alone", async () => {
    const other = await showFile("other.xml", "<project><a></project>");
    const document = await showFile("return.xml", wrongSum);
    await diagnosticsUntil(document.uri, hasRule("R018"));
    assert.deepEqual(diagnosticsOf(other.uri), []);
  });

  it("judges on save alone where the settings say so", async () => {
    await setSetting("validation.run", "onSave");
    const document = await showFile("saved.xml", clean);
    const { uri } = document;
    const sum = /<fastsattMerverdiavgift>(-?\d+)</.exec(clean)?.[0] ?? "";
    await replace(document, sum, "<fastsattMerverdiavgift>1<");
    // A second return that is judged on open tells that time enough has passed for the first.
    const second = await showUntitled(wrongSum);
    await diagnosticsUntil(second.document.uri, hasRule("R018"));
    assert.deepEqual(rulesOf(uri), []);
    await document.save();
    await diagnosticsUntil(uri, hasRule("R018"));
  });

  it("judges nothing by itself where the settings say manual", async () => {
    await setSetting("validation.run", "manual");
    const { document } = await showUntitled(wrongSum);
    await replace(document, "68600", "68601");
    assert.deepEqual(rulesOf(document.uri), []);
    await vscode.commands.executeCommand("mvaMelding.validate");
    assert.ok(rulesOf(document.uri).includes("R018"), "the command judges");
  });

  it("judges anew when a setting changes", async () => {
    const document = await showFile("tolerance.xml", wrongSum.replace("120000", "120001"));
    const diagnostics = await diagnosticsUntil(document.uri, hasRule("R018"));
    assert.ok(!hasRule("R019")(diagnostics), "one krone is within the tolerance");
    await setSetting("rules.tolerance", "strict");
    await diagnosticsUntil(document.uri, hasRule("R019"));
    await setSetting("rules.tolerance", undefined);
    await diagnosticsUntil(document.uri, (all) => !hasRule("R019")(all));
  });

  it("takes the day that the compensation rules of 2026 hold from out of the settings", async () => {
    await setSetting("rules.today", "2026-04-15");
    const { uri } = await showFile("claim.xml", sample("clean-compensation.xml"));
    await diagnosticsUntil(uri, hasRule("R135"));
    await setSetting("rules.compensationRulesOf2026From", "2026-07-01");
    await diagnosticsUntil(uri, (all) => hasRule("R089")(all) && !hasRule("R135")(all));
    await setSetting("rules.compensationRulesOf2026From", undefined);
    await diagnosticsUntil(uri, hasRule("R135"));
    await setSetting("rules.today", today);
  });

  it("lists a bounded number of diagnostics and says how many more there are", async () => {
    const line = /\s*<mvaSpesifikasjonslinje>[\s\S]*?<\/mvaSpesifikasjonslinje>/.exec(wrongSum)?.[0] ?? "";
    const bad = line.replace(/<mvaKode>[^<]*/, "<mvaKode>nothing");
    const { document } = await showUntitled(wrongSum.replace(line, bad.repeat(1500)));
    const diagnostics = await diagnosticsUntil(document.uri, (all) => all.length > 0);
    assert.equal(diagnostics.length, 1001);
    const last = diagnostics.find(({ range }) => range.start.line === 0);
    assert.equal(last?.severity, vscode.DiagnosticSeverity.Information);
    assert.match(last.message, /\d{3,} more/);
  });
});
