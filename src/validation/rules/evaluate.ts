import { pathOf } from "../../vatReturn/navigate.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { VatReturn } from "../../vatReturn/vatReturn.ts";
import type { Finding, OfficialSeverity, Severity } from "../finding.ts";
import { byPosition } from "../findingOrder.ts";
import type { ValidationOptions } from "../options.ts";
import type { OpenReason } from "../result.ts";
import { assumptionsOf, takenForGranted } from "./assumptions.ts";
import { CheckedReturn } from "./checkedReturn.ts";
import { hints } from "./hints.ts";
import { rules } from "./index.ts";
import type { Assumption, Check, CheckedCategory, Hint, Outcome, Rule, Violation } from "./rule.ts";
import { everyCategory } from "./rule.ts";
import { rangeOf } from "./wording.ts";

/** What the rules say of one return. */
export interface RuleResult {
  /** Sorted by position, then by rule. */
  readonly findings: Finding[];
  /**
   * Every rule of the return's category that was not decided, in order. R001 never stands here: the schema decides
   * it. Where the category can't be read, all rules that could not be decided without it.
   */
  readonly notEvaluated: string[];
  /** Why, for each of them. */
  readonly notEvaluatedBecause: Record<string, OpenReason>;
  /** What was taken for granted, where it mattered. */
  readonly assumptions: readonly Text[];
}

type Profile = CheckedCategory | "unknown";

interface Selection {
  readonly rules: readonly Rule[];
  readonly hints: readonly Hint[];
  /** Rules that might apply, but can't be asked without a category. */
  readonly unasked: readonly string[];
}

const selections = new Map<Profile, Selection>();

/**
 * Checks a return by all published rules but R001 (the schema). Pure: the same return and options give the same
 * result, and nothing else is read. Never throws, also not on a return that the schema refuses.
 */
export function evaluateRules(vatReturn: VatReturn, options: ValidationOptions): RuleResult {
  const checked = new CheckedReturn(vatReturn, options);
  const selection = selectionFor(profileOf(checked));
  const findings: Finding[] = [];
  const open: Record<string, OpenReason> = {};
  for (const rule of selection.unasked) open[rule] = "unreadable";
  const assumed = new Map<Assumption, Set<string>>();
  for (const rule of selection.rules) {
    const reason = run(rule, checked, {
      report: (violation, line) => findings.push(ruleFinding(rule, violation, line)),
      assume: (assumption) => assumed.set(assumption, (assumed.get(assumption) ?? new Set()).add(rule.number)),
    });
    if (reason !== null) open[rule.number] = reason;
  }
  for (const hint of selection.hints) {
    run(hint, checked, { report: (violation, line) => findings.push(hintFinding(hint, violation, line)) });
  }
  findings.sort(byPosition);
  return {
    findings,
    notEvaluated: Object.keys(open).sort(),
    notEvaluatedBecause: open,
    assumptions: assumptionsOf(checked, assumed),
  };
}

interface Listener {
  readonly report: (violation: Violation, line: number | null) => unknown;
  readonly assume?: (assumption: Assumption) => unknown;
}

/** @returns why something that the check asks could not be decided; null where everything could. */
function run(check: Check, checked: CheckedReturn, { report, assume }: Listener): OpenReason | null {
  let open: OpenReason | null = null;
  const leaveOpen = (reason: OpenReason): void => {
    if (open === null || openReasons.indexOf(reason) < openReasons.indexOf(open)) open = reason;
  };
  const settle = (outcome: Outcome, line: number | null): void => {
    if (outcome === "passes") return;
    if (typeof outcome === "string") leaveOpen(outcome);
    else if ("passesOn" in outcome) assume?.(outcome.passesOn);
    else {
      if (outcome.openAs !== undefined) leaveOpen("registers");
      for (const assumption of outcome.assumes ?? []) assume?.(assumption);
      report(outcome, line);
    }
  };
  const { checkLine, checkReturn } = check;
  if (checkLine !== undefined) {
    for (const line of checked.lines) {
      const outcome = checkLine(line, checked);
      if (outcome !== "passes") settle(outcome, line.index);
    }
  }
  if (checkReturn !== undefined) {
    const outcome = checkReturn(checked);
    settle(outcome, typeof outcome === "object" && "element" in outcome ? lineIndexOf(outcome, checked) : null);
  }
  return open;
}

