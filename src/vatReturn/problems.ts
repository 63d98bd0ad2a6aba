import { syntaxMessage } from "./syntaxMessages.ts";
import type { SyntaxProblemCode } from "./syntaxMessages.ts";
import type { RelatedText, XmlProblem } from "./xml.ts";

const mostReported = 100;
const longestQuote = 60;

/** Collects problems up to a limit and counts the rest, so that a broken 5 MB file stays cheap to look at. */
export class ProblemList {
  private readonly problems: XmlProblem[] = [];
  private omitted = 0;
  private closed = false;

  /** Whether another problem would only be counted; callers may then spare the work of describing it. */
  get full(): boolean {
    return this.closed || this.problems.length >= mostReported;
  }

  get omittedCount(): number {
    return this.omitted;
  }

  /** @param data what the message names; long texts are shortened. */
  report(
    code: SyntaxProblemCode,
    start: number,
    end: number,
    data: Readonly<Record<string, string>> = {},
    related: readonly RelatedText[] = [],
  ): void {
    if (this.closed) return;
    if (this.problems.length >= mostReported) {
      this.omitted++;
      return;
    }
    const short: Record<string, string> = {};
    for (const [key, value] of Object.entries(data)) short[key] = shorten(value);
    this.problems.push({ code, message: syntaxMessage(code, short), range: { start, end }, related, data: short });
  }

  /** Nothing after this counts: a document type declaration has been seen, which settles the matter. */
  close(): void {
    this.closed = true;
  }

  /** A place to come back to with `forgetSince`. */
  mark(): number {
    return this.problems.length + this.omitted;
  }

  /** Takes back what was reported since the mark, where one better problem takes its place. */
  forgetSince(mark: number): void {
    while (this.problems.length + this.omitted > mark) {
      if (this.omitted > 0) this.omitted--;
      else this.problems.pop();
    }
  }

  sorted(): readonly XmlProblem[] {
    return this.problems.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  }
}

/** At most 60 characters (or `longest`) of a name or text for use in a message. */
export function shorten(text: string, longest: number = longestQuote): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 2);
  const splitsPair = last >= 0xd800 && last < 0xdc00;
  return `${text.slice(0, longest - (splitsPair ? 2 : 1))}…`;
}
