import { ampersand, greaterThan, legalLength, carriageReturn, closeBracket, lessThan } from "./characters.ts";
import { NamespaceBindings } from "./namespaces.ts";
import { NameTable } from "./names.ts";
import { ProblemList } from "./problems.ts";
import { readReference } from "./references.ts";
import { DocumentSource } from "./scannedTree.ts";
import type { ScannedElement } from "./scannedTree.ts";

/** Everything one run of the scanner knows; the scanner's functions pass it around. */
export class Scan {
  readonly text: string;
  readonly source: DocumentSource;
  readonly names: NameTable;
  readonly namespaces = new NamespaceBindings();
  readonly problems = new ProblemList();
  readonly topLevel: ScannedElement[] = [];
  /** The innermost open element; its parents are the other open ones. */
  open: ScannedElement | null = null;
  /** Where the character data before the markup at hand starts: behind the markup before it. */
  textStart = 0;
  hasDocumentType = false;
  /**
   * How often each name is open, once an end tag has failed to match; null before that. Spares every further
   * mismatched end tag the walk through all open elements.
   */
  openCounts: Map<string, number> | null = null;
  /** Terminators (`-->` and the like) known not to occur further on, so that nobody looks for them again. */
  readonly absent = new Set<string>();

  constructor(text: string) {
    this.text = text;
    this.source = new DocumentSource(text);
    this.names = new NameTable(text);
  }

  /** Where `terminator` next occurs, or -1. All failing look-ups together take one pass over the document. */
  find(terminator: string, from: number): number {
    if (this.absent.has(terminator)) return -1;
    const found = this.text.indexOf(terminator, from);
    if (found < 0) this.absent.add(terminator);
    return found;
  }

  /** Reports what is wrong at an `&` and returns where to read on. */
  checkReference(index: number): number {
    const reference = readReference(this.text, index);
    if (reference.problem !== null) {
      this.problems.report(reference.problem, index, reference.end, {
        reference: this.text.slice(index, Math.min(reference.end, index + 100)),
      });
    }
    return reference.end;
  }

  /** Looks at the character at `index`, which is no plain text; reports it if it is illegal. Returns its end. */
  checkCharacter(index: number): number {
    const length = legalLength(this.text, index);
    if (length > 0) return index + length;
    const code = this.text.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
    this.problems.report("illegal-character", index, index + 1, { character: `U+${code}` });
    return index + 1;
  }

  /** Checks every character of a stretch in which markup means nothing (comments, CDATA, instructions). */
  checkCharacters(start: number, end: number): void {
    const { text } = this;
    let index = start;
    while (index < end) {
      const code = text.charCodeAt(index);
      index = code >= 0x20 && code < 0xd800 ? index + 1 : this.checkCharacter(index);
    }
  }

  /**
   * Handles a character of character data that is no plain text and no markup: `&`, `>`, `\r`, a stray `<`, an
   * illegal or wide character. @param runStart where the current run of character data starts
   * @returns where to read on
   */
  checkInText(index: number, code: number, runStart: number): number {
    if (code === carriageReturn || code === ampersand) {
      this.source.needsDecoding = true;
      return code === ampersand ? this.checkReference(index) : index + 1;
    }
    if (code === lessThan) {
      this.problems.report("stray-less-than", index, index + 1);
      return index + 1;
    }
    if (code === greaterThan) {
      const { text } = this;
      if (
        index - 2 >= runStart &&
        text.charCodeAt(index - 1) === closeBracket &&
        text.charCodeAt(index - 2) === closeBracket
      ) {
        this.problems.report("cdata-end-in-text", index - 2, index + 1);
      }
      return index + 1;
    }
    return this.checkCharacter(index);
  }
}
