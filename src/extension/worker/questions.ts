import type { ValidationOptions } from "../../validation/options.ts";
import type { TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import type { CalendarDate } from "../../vatReturn/period.ts";
import type { Language } from "../../vatReturn/text.ts";
import type { PlacedFinding, PlacedRange } from "./protocol.ts";

/**
 * What the extension host asks the worker beside judging documents: everything that needs the core, which only the
 * worker has loaded. Places are as an editor counts them, words in the language of the question.
 */
export interface Questions {
  readonly fixes: { readonly question: FixesQuestion; readonly answer: readonly PlacedFix[] };
  readonly fixAll: { readonly question: FixAllQuestion; readonly answer: readonly PlacedEdit[] };
  readonly explain: { readonly question: ExplainQuestion; readonly answer: string };
  readonly rules: { readonly question: RulesQuestion; readonly answer: readonly RuleTitle[] };
  readonly facts: { readonly question: FactsQuestion; readonly answer: FactsAnswer };
  readonly hover: { readonly question: PlaceQuestion<"hover">; readonly answer: PlacedHover | null };
  readonly completions: {
    readonly question: PlaceQuestion<"completions">;
    readonly answer: readonly PlacedCompletion[];
  };
}

export type QuestionKind = keyof Questions;
export type Question = Questions[QuestionKind]["question"];
export type Answer = Questions[QuestionKind]["answer"];

interface InLanguage {
  readonly language: Language;
}

export interface FixesQuestion extends InLanguage {
  readonly kind: "fixes";
  readonly text: string;
  /** All findings of exactly this text. */
  readonly findings: readonly PlacedFinding[];
  /** Which of them are to be mended: positions in `findings`. */
  readonly chosen: readonly number[];
  readonly today: CalendarDate;
}

export interface PlacedEdit {
  readonly range: PlacedRange;
  readonly newText: string;
}

export interface PlacedFix {
  readonly title: string;
  /** Which findings it mends: positions in the question's `findings`. */
  readonly findings: readonly number[];
  readonly edits: readonly PlacedEdit[];
  /** Places in the mended document that the author has to look at. */
  readonly placeholders: readonly PlacedRange[];
  readonly preferred: boolean;
  /** Whether it mends every finding of its kind in the file. */
  readonly ofKind: boolean;
}

/** Asks for all mechanical fixes at once, as on save. */
export interface FixAllQuestion extends InLanguage {
  readonly kind: "fixAll";
  readonly text: string;
  readonly options: ValidationOptions;
}

export interface ExplainQuestion extends InLanguage {
  readonly kind: "explain";
  /** null for a hint that no published rule covers. */
  readonly rule: string | null;
  /** The finding to explain with its numbers, or null for the rule alone. */
  readonly finding: PlacedFinding | null;
}

export interface RulesQuestion extends InLanguage {
  readonly kind: "rules";
}

export interface RuleTitle {
  readonly rule: string;
  readonly title: string;
}

export interface FactsQuestion extends InLanguage {
  readonly kind: "facts";
  readonly text: string;
}

export interface FactsAnswer {
  readonly facts: readonly TaxpayerFacts[];
  /** The organisations that there are facts of, and where their numbers stand. */
  readonly organisations: readonly { readonly organisationNumber: string; readonly range: PlacedRange }[];
  /** What can't be used, and what is of no use. */
  readonly problems: readonly { readonly range: PlacedRange; readonly message: string }[];
}

export interface PlaceQuestion<Kind extends "hover" | "completions"> extends InLanguage {
  readonly kind: Kind;
  readonly text: string;
  /** 0-based line and UTF-16 column. */
  readonly position: readonly [number, number];
  readonly today: CalendarDate;
}

export interface PlacedHover {
  readonly markdown: string;
  readonly range: PlacedRange;
}

export interface PlacedCompletion {
  readonly label: string;
  /** A few words beside the label. */
  readonly detail: string;
  readonly documentation: string;
  readonly insert: string;
  /** What the completion replaces. */
  readonly range: PlacedRange;
  readonly kind: "element" | "value";
}