/** What the sender can put right comes first. */
const openReasons: readonly OpenReason[] = ["unreadable", "setting", "registers"];

/** A check of the whole return may point into a line. */
function lineIndexOf(violation: Violation, checked: CheckedReturn): number | null {
  for (let element = violation.element; element.parent !== null; element = element.parent) {
    if (element.localName !== "mvaSpesifikasjonslinje") continue;
    return checked.lines.find((line) => line.element === element)?.index ?? null;
  }
  return null;
}

function ruleFinding(rule: Rule, violation: Violation, line: number | null): Finding {
  if (violation.openAs !== undefined) {
    return finding(rule.number, violation.openAs, "information", null, violation, line);
  }
  const severity = rule.severity === "ugyldig" ? "error" : "warning";
  const said = withReading(rule, withAssumptions(violation));
  return finding(rule.number, rule.identifiers[0] ?? rule.number, severity, rule.severity, said, line);
}

function withReading(rule: Rule, violation: Violation): Violation {
  if (violation.restsOnReading !== true) return violation;
  const remark: Text = {
    en: ` (This rests on a reading of an ambiguous text: see ${rule.number}.)`,
    nb: ` (Dette bygger på en tolkning av en uklar regeltekst: se ${rule.number}.)`,
  };
  return added(violation, remark, { reading: "yes" });
}

/** What the message does not tell already. */
function withAssumptions(violation: Violation): Violation {
  const assumptions = (violation.assumes ?? []).filter((assumption) => assumption in takenForGranted);
  if (assumptions.length === 0) return violation;
  const texts = assumptions.flatMap((assumption) => takenForGranted[assumption] ?? []);
  const remark: Text = {
    en: ` (Taken for granted: ${texts.map(({ en }) => en).join("; ")}.)`,
    nb: ` (Lagt til grunn: ${texts.map(({ nb }) => nb).join("; ")}.)`,
  };
  return added(violation, remark, { assumed: assumptions.join("|") });
}

function added(violation: Violation, remark: Text, data: Readonly<Record<string, string>>): Violation {
  const { message } = violation;
  return {
    ...violation,
    message: { en: message.en + remark.en, nb: message.nb + remark.nb },
    data: { ...violation.data, ...data },
  };
}

function hintFinding(hint: Hint, violation: Violation, line: number | null): Finding {
  const data = { ...violation.data, near: hint.near };
  return finding(null, hint.code, "information", null, { ...violation, data }, line);
}

function finding(
  rule: string | null,
  code: string,
  severity: Severity,
  officialSeverity: OfficialSeverity | null,
  violation: Violation,
  line: number | null,
): Finding {
  return {
    source: "rule",
    rule,
    code,
    severity,
    officialSeverity,
    message: violation.message,
    range: rangeOf(violation.element, violation.atName ?? false),
    path: pathOf(violation.element),
    specificationLine: line,
    related: violation.related ?? [],
    data: violation.data ?? {},
  };
}

function profileOf(checked: CheckedReturn): Profile {
  return checked.category ?? (checked.categoryText === "eHandel" ? "eHandel" : "unknown");
}

function selectionFor(profile: Profile): Selection {
  let selection = selections.get(profile);
  if (selection === undefined) {
    selection = select(profile);
    selections.set(profile, selection);
  }
  return selection;
}

function select(profile: Profile): Selection {
  const asked = rules.filter((rule) => rule.number !== "R001");
  const applies = (check: Check): boolean =>
    profile === "unknown"
      ? everyCategory.every((category) => check.appliesTo.includes(category))
      : check.appliesTo.includes(profile);
  return {
    rules: asked.filter(applies),
    hints: hints.filter(applies),
    unasked: profile === "unknown" ? asked.filter((rule) => !applies(rule)).map((rule) => rule.number) : [],
  };
}
