import { LineIndex } from "../vatReturn/lineIndex.ts";
import type { Text, TextRange } from "../vatReturn/text.ts";
import { jsonPlaces, repeatedNames } from "./jsonPlaces.ts";
import { readJsonTree } from "./jsonTree.ts";
import { readTaxpayerFacts } from "./readTaxpayerFacts.ts";
import type { FactsProblem } from "./readTaxpayerFacts.ts";
import type { TaxpayerFacts } from "./taxpayerFacts.ts";

export interface PlacedFactsProblem extends FactsProblem {
  readonly range: TextRange;
}

/** An organisation that a text holds facts of, and where its number stands. */
export interface PlacedOrganisation {
  readonly organisationNumber: string;
  readonly range: TextRange;
}

export interface FactsText {
  /** Organisations whose facts are all in order. One with a problem is left out as a whole: nothing is half known. */
  readonly facts: readonly TaxpayerFacts[];
  /** The same organisations, with their places. */
  readonly organisations: readonly PlacedOrganisation[];
  /** In the order of the text. */
  readonly problems: readonly PlacedFactsProblem[];
  /** Of facts that are in order but decide nothing; in the order of the text. */
  readonly warnings: readonly PlacedFactsProblem[];
}

const notJson: Text = {
  en: "The file is not JSON from here on, so none of its facts are used.",
  nb: "Filen er ikke JSON fra og med her, så ingen fakta i den er brukt.",
};

/** Reads the text of a taxpayer facts file, with the places of what can't be used. Never throws. */
export function readFactsText(text: string): FactsText {
  const { root, fault } = readJsonTree(text);
  if (root === null || fault !== null) {
    const range = fault ?? { start: 0, end: text.length };
    return { facts: [], organisations: [], problems: [{ path: "", message: notJson, range }], warnings: [] };
  }
  const repeated = repeatedNames(text);
  const isAmbiguous = (path: string): boolean =>
    repeated.some((each) => each.path === "organisations" || each.path.startsWith(`${path}.`));
  const read = readTaxpayerFacts(JSON.parse(text.replace(/^\ufeff/, "")), isAmbiguous);
  const placeOf = jsonPlaces(text);
  const problems = [
    ...repeated.map(({ path, name, nameRange }) => ({ path, message: statedTwice(name), range: nameRange })),
    ...read.problems.map((problem) => ({ ...problem, range: placeOf(problem.path) })),
  ];
  return {
    facts: read.facts,
    organisations: read.facts.map(({ organisationNumber }, index) => ({
      organisationNumber,
      range: placeOf(`${read.paths[index] ?? ""}.organisationNumber`),
    })),
    problems: inOrder(problems),
    warnings: inOrder(read.warnings.map((each) => ({ ...each, range: placeOf(each.path, "name") }))),
  };
}

function statedTwice(name: string): Text {
  return {
    en: `“${name}” stands here already. Which of the two holds is not clear, so neither is used; state it once.`,
    nb: `«${name}» står her fra før. Hvilken av de to som gjelder, er uklart, så ingen av dem brukes; oppgi den én gang.`,
  };
}

function inOrder(problems: readonly PlacedFactsProblem[]): readonly PlacedFactsProblem[] {
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}

/**
 * The problems of a file as a terminal tells them: `facts.json:3:5: organisations[0].deletedOn: …`.
 * @param text what the file holds
 */
export function inWords(file: string, text: string, problems: readonly PlacedFactsProblem[]): readonly Text[] {
  const lines = new LineIndex(text);
  return problems.map(({ path, range, message }) => {
    const { line, column } = lines.position(range.start);
    const place = `${file}:${line}:${column}:${path === "" ? "" : ` ${path}:`}`;
    return { en: `${place} ${message.en}`, nb: `${place} ${message.nb}` };
  });
}
