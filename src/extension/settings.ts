import * as vscode from "vscode";
import { defaultOptions, readMaximumBasis, type ValidationOptions } from "../validation/options.ts";
import { dateInOslo, isCalendarDate } from "../vatReturn/calendar.ts";
import type { Language } from "../vatReturn/text.ts";
import type { SeverityOverrides } from "./worker/protocol.ts";

/** When open documents are judged without being asked for. */
export type ValidationRun = "onType" | "onSave" | "manual";

export const settingsSection = "mvaMelding";

/** What a person or a settings file wrote is checked here: anything unknown counts as the default. */
export function validationRun(resource: vscode.Uri): ValidationRun {
  const value = read(resource, "validation.run");
  return value === "onSave" || value === "manual" ? value : "onType";
}

/** What the settings say of the things that a return alone does not tell; the core's defaults for the rest. */
export function readOptions(resource: vscode.Uri): ValidationOptions {
  const today = calendarDate(read(resource, "rules.today"));
  const defaults = defaultOptions(today ?? dateInOslo(new Date()));
  const basis = read(resource, "rules.maximumBasis");
  return {
    ...defaults,
    tolerance: read(resource, "rules.tolerance") === "strict" ? "strict" : defaults.tolerance,
    firstSubmission: yesOrNo(read(resource, "rules.firstSubmission"), defaults.firstSubmission),
    changeOfEarlierReturn: yesOrNo(read(resource, "rules.changeOfEarlierReturn"), defaults.changeOfEarlierReturn),
    maximumBasis: typeof basis === "string" ? readMaximumBasis(basis) : defaults.maximumBasis,
    deadlines: deadlines(read(resource, "rules.deadlines")),
    ...compensationRules(calendarDate(read(resource, "rules.compensationRulesOf2026From"))),
  };
}

/** Without a day of its own the core's holds. */
function compensationRules(day: string | null): Pick<ValidationOptions, "compensationRulesOf2026From"> {
  return day === null ? {} : { compensationRulesOf2026From: day };
}

function yesOrNo(value: unknown, otherwise: boolean | null): boolean | null {
  if (value === "unknown") return null;
  return value === "yes" ? true : value === "no" ? false : otherwise;
}

function deadlines(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  const days = Object.entries(value).flatMap(([periodEnd, deadline]: [string, unknown]) => {
    const [end, day] = [calendarDate(periodEnd), calendarDate(deadline)];
    return end === null || day === null ? [] : [[end, day] as const];
  });
  return Object.fromEntries(days);
}

/** The language of findings and of our own words: the one that the setting names, or that of VS Code. */
export function messageLanguage(): Language {
  const value = vscode.workspace.getConfiguration(settingsSection).get<unknown>("language");
  return value === "en" || value === "nb" ? value : languageOfEditor();
}

/** Bokmål for every Norwegian language that VS Code can be shown in, else English. */
export function languageOfEditor(): Language {
  return /^(?:nb|no|nn)\b/i.test(vscode.env.language) ? "nb" : "en";
}

/** How findings are shown, by rule number or by a hint's code; what is no severity counts as not there. */
export function readSeverities(resource: vscode.Uri): SeverityOverrides {
  const value = read(resource, "rules.severity");
  if (typeof value !== "object" || value === null) return {};
  const found = Object.entries(value).flatMap(([rule, severity]: [string, unknown]) =>
    severity === "error" || severity === "warning" || severity === "information" || severity === "off"
      ? [[rule, severity] as const]
      : [],
  );
  return Object.fromEntries(found);
}

/** The path that the settings name for a file of taxpayer facts; null where they name none. */
export function factsPath(resource: vscode.Uri): string | null {
  const value = read(resource, "taxpayerFacts");
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function read(resource: vscode.Uri, name: string): unknown {
  return vscode.workspace.getConfiguration(settingsSection, resource).get<unknown>(name);
}

function calendarDate(value: unknown): string | null {
  return typeof value === "string" && isCalendarDate(value) ? value : null;
}
