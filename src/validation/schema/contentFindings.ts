import type { Text, TextRange } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import type { RelatedPlace } from "../finding.ts";
import type { ContentProblem } from "./content.ts";
import { and, didYouMean, elementList, or, sentences } from "./wording.ts";

/** What a finding says, before it gets its rule number and place in the document. */
export interface Description {
  readonly element: XmlElement;
  readonly range: TextRange;
  readonly message: Text;
  readonly data: Readonly<Record<string, string>>;
  readonly related?: readonly RelatedPlace[];
}

/** Explains one problem of an element's content and marks the name of the element to act on. */
export function describeContent(problem: ContentProblem): Description {
  switch (problem.kind) {
    case "unknown":
      return describeUnknown(problem.element, problem.likeliest, problem.expected);
    case "namespace":
      return describeNamespace(problem.element, problem.expected);
    case "repeated":
      return describeRepeated(problem.element, problem.first);
    case "oneOnly":
      return describeOneOnly(problem.element, problem.first, problem.expected);
    case "misplaced":
      return describeMisplaced(problem.element, problem.side, problem.other);
    case "missing":
      return describeMissing(problem.parent, problem.names, problem.before);
    case "missingChoice":
      return describeMissingChoice(problem.parent, problem.names);
  }
}

function describeUnknown(element: XmlElement, likeliest: string | null, expected: readonly string[]): Description {
  const parent = element.parent?.localName ?? "";
  const names = elementList(expected, or);
  const mayHold = { en: `<${parent}> may hold ${names.en}.`, nb: `<${parent}> kan inneholde ${names.nb}.` };
  const hint = likeliest === null ? mayHold : didYouMean(elementList([likeliest], or));
  return {
    element,
    range: element.nameRange,
    message: sentences(
      {
        en: `<${element.localName}> is not an element of <${parent}>.`,
        nb: `<${element.localName}> finnes ikke i <${parent}>.`,
      },
      hint,
    ),
    data: {
      kind: "unexpected-element",
      reason: "unknown",
      found: element.localName,
      expected: expected.join(" "),
      ...(likeliest === null ? {} : { nearest: likeliest }),
    },
  };
}

function describeNamespace(element: XmlElement, expected: string): Description {
  const { localName, namespace } = element;
  return {
    element,
    range: element.nameRange,
    message: {
      en: `<${localName}> is in ${namespace === null ? "no namespace" : `the namespace “${namespace}”`}; it must be in “${expected}”.`,
      nb: `<${localName}> står ${namespace === null ? "uten navnerom" : `i navnerommet «${namespace}»`}. Den skal stå i «${expected}».`,
    },
    data: { kind: "wrong-namespace", found: namespace ?? "", expected },
  };
}

function describeRepeated(element: XmlElement, first: XmlElement): Description {
  const { localName, parent } = element;
  return {
    element,
    range: element.nameRange,
    message: {
      en: `<${localName}> may stand only once in <${parent?.localName ?? ""}>.`,
      nb: `<${localName}> kan bare stå én gang i <${parent?.localName ?? ""}>.`,
    },
    data: { kind: "unexpected-element", reason: "repeated", found: localName, expected: "" },
    related: [{ range: first.nameRange, message: { en: "The first one stands here.", nb: "Den første står her." } }],
  };
}

function describeOneOnly(element: XmlElement, first: XmlElement, expected: readonly string[]): Description {
  const parent = element.parent?.localName ?? "";
  const { en, nb } = elementList(expected, or);
  return {
    element,
    range: element.nameRange,
    message: {
      en: `<${parent}> may hold only one element: ${en}. <${element.localName}> is one too many.`,
      nb: `<${parent}> kan bare inneholde ett element: ${nb}. <${element.localName}> er ett for mye.`,
    },
    data: { kind: "unexpected-element", reason: "one-only", found: element.localName, expected: expected.join(" ") },
    related: [{ range: first.nameRange, message: { en: "The first one stands here.", nb: "Det første står her." } }],
  };
}

function describeMisplaced(element: XmlElement, side: "before" | "after", other: XmlElement): Description {
  const name = element.localName;
  return {
    element,
    range: element.nameRange,
    message: {
      en: `<${name}> is out of order: it must stand ${side} <${other.localName}>.`,
      nb: `<${name}> står i feil rekkefølge. Den skal stå ${side === "before" ? "foran" : "etter"} <${other.localName}>.`,
    },
    data: { kind: "unexpected-element", reason: "order", found: name, expected: "", [side]: other.localName },
    related: [
      {
        range: other.nameRange,
        message: { en: `<${other.localName}> stands here.`, nb: `<${other.localName}> står her.` },
      },
    ],
  };
}

function describeMissing(parent: XmlElement, names: readonly string[], before: XmlElement | null): Description {
  const { en, nb } = elementList(names, and);
  const verb = names.length === 1 ? "is" : "are";
  return {
    element: before ?? parent,
    range: (before ?? parent).nameRange,
    message:
      before === null
        ? { en: `${en} ${verb} missing in <${parent.localName}>.`, nb: `${nb} mangler i <${parent.localName}>.` }
        : {
            en: `${en} ${verb} missing in <${parent.localName}>, before <${before.localName}>.`,
            nb: `${nb} mangler i <${parent.localName}>, foran <${before.localName}>.`,
          },
    data: {
      kind: "missing-element",
      parent: parent.localName,
      expected: names.join(" "),
      ...(before === null ? {} : { before: before.localName }),
    },
  };
}

function describeMissingChoice(parent: XmlElement, names: readonly string[]): Description {
  const { en, nb } = elementList(names, or);
  return {
    element: parent,
    range: parent.nameRange,
    message: {
      en: `<${parent.localName}> must hold one element: ${en}.`,
      nb: `<${parent.localName}> skal inneholde ett element: ${nb}.`,
    },
    data: { kind: "missing-element", reason: "choice", parent: parent.localName, expected: names.join(" ") },
  };
}
