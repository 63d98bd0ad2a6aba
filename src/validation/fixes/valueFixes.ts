import type { XmlElement } from "../../vatReturn/xml.ts";
import { removeElement, replaceContent } from "./edits.ts";
import { fix } from "./fix.ts";
import type { Fix } from "./fix.ts";

/** Replaces a value by a legal one. Only where it is the same value written differently is that mechanical. */
export function setValue(text: string, element: XmlElement, value: string, meant: boolean): Fix {
  const title = { en: `Replace by “${value}”`, nb: `Erstatt med «${value}»` };
  const mechanical = meant && plain(element.text) === plain(value);
  return fix(title, [replaceContent(text, element, value)], { preferred: meant, mechanical });
}

/** A value without what is only spelling: case, white space, the percent sign, comma for point, zeros behind it. */
function plain(value: string): string {
  return value
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s%]/g, "")
    .replace(",", ".")
    .replace(/^0+(?=[0-9])/, "")
    .replace(/(\.[0-9]*?)0+$/, "$1")
    .replace(/\.$/, "");
}

export function removal(text: string, element: XmlElement, preferred: boolean): Fix {
  const title = { en: `Remove <${element.localName}>`, nb: `Fjern <${element.localName}>` };
  return fix(title, [removeElement(text, element)], { preferred });
}
