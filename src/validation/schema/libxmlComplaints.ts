import type { ComplaintAbout } from "./complaint.ts";

/** What libxml2's text for a schema error is about. */
export interface ReadMessage {
  readonly about: ComplaintAbout;
  readonly attribute: string | null;
}

/** libxml2 sets the attribute apart: `Element 'x', attribute '{ns}y': …`. */
const withAttribute = /^Element '[^']*', attribute '(?:\{([^}]*)\})?([^']*)': /;
const instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";

const kinds: readonly (readonly [RegExp, ComplaintAbout])[] = [
  [/: This element is not expected\./, "content"],
  [/: Missing child element\(s\)\./, "content"],
  [/: No matching global declaration available for the validation root\./, "root"],
  [/: Character content .*is not allowed/, "text"],
  [/: Element content is not allowed/, "children"],
  [/: \[facet '[a-zA-Z]+'\] /, "value"],
  [/' is not a valid value of the /, "value"],
];

/** Sorts an error of libxml2's schema validator by its text, which is always English. */
export function readLibxmlMessage(message: string): ReadMessage {
  const [, namespace, attribute] = withAttribute.exec(message) ?? [];
  if (attribute !== undefined) {
    const isInstance = namespace === instanceNamespace && (attribute === "type" || attribute === "nil");
    return { about: isInstance ? "instanceAttribute" : "attribute", attribute };
  }
  if (/: The element is not 'nillable'\./.test(message)) return { about: "instanceAttribute", attribute: "nil" };
  const kind = kinds.find(([pattern]) => pattern.test(message));
  return { about: kind?.[1] ?? "other", attribute: null };
}
