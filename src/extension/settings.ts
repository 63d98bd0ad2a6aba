import * as vscode from "vscode";
import { defaultOptions, type ValidationOptions } from "../validation/options.ts";
import { dateInOslo, isCalendarDate } from "../vatReturn/calendar.ts";
import { parseDecimal } from "../vatReturn/decimal.ts";
import type { Language } from "../vatReturn/text.ts";

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
    maximumBasis: typeof basis === "string" ? parseDecimal(basis) : defaults.maximumBasis,
    deadlines: deadlines(read(resource, "rules.deadlines")),
  };
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

/** Bokmål for every Norwegian language that VS Code can be shown in, else English. */
export function messageLanguage(): Language {
  return /^(?:nb|no|nn)\b/i.test(vscode.env.language) ? "nb" : "en";
}

function read(resource: vscode.Uri, name: string): unknown {
  return vscode.workspace.getConfiguration(settingsSection, resource).get<unknown>(name);
}

function calendarDate(value: unknown): string | null {
  return typeof value === "string" && isCalendarDate(value) ? value : null;
}
