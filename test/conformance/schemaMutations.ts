import { parseXml } from "../../src/vatReturn/scanner.ts";
import type { XmlElement } from "../../src/vatReturn/xml.ts";

/** One changed document and what was done to it. */
export interface Mutation {
  readonly what: string;
  readonly text: string;
}

/** Numbers from a seed (mulberry32): the same seed gives the same mutations on every machine. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Mutator = (text: string, element: XmlElement, random: Random, all: readonly XmlElement[]) => string;

const values = [
  "",
  " ",
  "0",
  "1",
  "-1",
  "+1",
  "1,5",
  "1.5",
  "1 000",
  ".",
  "1e3",
  "NaN",
  "abc",
  "2024",
  " 2024 ",
  "02024",
  "0000",
  "-2024",
  "2024Z",
  "2024+01:00",
  "2024+15:00",
  "24",
  "alminnelig",
  "Alminnelig",
  "kompensasjon",
  "merverdiavgift kompensasjon",
  "eHandel",
  "mars-april",
  "mars-mai",
  "januar",
  "uke 1",
  "uke 01",
  "uke 53",
  "uke 54",
  "aarlig",
  "årlig",
  "2022-01-31",
  "2022-02-30",
  "2022-01-31T10:00:00",
  "2022-01-31T24:00:00",
  "2022-01-31T10:00:00+01:00",
  "true",
  "TRUE",
  "91115861",
  "911158612",
  "9111586123",
  " 911158612",
  "9223372036854775807",
  "9223372036854775808",
  "komplett",
  "ugyldig skattemelding",
  "<![CDATA[alminnelig]]>",
  "<![CDATA[911158612]]>",
  "<!-- c -->",
  "<?target data?>",
  "&#65;",
  "&#x1F600;",
  "x".repeat(4000),
  "x".repeat(4001),
  "ø".repeat(4001),
  "\u{1F600}".repeat(4000),
  "\u{1F600}".repeat(4001),
];

const attributes = [
  'foo="1"',
  'xml:lang="nb"',
  'xsi:nil="true"',
  'xsi:nil="false"',
  'xsi:type="Tekst"',
  'xsi:type="Beloep"',
  'xsi:type="Organisasjonsnummer"',
  'xsi:type="xsd:string"',
  'xsi:type="MvaMeldingDto"',
  'xsi:type="Meldingskategori"',
  'xsi:type="Innsending"',
  'xsi:type="Aarstall"',
  'xsi:type="Dato"',
  'xsi:type="Desimaltall"',
  'xsi:type="Kontonummer"',
  'xsi:type="Periode"',
  'xsi:schemaLocation="urn:a b.xsd"',
  'xsi:noNamespaceSchemaLocation="b.xsd"',
  'xsi:foo="1"',
  'id="a"',
];

/** Each changes a document in one place, most of them so that it stays well-formed. */
const mutators: Readonly<Record<string, Mutator>> = {
  removed: (text, { range }) => replace(text, range, ""),
  doubled: (text, { range }) => replace(text, range, source(text, range).repeat(2)),
  emptied: (text, { contentRange }) => replace(text, contentRange, ""),
  "value replaced": (text, { contentRange }, random) => replace(text, contentRange, pick(values, random)),
  "value in blanks": (text, { contentRange }) => replace(text, contentRange, ` ${source(text, contentRange)}\n`),
  "text added": (text, { contentRange }, random) =>
    replace(text, contentRange, source(text, contentRange) + pick(["x", " ", "&#160;", "<![CDATA[x]]>"], random)),
  "attribute added": (text, { nameRange }, random) =>
    replace(text, { start: nameRange.end, end: nameRange.end }, ` ${pick(attributes, random)}`),
  renamed: (text, element, random, all) =>
    renamed(
      text,
      element,
      pick(
        ["ukjent", `${element.name}x`, element.name.slice(1), element.name.toUpperCase(), pick(all, random).name],
        random,
      ),
    ),
  "in no namespace": (text, { nameRange }) => replace(text, { start: nameRange.end, end: nameRange.end }, ' xmlns=""'),
  "in another namespace": (text, { nameRange }) =>
    replace(text, { start: nameRange.end, end: nameRange.end }, ' xmlns="urn:example:other"'),
  "swapped with its neighbour": (text, element) => {
    const siblings = element.parent?.children ?? [];
    const next = siblings[siblings.indexOf(element) + 1];
    if (next === undefined) return text;
    const between = text.slice(element.range.end, next.range.start);
    const swapped = source(text, next.range) + between + source(text, element.range);
    return text.slice(0, element.range.start) + swapped + text.slice(next.range.end);
  },
  "moved elsewhere": (text, element, random, all) => {
    const target = pick(all, random).range.start;
    const { start, end } = element.range;
    if (target >= start && target < end) return text;
    const moved = source(text, element.range);
    return target < start
      ? text.slice(0, target) + moved + text.slice(target, start) + text.slice(end)
      : text.slice(0, start) + text.slice(end, target) + moved + text.slice(target);
  },
  "element put in": (text, { startTag, name }, random, all) =>
    replace(
      text,
      { start: startTag.end, end: startTag.end },
      pick([`<${name}/>`, "<ukjent>1</ukjent>", source(text, pick(all, random).range)], random),
    ),
  wrapped: (text, { range }) => replace(text, range, `<ukjent>${source(text, range)}</ukjent>`),
};

