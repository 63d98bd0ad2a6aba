import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";

type Strings = Readonly<Record<string, string>>;

function readStrings(file: string): Strings {
  return JSON.parse(readFileSync(file, "utf8")) as Strings;
}

/** Our own `t` takes the strings that VS Code's `l10n.t` would; the search for strings knows that one alone. */
function asKnownCalls(source: string): string {
  if (!/import \{ t \} from "[./]+\/l10n\.ts"/.test(source)) return source;
  const imported = source.includes("import * as vscode") ? "" : `import * as vscode from "vscode";\n`;
  return `${imported}${source.replace(/(?<![\w.])t\(/g, "vscode.l10n.t(")}`;
}

/** `{0}`, `{1}` … that a string holds, sorted. */
function placeholders(text: string): string[] {
  return (text.match(/\{\d+\}/g) ?? []).sort();
}

describe("the extension's strings in bokmål", () => {
  const bundle = readStrings("l10n/bundle.l10n.nb.json");
  let inCode: string[] = [];

  before(async () => {
    const sources = readdirSync("src/extension", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => ({
        extension: ".ts" as const,
        contents: asKnownCalls(readFileSync(join("src/extension", file), "utf8")),
      }));
    inCode = Object.keys(await getL10nJson(sources));
    assert.ok(inCode.length > 20, "the strings of the source code were found");
  });

  it("are there for every string of the code, and for no other", () => {
    assert.deepEqual(Object.keys(bundle).sort(), [...inCode].sort());
  });

  it("take the same arguments", () => {
    for (const [english, norwegian] of Object.entries(bundle)) {
      assert.deepEqual(placeholders(norwegian), placeholders(english), english);
    }
  });

  it("are there for every string of the manifest, and for no other", () => {
    const english = readStrings("package.nls.json");
    const norwegian = readStrings("package.nls.nb.json");
    const manifest = readFileSync("package.json", "utf8");
    const used = [...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]);
    assert.deepEqual(Object.keys(norwegian).sort(), Object.keys(english).sort());
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
  });

  it("say something in each language", () => {
    for (const file of ["package.nls.json", "package.nls.nb.json", "l10n/bundle.l10n.nb.json"]) {
      for (const [key, text] of Object.entries(readStrings(file))) assert.notEqual(text.trim(), "", `${file}: ${key}`);
    }
  });
});
