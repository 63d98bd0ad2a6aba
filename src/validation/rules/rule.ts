import type { ReturnCategory } from "../../codeLists/returnCategories.ts";
import type { Text } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import type { OfficialSeverity, RelatedPlace } from "../finding.ts";
import type { OpenReason } from "../result.ts";
import type { Line } from "./line.ts";
import type { CheckedReturn } from "./checkedReturn.ts";

/** The authority's own grouping of the rules. */
export type RuleCategory =
  | "MELDINGSINNHOLD"
  | "XSD_FORMAT_OG_LOVLIGE_VERDIER"
  | "MELDINGSKATEGORI"
  | "PLIKT"
  | "MERKNAD"
  | "TIDLIGERE_TERMINER"
  | "KONTONUMMER"
  | "MVA_REGISTER_OPPLYSNINGER";

/** What a rule looks at: the document alone, the day of submission too, or the authority's registers. */
export type RuleNeeds = "document" | "clock" | "register";

/**
 * How far the offline check decides a rule. `partly`: the document or the date clears some returns, the rest needs
 * facts, options or a stated assumption; `withFacts`: nothing is decided without taxpayer facts.
 */
export type RuleEvaluation = "always" | "withFacts" | "partly" | "never";

/** The kinds of change that quick fixes offer. The finding's `data` holds what they need. */
export type QuickFixKind =
  /** Put `data.expected` in place of the value. */
  | "set-value"
  /** Replace the value by one of the legal ones, the likeliest first. */
  | "choose-value"
  /** Drop the decimals of the amount. */
  | "drop-decimals"
  /** Remove the elements named in `data.elements`. */
  | "remove-elements"
  /** Add the elements named in `data.elements`. */
  | "add-elements"
  /** Add the element named in `data.elements`, or remove its partner. */
  | "add-or-remove-elements"
  /** Add a remark: free text, or one that is valid for the line. */
  | "add-remark"
  /** Add the line that has the other side of a two-sided code. */
  | "add-counterpart-line"
  /** Put the period element that `data.expected` names in place of the one there. */
  | "set-period-type";

/** Where a finding points and what it says; the rule it belongs to supplies the rest. */
export interface Violation {
  readonly element: XmlElement;
  /** Underline the name instead of the value: for missing parts, and for elements without text. */
  readonly atName?: boolean;
  readonly message: Text;
  readonly data?: Readonly<Record<string, string>>;
  readonly related?: readonly RelatedPlace[];
  /** Set where another reading of the published text would let the line or return pass. */
  readonly restsOnReading?: boolean;
  /** What had to be taken for granted. */
  readonly assumes?: readonly Assumption[];
  /**
   * Set where the rule could not be decided but something is worth saying: the finding is information under this
   * code, and the rule counts as not evaluated.
   */
  readonly openAs?: string;
}

/** What a rule may take for granted where neither the document nor taxpayer facts tell; options say what. */
export type Assumption = "firstForPeriod" | "nothingEarlierThisYear" | "change" | "deadline" | "ceiling";

/** Nothing is wrong, as long as what was taken for granted is so. */
export interface PassesOn {
  readonly passesOn: Assumption;
}

/** What became of a check. */
export type Outcome = "passes" | PassesOn | OpenReason | Violation;

/** eHandel is in the schema, but only to be refused by R104. */
export type CheckedCategory = ReturnCategory | "eHandel";

/** Something to check in a return: line by line, or as a whole, or both. Checks are pure. */
export interface Check {
  readonly appliesTo: readonly CheckedCategory[];
  readonly checkLine?: (line: Line, checked: CheckedReturn) => Outcome;
  readonly checkReturn?: (checked: CheckedReturn) => Outcome;
}

/** One published validation rule. */
export interface Rule extends Check {
  /** Such as `R018`. */
  readonly number: string;
  /** The official `avvikKode`, misspellings included. */
  readonly identifiers: readonly string[];
  readonly severity: OfficialSeverity;
  readonly category: RuleCategory;
  readonly needs: RuleNeeds;
  readonly evaluated: RuleEvaluation;
  /** For rules that are decided partly: when the document and the date clear a return, as in “the total is 0 or more”. */
  readonly clearedWhere?: Text;
  /** The element that a finding points at, below `mvaMeldingDto`; `[i]` stands for the line. */
  readonly pointsTo: string;
  readonly title: Text;
  /** What the rule wants. */
  readonly wants: Text;
  readonly howToFix: Text;
  /** Which reading is taken where the published text leaves room. */
  readonly reading: Text | null;
  readonly quickFix: QuickFixKind | null;
  /** Why there is no quick fix; null where there is one. */
  readonly whyNoQuickFix: Text | null;
}

/** A hint that no published rule covers: always information, never part of the verdict. */
export interface Hint extends Check {
  /** In kebab-case. */
  readonly code: string;
  /** The rule it stands near. */
  readonly near: string;
  readonly title: Text;
}

export const everyCategory: readonly ReturnCategory[] = [
  "alminnelig",
  "primaernaering",
  "kompensasjon",
  "omvendtAvgiftsplikt",
];
export const ordinaryCategories: readonly ReturnCategory[] = ["alminnelig", "primaernaering"];
export const compensationOnly: readonly ReturnCategory[] = ["kompensasjon"];
export const reverseChargeOnly: readonly ReturnCategory[] = ["omvendtAvgiftsplikt"];
export const ordinaryAndReverseCharge: readonly ReturnCategory[] = [
  "alminnelig",
  "primaernaering",
  "omvendtAvgiftsplikt",
];
