import * as vscode from "vscode";
import { defaultOptions, type ValidationOptions } from "../validation/options.ts";
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
  const today = read(resource, "rules.today");
  const day = typeof today === "string" && isCalendarDate(today) ? today : todayInNorway(new Date());
  const tolerance = read(resource, "rules.tolerance") === "strict" ? "strict" : "faq";
  return { ...defaultOptions(day), tolerance };
}

/** Bokmål for every Norwegian language that VS Code can be shown in, else English. */
export function messageLanguage(): Language {
  return /^(?:nb|no|nn)\b/i.test(vscode.env.language) ? "nb" : "en";
}

function read(resource: vscode.Uri, name: string): unknown {
  return vscode.workspace.getConfiguration(settingsSection, resource).get<unknown>(name);
}

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function todayInNorway(now: Date): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: "Europe/Oslo",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}
