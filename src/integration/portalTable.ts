import type { Severity } from "../validation/finding.ts";
import type { Language, Text } from "../vatReturn/text.ts";
import { mark } from "./report.ts";
import { plainMarkdown } from "./markdown.ts";
import type { Field } from "./fields/field.ts";
import { fields } from "./fields.ts";
import type { FieldName, GivenFields } from "./registration.ts";

/** One row: the portal's name of a field beside the API's, the value as the portal takes it, and why. */
export interface PortalRow {
  readonly field: FieldName;
  readonly label: Text;
  /** null where the portal shows no such field. */
  readonly portal: string | null;
  /** One line each; empty: to be left as it is. */
  readonly values: readonly string[];
  readonly reason: Text;
  /** Set where the reason is what is wrong with the value. */
  readonly severity?: Severity;
}

/** Fields that a person never fills in. */
const notAsked: readonly FieldName[] = ["client_secret", "client_secret_expires_at", "created", "last_updated"];

/**
 * A registration field by field, in the order of the file. Fields without a value stand there where there is a reason
 * for it, or where the portal shows them anyway.
 */
export function portalRows(
  registration: GivenFields,
  reasons: Readonly<Partial<Record<FieldName, Text>>>,
): readonly PortalRow[] {
  return fields
    .filter(({ name }) => !notAsked.includes(name))
    .filter(({ name, portal }) => registration[name] !== undefined || reasons[name] !== undefined || portal !== null)
    .map((field) => ({
      field: field.name,
      label: field.label,
      portal: field.portal,
      values: valuesOf(field, registration[field.name]),
      reason: reasons[field.name] ?? field.meaning,
    }));
}

function valuesOf(field: Field, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (field.name === "jwks") return ["jwks"];
  const shown = (single: unknown): string => {
    const portal = field.values?.find((listed) => listed.value === single)?.portal;
    const written = String(single);
    return portal === undefined ? written : `${portal} (${written})`;
  };
  return Array.isArray(value) ? value.map(shown) : [shown(value)];
}

const words = {
  portal: { en: "In the portal", nb: "I portalen" },
  field: { en: "Field", nb: "Felt" },
  value: { en: "Value", nb: "Verdi" },
  why: { en: "Why", nb: "Hvorfor" },
  leave: { en: "*leave empty*", nb: "*la stå tomt*" },
  yes: { en: "ticked", nb: "krysset av" },
  no: { en: "not ticked", nb: "ikke krysset av" },
} as const satisfies Record<string, Text>;

/** The rows as a table in Markdown, with HTML in its cells. */
export function portalTable(rows: readonly PortalRow[], language: Language): string {
  const head = [words.portal, words.field, words.value, words.why].map((word) => word[language]);
  const lines = rows.map((row) => {
    const portal = row.portal === null ? "–" : `**${plainMarkdown(row.portal)}**`;
    const names = `${plainMarkdown(row.label[language])}<br>${code(row.field)}`;
    const values = row.values.map((value) =>
      value === "true" || value === "false" ? words[value === "true" ? "yes" : "no"][language] : code(value),
    );
    const value = values.length === 0 ? words.leave[language] : values.join("<br>");
    const severity = row.severity === undefined ? "" : `${mark(row.severity, language)} `;
    return `| ${portal} | ${names} | ${value} | ${severity}${plainMarkdown(row.reason[language])} |`;
  });
  return [`| ${head.join(" | ")} |`, "| --- | --- | --- | --- |", ...lines].join("\n") + "\n";
}

/** Long names may be broken where they are joined, or no column would be narrow enough; what is copied has no break. */
function code(text: string): string {
  const parts = text.split(/(?<=[_:/?]|[a-z]\.)(?=[a-z0-9])/i);
  return `<code>${parts.map(plainMarkdown).join("<wbr>")}</code>`;
}

/** The rows for a terminal: no table is narrow enough for reasons, so each field is a paragraph. */
export function portalText(
  rows: readonly PortalRow[],
  language: Language,
  wrap: (text: string) => readonly string[],
): string {
  return rows
    .map((row) => {
      const name = row.portal === null ? row.field : `${row.portal} (${row.field})`;
      const value = row.values.length === 0 ? words.leave[language].replaceAll("*", "") : row.values.join("\n  ");
      return `${name}\n  ${value}\n${wrap(row.reason[language])
        .map((line) => `    ${line.trimStart()}\n`)
        .join("")}`;
    })
    .join("\n");
}
