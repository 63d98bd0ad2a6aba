import type { CalendarDate } from "../../vatReturn/period.ts";
import type { ElementDeclaration, SchemaModel, SimpleType } from "../schema/schemaModel.ts";
import { placeholder } from "./fix.ts";

/**
 * The smallest content that the schema accepts for an element, laid out over lines with two spaces a level. Values
 * that only the author knows are left empty where the schema lets them be, or are a plain first guess; each is marked
 * as a placeholder.
 * @param name gives the qualified name for a local one.
 */
export function skeleton(
  declaration: ElementDeclaration,
  model: SchemaModel,
  name: (localName: string) => string,
  today: CalendarDate,
): string {
  const tag = name(declaration.name);
  const type = model.types.get(declaration.typeName);
  if (type?.kind !== "complex") {
    const value = type === undefined ? "" : valueFor(type, today);
    return `<${tag}>${placeholder(value)}</${tag}>`;
  }
  const children =
    type.order === "choice" ? type.children.slice(0, 1) : type.children.filter((child) => child.minimum > 0);
  if (children.length === 0) return `<${tag}></${tag}>`;
  const inner = children.map((child) => skeleton(child, model, name, today)).join("\n");
  return `<${tag}>\n${inner.replace(/^/gm, "  ")}\n</${tag}>`;
}

function valueFor(type: SimpleType, today: CalendarDate): string {
  const [first] = type.values?.keys() ?? [];
  if (first !== undefined) return first;
  if (type.digits !== null) return "0".repeat(type.digits);
  switch (type.base) {
    case "decimal":
    case "long":
      return "0";
    case "gYear":
      return today.slice(0, 4);
    case "date":
      return today;
    case "dateTime":
      return `${today}T00:00:00`;
    case "boolean":
      return "false";
    case "string":
      return "";
  }
}
