import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeEditors,
  diagnosticsUntil,
  hasRule,
  none,
  ruleOf,
  rulesOf,
  sample,
  setSetting,
  showFile,
  showUntitled,
  today,
  workspaceFolder,
  writeFile,
} from "./support.ts";

const wrongSum = sample("mistake-wrong-sum.xml");
const clean = sample("clean-general.xml");

/** Where `|` stands in a text, and the text without it. */
function withCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf("|");
  assert.ok(offset >= 0, "the text has a cursor");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

async function actionsAt(document: vscode.TextDocument, offset: number, kind?: string): Promise<vscode.CodeAction[]> {
  const position = document.positionAt(offset);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(position, position),
    kind,
  );
}

async function apply(action: vscode.CodeAction): Promise<void> {
  assert.ok(action.edit !== undefined, "the action has an edit");
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

function titled(actions: readonly vscode.CodeAction[], title: RegExp): vscode.CodeAction {
  const action = actions.find((each) => title.test(each.title));
  assert.ok(action, `${String(title)} is among: ${actions.map((each) => each.title).join(" | ")}`);
  return action;
}

describe("quick fixes", () => {
  before(() => setSetting("rules.today", today));
  after(() => setSetting("rules.today", undefined));
  afterEach(async () => {
    await setSetting("language", undefined);
    await setSetting("rules.severity", undefined);
    await closeEditors();
  });

  it("set the total to the sum: preferred, and the squiggle is gone", async () => {
    const { text, offset } = withCursor(wrongSum.replace(">68600<", ">68|600<"));
    const document = await showFile("fix-sum.xml", text);
    await diagnosticsUntil(document.uri, hasRule("R018"));
    const fix = titled(await actionsAt(document, offset), /^Set <fastsattMerverdiavgift> to 68000$/);
    assert.equal(fix.isPreferred, true);
    await apply(fix);
    await diagnosticsUntil(document.uri, none);
    assert.equal(document.getText(), text.replace("68600", "68000"));
  });

  it("add the line that is missing, unpreferred, and select the basis that is a guess", async () => {
    const text = sample("mistake-missing-counterpart.xml");
    const document = await showFile("fix-counterpart.xml", text);
    await diagnosticsUntil(document.uri, hasRule("R028"));
    const fix = titled(
      await actionsAt(document, text.indexOf(">81<") + 1),
      /^Add the line with VAT calculated on code 81$/,
    );
    assert.notEqual(fix.isPreferred, true);
    await apply(fix);
    assert.ok(fix.command, "what is left for the author gets the caret");
    const given: readonly unknown[] = fix.command.arguments ?? [];
    await vscode.commands.executeCommand(fix.command.command, ...given);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    assert.equal(document.getText(editor.selection), "40000");
    await diagnosticsUntil(document.uri, (all) => !hasRule("R028")(all));
  });

  it("are there in an untitled document", async () => {
    const untitled = (await showUntitled(wrongSum)).document;
    await diagnosticsUntil(untitled.uri, hasRule("R018"));
    titled(await actionsAt(untitled, wrongSum.indexOf("68600")), /^Set </);
  });

  it("offer nothing where nothing is wrong", async () => {
    const document = await showFile("fix-none.xml", wrongSum);
    await diagnosticsUntil(document.uri, hasRule("R018"));
    assert.deepEqual(await actionsAt(document, 0), []);
  });

  it("mend all findings of a kind at once", async () => {
    const text = clean.replaceAll(/<merverdiavgift>(-?\d+)</g, "<merverdiavgift>$1,5<");
    const document = await showFile("fix-all.xml", text);
    await diagnosticsUntil(document.uri, hasRule("R001"));
    const fix = titled(await actionsAt(document, text.indexOf(",5<")), /^Fix all \d+ values of the wrong kind/);
    await apply(fix);
    await diagnosticsUntil(document.uri, (all) => !hasRule("R001")(all));
  });

  it("mend on save what is only written wrong", async () => {
    const text = clean.replace("<meldingskategori>alminnelig", "<meldingskategori>Alminnelig");
    const document = await showFile("fix-source.xml", text);
    await diagnosticsUntil(document.uri, hasRule("R001"));
    const [action] = await actionsAt(document, 0, "source.fixAll.mvaMelding");
    assert.ok(action);
    await apply(action);
    assert.equal(document.getText(), clean);
  });

  it("speak bokmål where the settings say so, as findings do", async () => {
    await setSetting("language", "nb");
    const document = await showFile("fix-nb.xml", wrongSum);
    const [diagnostic] = await diagnosticsUntil(document.uri, hasRule("R018"));
    assert.match(diagnostic?.message ?? "", /Linjene blir til sammen/);
    const actions = await actionsAt(document, wrongSum.indexOf("68600"));
    titled(actions, /^Sett <fastsattMerverdiavgift> til 68000$/);
    titled(actions, /^Forklar R018$/);
  });
});

describe("what the settings say of a rule's findings", () => {
  before(() => setSetting("rules.today", today));
  after(() => setSetting("rules.today", undefined));
  afterEach(async () => {
    await setSetting("rules.severity", undefined);
    await closeEditors();
  });

  it("changes how they are shown", async () => {
    const { uri } = await showFile("severity.xml", wrongSum);
    await diagnosticsUntil(uri, hasRule("R018"));
    await setSetting("rules.severity", { R018: "information" });
    await diagnosticsUntil(uri, (all) =>
      all.some((each) => ruleOf(each) === "R018" && each.severity === vscode.DiagnosticSeverity.Information),
    );
    await setSetting("rules.severity", { R018: "off" });
    await diagnosticsUntil(uri, none);
  });
});

describe("explaining a rule", () => {
  before(() => setSetting("rules.today", today));
  after(() => setSetting("rules.today", undefined));
  afterEach(closeEditors);

  it("puts the numbers of the finding in", async () => {
    const document = await showFile("explain.xml", wrongSum);
    await diagnosticsUntil(document.uri, hasRule("R018"));
    const action = titled(await actionsAt(document, wrongSum.indexOf("68600")), /^Explain R018$/);
    assert.ok(action.command);
    const uri = await vscode.commands.executeCommand<vscode.Uri>(
      action.command.command,
      ...((action.command.arguments ?? []) as unknown[]),
    );
    const page = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(page, /^# R018/);
    assert.match(page, /68\s?000/);
    assert.match(page, /68\s?600/);
    assert.match(page, /https:\/\/skatteetaten/);
  });
});

describe("taxpayer facts in the workspace", () => {
  before(() => setSetting("rules.today", today));
  after(() => setSetting("rules.today", undefined));
  afterEach(async () => {
    for (const name of ["mva-facts.json", "own.mva-facts.json", "second.mva-facts.json"]) {
      const uri = vscode.Uri.joinPath(workspaceFolder(), name);
      await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
    }
    await closeEditors();
  });

  it("decide register rules as soon as they are there, and no longer when they are gone", async () => {
    const organisationNumber = /<organisasjonsnummer>(\d+)</.exec(clean)?.[1] ?? "";
    const { uri } = await showFile("facts.xml", clean);
    await vscode.commands.executeCommand("mvaMelding.validate");
    assert.deepEqual(rulesOf(uri), []);
    const facts = { organisations: [{ organisationNumber, vatRegistrations: [] }] };
    const file = await writeFile("mva-facts.json", JSON.stringify(facts));
    await diagnosticsUntil(uri, (all) => all.length > 0);
    await vscode.workspace.fs.delete(file);
    await diagnosticsUntil(uri, none);
  });

  it("show their own problems where they stand, and hold up nothing", async () => {
    const content = '{ "organisations": [ { "organisationNumber": "12" } ] }';
    const file = await writeFile("own.mva-facts.json", content);
    const document = await vscode.workspace.openTextDocument(file);
    const [problem] = await diagnosticsUntil(file, (all) => all.length > 0);
    assert.equal(document.getText(problem?.range), '"12"');
    const { uri } = await showFile("facts-broken.xml", wrongSum);
    await diagnosticsUntil(uri, hasRule("R018"));
  });

  it("say in the second file about an organisation which file counts", async () => {
    const content = '{ "organisations": [ { "organisationNumber": "999999999" } ] }';
    const counts = await writeFile("mva-facts.json", content);
    const overruled = await writeFile("second.mva-facts.json", content);
    const document = await vscode.workspace.openTextDocument(overruled);
    const [problem] = await diagnosticsUntil(overruled, (all) => all.length > 0);
    assert.ok(problem);
    assert.equal(document.getText(problem.range), '"999999999"');
    assert.match(problem.message, /^mva-facts\.json /);
    assert.equal(problem.relatedInformation?.[0]?.location.uri.toString(), counts.toString());
    assert.deepEqual(vscode.languages.getDiagnostics(counts), []);
    await vscode.workspace.fs.delete(counts);
    await diagnosticsUntil(overruled, none);
  });
});

describe("hovers and completions", () => {
  afterEach(closeEditors);

  it("say what a code means", async () => {
    const document = await showFile("hover.xml", clean);
    const position = document.positionAt(clean.indexOf("<mvaKode>3<") + "<mvaKode>".length);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      position,
    );
    const text = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join();
    assert.match(text, /standard rate: 25 %/);
  });

  it("offer the codes of the return's category and the elements that can come next", async () => {
    const { text, offset } = withCursor(clean.replace("<mvaKode>3<", "<mvaKode>|<"));
    const document = await showFile("complete.xml", text);
    const values = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      document.positionAt(offset),
    );
    const labels = values.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("3") && labels.includes("86"), labels.join());
  });
});
