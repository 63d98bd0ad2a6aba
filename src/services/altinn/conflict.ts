import * as v from "valibot";
import type { ValidationAnswer } from "../../validation/remote/answer.ts";
import { readValidationAnswer, UnreadableAnswerError } from "../skatteetaten/validationAnswer.ts";
import { problemDetails } from "./wire.ts";
import type { ValidationIssue } from "./wire.ts";

/**
 * What stands in the body of a refusal. The app answers in three shapes, sometimes for the same step: a plain or
 * JSON-quoted sentence, the authority's validation result as XML, and problem details with a list of issues.
 */
export type Refusal =
  | { readonly shape: "sentence"; readonly sentence: string }
  | { readonly shape: "validationResult"; readonly answer: ValidationAnswer }
  | {
      readonly shape: "problem";
      readonly sentence: string;
      readonly issues: readonly ValidationIssue[];
      readonly traceId: string | null;
    }
  | { readonly shape: "empty" }
  | { readonly shape: "webPage" };

const longestSentence = 2000;

/** Never throws: whatever can't be told apart is a sentence. */
export function readRefusal(body: string): Refusal {
  const trimmed = body.trim();
  if (trimmed === "") return { shape: "empty" };
  if (/^<(!doctype html|html)\b/i.test(trimmed)) return { shape: "webPage" };
  if (trimmed.startsWith("<")) {
    try {
      return { shape: "validationResult", answer: readValidationAnswer(trimmed) };
    } catch (error) {
      if (error instanceof UnreadableAnswerError) return sentence(trimmed);
      throw error;
    }
  }
  return readJsonRefusal(trimmed) ?? sentence(trimmed);
}

function readJsonRefusal(text: string): Refusal | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json === "string") return readRefusal(json);
  const problem = v.safeParse(problemDetails, json);
  if (!problem.success) return null;
  const { title, detail, validationIssues, traceId } = problem.output;
  const words = [title, detail].filter((part) => part !== null);
  if (words.length === 0) return null;
  return { shape: "problem", sentence: shorten(words.join(": ")), issues: validationIssues, traceId };
}

function sentence(text: string): Refusal {
  return { shape: "sentence", sentence: shorten(text) };
}

function shorten(text: string): string {
  return text.length > longestSentence ? `${text.slice(0, longestSentence)} …` : text;
}
