import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Language } from "../vatReturn/text.ts";
import { languageOfEditor, messageLanguage } from "./settings.ts";

/** VS Code loads translations for its own language alone; ours are read when the setting asks for another one. */
let bokmaal: Readonly<Record<string, string>> | null = null;

/**
 * The string in the language of `mvaMelding.language`. There is no language pack for Norwegian: without this, bokmål
 * would be there for nobody.
 */
export function t(message: string, ...args: (string | number | boolean)[]): string {
  const language = messageLanguage();
  if (language === languageOfEditor()) return vscode.l10n.t(message, ...args);
  const text = translations(language)[message] ?? message;
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

function translations(language: Language): Readonly<Record<string, string>> {
  if (language === "en") return {};
  bokmaal ??= JSON.parse(readFileSync(join(__dirname, "..", "l10n", "bundle.l10n.nb.json"), "utf8")) as Readonly<
    Record<string, string>
  >;
  return bokmaal;
}