/** `count` changed documents made from `text`, each with one to three changes; those that changed nothing are left out. */
export function mutate(text: string, count: number, random: Random): readonly Mutation[] {
  const prepared = withInstanceNamespaces(text);
  const mutations: Mutation[] = [];
  while (mutations.length < count) {
    const steps: string[] = [];
    let mutant = prepared;
    for (let step = random() < 0.7 ? 1 : random() < 0.7 ? 2 : 3; step > 0; step--) {
      const all = elementsOf(mutant);
      if (all.length === 0) break;
      const element = pick(all, random);
      const [name, mutator] = pick(Object.entries(mutators), random);
      mutant = mutator(mutant, element, random, all);
      steps.push(`<${element.name}> ${name}`);
    }
    if (mutant !== prepared && parseXml(mutant).problems.length === 0)
      mutations.push({ what: steps.join(", then "), text: mutant });
  }
  return mutations;
}

/** The document with a prefix on every element instead of a default namespace. */
export function withPrefix(text: string): string {
  const { root } = parseXml(text);
  if (root === null) return text;
  return text.replace(/<(\/?)([A-Za-z])/g, "<$1mva:$2").replace(/ xmlns="/, ' xmlns:mva="');
}

/** The declarations that the added attributes use. */
function withInstanceNamespaces(text: string): string {
  const root = parseXml(text).root;
  if (root === null) return text;
  const declarations = [
    ["xsi", "http://www.w3.org/2001/XMLSchema-instance"],
    ["xsd", "http://www.w3.org/2001/XMLSchema"],
  ].filter(([prefix]) => !text.includes(`xmlns:${prefix ?? ""}=`));
  const added = declarations.map(([prefix, uri]) => ` xmlns:${prefix ?? ""}="${uri ?? ""}"`).join("");
  return replace(text, { start: root.nameRange.end, end: root.nameRange.end }, added);
}

function elementsOf(text: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const waiting = [...parseXml(text).topLevel];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    found.push(element);
    waiting.push(...element.children);
  }
  return found;
}

function renamed(text: string, element: XmlElement, name: string): string {
  const { nameRange, endTag } = element;
  const end = endTag === null ? null : { start: endTag.start + 2, end: endTag.start + 2 + element.name.length };
  const withEnd = end === null ? text : replace(text, end, name);
  return replace(withEnd, nameRange, name);
}

function source(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}

function replace(text: string, range: { readonly start: number; readonly end: number }, by: string): string {
  return text.slice(0, range.start) + by + text.slice(range.end);
}

function pick<T>(choices: readonly T[], random: Random): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error("Nothing to choose from.");
  return choice;
}
