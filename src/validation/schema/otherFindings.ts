import type { Text } from "../../vatReturn/text.ts";
import type { XmlAttribute, XmlElement } from "../../vatReturn/xml.ts";
import type { Complaint } from "./complaint.ts";
import type { Description } from "./contentFindings.ts";
import type { SchemaModel } from "./schemaModel.ts";
import { quoted } from "./wording.ts";

/** An attribute that may not stand on the element; marks the attribute's name. */
export function describeAttribute({ element, attribute: localName }: Complaint): Description {
  const attribute = findAttribute(element, localName);
  const name = attribute?.name ?? localName ?? "";
  const { en, nb } = quoted(name);
  return {
    element,
    range: attribute?.nameRange ?? element.nameRange,
    message: {
      en: `<${element.localName}> takes no attribute ${en}.`,
      nb: `<${element.localName}> skal ikke ha attributtet ${nb}.`,
    },
    data: { kind: "unexpected-attribute", found: name },
  };
}

/** `xsi:nil` or `xsi:type` where the schema has no room for it; marks the attribute. */
export function describeInstanceAttribute({ element, attribute: localName }: Complaint): Description {
  const attribute = findAttribute(element, localName);
  const value = quoted(attribute?.value ?? "");
  const name = attribute?.name ?? `xsi:${localName ?? "type"}`;
  const message: Text =
    localName === "type"
      ? {
          en: `${name} says ${value.en}, which is no type that <${element.localName}> may have. Leave the attribute out.`,
          nb: `${name} er ${value.nb}, men <${element.localName}> kan ikke ha den typen. Fjern attributtet.`,
        }
      : {
          en: `<${element.localName}> must not have ${name}. Leave the attribute out.`,
          nb: `<${element.localName}> kan ikke ha ${name}. Fjern attributtet.`,
        };
  return {
    element,
    range: attribute === null ? element.nameRange : localName === "type" ? attribute.valueRange : attribute.nameRange,
    message,
    data: { kind: "unexpected-attribute", found: name },
  };
}

/** Text between elements; marks it. */
export function describeText(element: XmlElement): Description {
  const found = quoted(element.text.trim());
  const name = `<${element.localName}>`;
  return {
    element,
    range: element.valueRange,
    message: {
      en: `${name} holds elements only; the text ${found.en} may not stand in it.`,
      nb: `${name} inneholder bare elementer. Teksten ${found.nb} kan ikke stå her.`,
    },
    data: { kind: "unexpected-text", found: element.text.trim().slice(0, 200) },
  };
}

/** Elements where only text may stand; marks the name of the first. */
export function describeChildren(element: XmlElement): Description {
  const child = element.children[0] ?? element;
  return {
    element: child,
    range: child.nameRange,
    message: {
      en: `<${element.localName}> holds text only; <${child.localName}> may not stand in it.`,
      nb: `<${element.localName}> inneholder bare tekst. <${child.localName}> kan ikke stå her.`,
    },
    data: { kind: "unexpected-element", reason: "text-only", found: child.localName, expected: "" },
  };
}

/** A root element that the schema does not start with. */
export function describeRoot(element: XmlElement, model: SchemaModel): Description {
  return {
    element,
    range: element.nameRange,
    message: {
      en: `The root element must be <${model.root.name}> in the namespace “${model.namespace}”.`,
      nb: `Rotelementet skal være <${model.root.name}> i navnerommet «${model.namespace}».`,
    },
    data: { kind: "wrong-root", found: element.localName, expected: model.root.name },
  };
}

/** Whatever has no better explanation: says that the schema refuses the element; the engine's words are in the details. */
export function describeOther(element: XmlElement): Description {
  return {
    element,
    range: element.nameRange,
    message: {
      en: `<${element.localName}> is not as the schema wants it.`,
      nb: `<${element.localName}> er ikke slik skjemaet krever.`,
    },
    data: { kind: "other", found: element.localName },
  };
}

/** Each element's attributes by local name, the first of a name; a hostile element has a hundred thousand of them. */
const attributesByName = new WeakMap<XmlElement, ReadonlyMap<string, XmlAttribute>>();

function findAttribute(element: XmlElement, localName: string | null): XmlAttribute | null {
  if (localName === null) return null;
  const known = attributesByName.get(element) ?? attributesOf(element);
  attributesByName.set(element, known);
  return known.get(localName) ?? null;
}

function attributesOf({ attributes }: XmlElement): ReadonlyMap<string, XmlAttribute> {
  const byName = new Map<string, XmlAttribute>();
  for (const attribute of attributes) {
    const { name } = attribute;
    if (/^xmlns(?::|$)/.test(name)) continue;
    const localName = name.slice(name.indexOf(":") + 1);
    if (!byName.has(localName)) byName.set(localName, attribute);
  }
  return byName;
}
