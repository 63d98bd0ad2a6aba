import { attributeNamed, pathOf } from "../../vatReturn/navigate.ts";
import type { Text, TextRange } from "../../vatReturn/text.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";
import type { Complaint } from "./complaint.ts";
import type { ContentProblem, Matching } from "./content.ts";
import { describeContent, type Description } from "./contentFindings.ts";
import {
  describeAttribute,
  describeChildren,
  describeInstanceAttribute,
  describeOther,
  describeRoot,
  describeText,
} from "./otherFindings.ts";
import { declarationOf, type SchemaModel, type SimpleType } from "./schemaModel.ts";
import { describeValue } from "./valueFindings.ts";

/** The official identifier of R001, under which every schema and syntax error goes. */
export const schemaErrorCode = "MvaMeldingsinnhold_Xml_SkjemaValideringsfeil";

/**
 * Turns what an engine said into findings: one for each problem, however many complaints it caused.
 * @param complaints about values, attributes, text and the root; those about content are told by `contentProblems`
 * @param contentProblems what the engine's complaints about content come down to
 */
export function explain(
  model: SchemaModel,
  matching: Matching,
  complaints: readonly Complaint[],
  contentProblems: readonly ContentProblem[],
): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const contentDetails = detailsByElement(complaints.filter(({ about }) => about === "content"));
  for (const problem of contentProblems) {
    const description = describeContent(problem);
    const details = contentDetails.get(description.element) ?? contentDetails.get(parentOf(problem));
    add(findings, description, details ?? null);
  }
  const explained = new Set(contentProblems.map(parentOf));
  for (const complaint of complaints) {
    const { about, element } = complaint;
    if (about === "content" && (explained.has(element) || explained.has(element.parent ?? element))) continue;
    add(findings, describe(model, matching, complaint), complaint.details);
  }
  return [...findings.values()].sort(byPosition);
}

/** The element whose content a problem is about. */
export function parentOf(problem: ContentProblem): XmlElement {
  return problem.kind === "missing" || problem.kind === "missingChoice"
    ? problem.parent
    : (problem.element.parent ?? problem.element);
}

/** A refusal by R001, schema or syntax, that concerns no element: its place and its words. */
export function findingByR001(source: "schema" | "syntax", message: Text, range: TextRange): Finding {
  return {
    source,
    rule: "R001",
    code: schemaErrorCode,
    severity: "error",
    officialSeverity: "ugyldig",
    message,
    range,
    path: null,
    specificationLine: null,
    related: [],
  };
}

/** A finding about the schema, with the place and the numbers that all of them have. */
export function schemaFinding(description: Description, details: string | null): Finding {
  const { element, range, message, data, related } = description;
  const path = pathOf(element);
  return {
    ...findingByR001("schema", message, range),
    path,
    specificationLine: specificationLineIn(path),
    related: related ?? [],
    ...(details === null ? {} : { details }),
    data,
  };
}

export function byPosition(a: { readonly range: TextRange }, b: { readonly range: TextRange }): number {
  return a.range.start - b.range.start || a.range.end - b.range.end;
}

function describe(model: SchemaModel, matching: Matching, complaint: Complaint): Description {
  const { about, element } = complaint;
  switch (about) {
    case "value": {
      const type = simpleTypeOf(model, matching, element);
      return type === null ? describeOther(element) : describeValue(element, type);
    }
    case "attribute":
      return describeAttribute(complaint);
    case "instanceAttribute":
      return describeInstanceAttribute(complaint);
    case "text":
      return describeText(element);
    case "children":
      return describeChildren(element);
    case "root":
      return describeRoot(element, model);
    case "content":
    case "other":
      return describeOther(element);
  }
}

/** The type of an element's text: the one it names in `xsi:type`, or the declared one. */
export function simpleTypeOf(model: SchemaModel, matching: Matching | null, element: XmlElement): SimpleType | null {
  const named = element.attributes.length === 0 ? undefined : attributeNamed(element, "xsi:type")?.value.trim();
  const declaration = matching?.declarations.get(element) ?? declarationOf(model, element);
  const type = model.types.get(named?.replace(/^.*:/, "") ?? "") ?? model.types.get(declaration?.typeName ?? "");
  return type?.kind === "simple" ? type : null;
}

/** Adds a finding, or its details to the one that already says the same of the same place. */
function add(findings: Map<string, Finding>, description: Description, details: string | null): void {
  const finding = schemaFinding(description, details);
  const { range, data, path } = finding;
  const key = `${range.start} ${range.end} ${data?.["kind"] ?? ""} ${path ?? ""}`;
  const known = findings.get(key);
  const more = details !== null && known?.details !== details;
  if (known === undefined) findings.set(key, finding);
  else if (more) findings.set(key, { ...known, details: [known.details ?? "", details].filter(Boolean).join("\n") });
}

/** The engine's words by the element it named and by that element's parent, for problems it did not name itself. */
function detailsByElement(complaints: readonly Complaint[]): ReadonlyMap<XmlElement, string> {
  const details = new Map<XmlElement, string>();
  for (const { element, details: words } of complaints) if (element.parent !== null) details.set(element.parent, words);
  for (const { element, details: words } of complaints) details.set(element, words);
  return details;
}

/** The 0-based index of the specification line that a path leads into, or null. */
function specificationLineIn(path: string): number | null {
  const match = /^\/mvaMeldingDto\/skattegrunnlagOgBeregnetSkatt\/mvaSpesifikasjonslinje(?:\[([0-9]+)\])?(?:\/|$)/.exec(
    path,
  );
  return match === null ? null : Number(match[1] ?? "1") - 1;
}
