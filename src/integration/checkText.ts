import type { Finding } from "../validation/finding.ts";
import { fix, type Fix } from "../validation/fixes/fix.ts";
import { readJsonTree, type JsonNode } from "../validation/jsonTree.ts";
import type { Text, TextRange } from "../vatReturn/text.ts";
import { checkRegistration } from "./checkRegistration.ts";
import { editsFor, rangeOf } from "./jsonEdits.ts";
import { problem, remedy, type CheckOptions, type JsonPath, type Problem } from "./problem.ts";
import type { GivenFields } from "./registration.ts";

/** A finding in an integration file, with the ways to put it right. */
export interface IntegrationFinding extends Finding {
  readonly fixes: readonly Fix[];
}

export interface CheckedText {
  /** Sorted by position. */
  readonly findings: readonly IntegrationFinding[];
  /** What `JSON.parse` gave; null where the text is no JSON. */
  readonly registration: unknown;
  readonly given: GivenFields;
}

/** Longer than any registration: what is beyond it is not one, and is not read. */
export const longestText = 262_144;

/** Findings that an editor's own JSON support tells as well, and better while somebody types. */
export const syntaxCodes: ReadonlySet<string> = new Set(["not-json", "field-twice"]);

/** Judges the text of an integration file. Never throws. */
export function checkText(text: string, options: CheckOptions): CheckedText {
  const none = { registration: null, given: {} };
  if (text.length > longestText) {
    return { ...none, findings: [plain("file-too-large", { start: 0, end: 0 }, tooLarge)] };
  }
  const { root, fault } = readJsonTree(text);
  if (root === null || fault !== null) {
    const empty = text.trim().replace("\ufeff", "") === "";
    const place = empty ? { start: 0, end: 0 } : (fault ?? { start: 0, end: text.length });
    return { ...none, findings: [plain("not-json", place, empty ? emptyText : brokenText)] };
  }
  const registration: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const { given, problems } = checkRegistration(registration, options);
  const findings = [...problems, ...twice(root)].map((found) => toFinding(found, text, root));
  return { registration, given, findings: findings.sort((one, other) => one.range.start - other.range.start) };
}

const tooLarge: Text = {
  en: "The file is far larger than a registration can be, and is not read.",
  nb: "Filen er langt større enn en registrering kan være, og blir ikke lest.",
};
const emptyText: Text = {
  en: "The file is empty. MVA: Create integration settings fills one by a few questions.",
  nb: "Filen er tom. MVA: Opprett integrasjonsoppsett fyller en ved noen få spørsmål.",
};
const brokenText: Text = {
  en: "The file is not JSON from here on, so nothing in it is checked. The self-service would not take it either.",
  nb: "Filen er ikke JSON fra og med her, så ingenting i den blir kontrollert. Selvbetjeningen hadde heller ikke tatt den.",
};

function plain(code: string, range: TextRange, message: Text): IntegrationFinding {
  return { ...common, code, severity: "error", message, range, path: null, fixes: [] };
}

const common = {
  source: "integration",
  rule: null,
  officialSeverity: null,
  specificationLine: null,
  related: [],
} as const satisfies Partial<Finding>;

/** Finding and fixes of a problem, placed in a text. */
export function toFinding(found: Problem, text: string, root: JsonNode): IntegrationFinding {
  const fixes = found.remedies.flatMap(({ title, changes, preferred }) => {
    const edits = editsFor(text, root, changes);
    return edits.length === 0 ? [] : [fix(title, edits, { preferred })];
  });
  return {
    ...common,
    code: found.code,
    severity: found.severity,
    message: found.message,
    range: rangeOf(root, found.path, found.atName),
    path: found.path.length === 0 ? null : pathText(found.path),
    fixes,
  };
}

function twice(root: JsonNode): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { name } of root.members) {
    if (seen.has(name)) {
      const message = {
        en: `${name} stands in the file twice. Only the last one counts, for the self-service too.`,
        nb: `${name} står i filen to ganger. Bare den siste teller, også for selvbetjeningen.`,
      };
      const title = { en: `Remove the last ${name}`, nb: `Fjern den siste ${name}` };
      const fixes = [remedy(title, [{ kind: "remove", path: [name] }])];
      problems.push(problem("field-twice", "warning", [name], message, { atName: true, remedies: fixes }));
    }
    seen.add(name);
  }
  return problems;
}

/** As people and `jq` write it: `redirect_uris[0]`. */
export function pathText(path: JsonPath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
