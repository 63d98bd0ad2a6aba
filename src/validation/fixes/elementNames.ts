import { childNamed } from "../../vatReturn/navigate.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import { declarationOf } from "../schema/schemaModel.ts";
import type { SchemaModel } from "../schema/schemaModel.ts";

/** Whether the element could have another name where it stands: in order, not twice, and with the content it has. */
export function couldBe(element: XmlElement, name: string, model: SchemaModel): boolean {
  const { parent } = element;
  const type = parent === null ? undefined : model.types.get(declarationOf(model, parent)?.typeName ?? "");
  if (parent === null || type?.kind !== "complex") return false;
  const order = type.children.map((child) => child.name);
  const declaration = type.children[order.indexOf(name)];
  if (declaration === undefined) return false;
  const holdsElements = model.types.get(declaration.typeName)?.kind === "complex";
  if (holdsElements !== element.children.length > 0) return false;
  if (type.order === "choice" ? parent.children.length > 1 : isTaken(parent, name, declaration.maximum)) return false;
  const place = parent.children.indexOf(element);
  return parent.children.every((sibling, index) => {
    const rank = order.indexOf(sibling.localName);
    return rank < 0 || (index < place ? rank <= order.indexOf(name) : rank >= order.indexOf(name));
  });
}

function isTaken(parent: XmlElement, name: string, maximum: number): boolean {
  return maximum === 1 && childNamed(parent, name) !== null;
}
