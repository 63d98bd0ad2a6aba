import { resembles } from "./resemblance.ts";
import { shorten } from "./problems.ts";
import type { Text, TextRange } from "./text.ts";
import type { RelatedText, XmlDocument, XmlElement } from "./xml.ts";

/** The documents that are recognised, whatever the file is called. */
export type DocumentType = "vatReturn" | "envelope" | "validationResult" | "paymentInformation" | "submissionStatus";

interface Identity {
  readonly rootName: string;
  readonly namespace: string;
}

/** Root element and namespace of each document, by the target namespaces of the published schemas. */
export const documentIdentities: Readonly<Record<DocumentType, Identity>> = {
  vatReturn: {
    rootName: "mvaMeldingDto",
    namespace: "no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0",
  },
  envelope: {
    rootName: "mvaMeldingInnsending",
    namespace: "no:skatteetaten:fastsetting:avgift:mva:mvameldinginnsending:v1.0",
  },
  validationResult: {
    rootName: "valideringsresultat",
    namespace: "no:skatteetaten:fastsetting:avgift:mva:valideringsresultat:v1",
  },
  paymentInformation: {
    rootName: "betalingsinformasjon",
    namespace: "no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:betalingsinformasjon:v1.0",
  },
  submissionStatus: {
    rootName: "mvaMeldingInnsendingStatus",
    namespace: "no:skatteetaten:fastsetting:avgift:mva:mvaMeldingInnsendingStatus:v1",
  },
};

export type RecognitionCode =
  | "missing-namespace"
  | "wrong-namespace"
  | "other-namespace-version"
  | "wrong-root-element"
  | "envelope-namespace-assumed";

/** What keeps a recognised document from being exactly the document it seems to be. */
export interface RecognitionProblem {
  readonly code: RecognitionCode;
  readonly severity: "error" | "information";
  readonly message: Text;
  readonly range: TextRange;
  readonly related: readonly RelatedText[];
  readonly element: XmlElement;
  /** `expectedNamespace`, `expectedRoot`, `foundNamespace`, `foundRoot`. */
  readonly data: Readonly<Record<string, string>>;
}

/** Which of the five documents this is, or seems meant to be. */
export interface Recognition {
  readonly documentType: DocumentType | null;
  /** What the root element and its namespace should be; null for an unknown document. */
  readonly identity: Identity | null;
  /** An envelope without a namespace, as the authority's own examples have it, is judged as if it had it. */
  readonly namespaceAssumed: boolean;
  /** Empty for an exact match and for a document that is none of ours. */
  readonly problems: readonly RecognitionProblem[];
}

/** The version stands at the very end of a namespace, so that a name of ordinary length is quoted whole. */
const longestNamespace = 200;
const unknown: Recognition = { documentType: null, identity: null, namespaceAssumed: false, problems: [] };
const documentTypes = Object.keys(documentIdentities) as readonly DocumentType[];

/** Recognises a document by its root element, near misses included. Works on broken documents too. */
export function recogniseDocument(document: XmlDocument): Recognition {
  return document.root === null ? unknown : recogniseRoot(document.root);
}

/** A known root name decides what the document is; the namespace does so only where the name is none of the five. */
export function recogniseRoot(root: XmlElement): Recognition {
  for (const documentType of documentTypes) {
    const identity = documentIdentities[documentType];
    if (root.localName !== identity.rootName) continue;
    if (root.namespace === identity.namespace) return { documentType, identity, namespaceAssumed: false, problems: [] };
    const namespaceAssumed = documentType === "envelope" && root.namespace === null && !root.name.includes(":");
    const problem = namespaceAssumed ? envelopeAssumed(root, identity) : wrongNamespace(root, identity);
    return { documentType, identity, namespaceAssumed, problems: [problem] };
  }
  for (const documentType of documentTypes) {
    const identity = documentIdentities[documentType];
    if (root.namespace !== identity.namespace) continue;
    return { documentType, identity, namespaceAssumed: false, problems: [wrongRoot(root, identity)] };
  }
  return unknown;
}

function wrongRoot(root: XmlElement, identity: Identity): RecognitionProblem {
  const [found, right] = [shorten(root.localName), identity.rootName];
  const misspelt = resembles(root.localName, right);
  return problem("wrong-root-element", "error", root, identity, root.nameRange, {
    en: misspelt
      ? `The root element is called <${right}>, not <${found}>.`
      : `In this namespace the root element is <${right}>; here stands <${found}>.`,
    nb: misspelt
      ? `Rotelementet heter <${right}>, ikke <${found}>.`
      : `I dette navnerommet er rotelementet <${right}>; her står <${found}>.`,
  });
}

function wrongNamespace(root: XmlElement, identity: Identity): RecognitionProblem {
  const { namespace } = root;
  const right = identity.namespace;
  const prefix = root.name.includes(":") ? root.name.slice(0, root.name.indexOf(":")) : "";
  const attributeName = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  const declaration = declarationInForce(root, attributeName);
  const range = declaration ?? root.nameRange;
  if (namespace === null) {
    return problem("missing-namespace", "error", root, identity, range, {
      en: `<${root.localName}> has no namespace; add ${attributeName}="${right}".`,
      nb: `<${root.localName}> mangler navnerom; legg til ${attributeName}="${right}".`,
    });
  }
  const found = shorten(namespace, longestNamespace);
  if (withoutVersion(namespace) === withoutVersion(right)) {
    return problem("other-namespace-version", "error", root, identity, range, {
      en: `This is another version of the namespace: ${found}. The version in force is ${right}.`,
      nb: `Dette er en annen versjon av navnerommet: ${found}. Gjeldende versjon er ${right}.`,
    });
  }
  return problem("wrong-namespace", "error", root, identity, range, {
    en: `<${root.localName}> stands in the namespace ${found}; right is ${right}.`,
    nb: `<${root.localName}> står i navnerommet ${found}; riktig er ${right}.`,
  });
}

function envelopeAssumed(root: XmlElement, identity: Identity): RecognitionProblem {
  return problem("envelope-namespace-assumed", "information", root, identity, root.nameRange, {
    en: `The envelope has no namespace. It is checked as if it had xmlns="${identity.namespace}".`,
    nb: `Konvolutten har ikke noe navnerom. Den blir kontrollert som om den hadde xmlns="${identity.namespace}".`,
  });
}

function problem(
  code: RecognitionCode,
  severity: RecognitionProblem["severity"],
  element: XmlElement,
  identity: Identity,
  range: TextRange,
  message: Text,
): RecognitionProblem {
  const data = {
    expectedNamespace: identity.namespace,
    expectedRoot: identity.rootName,
    foundNamespace: shorten(element.namespace ?? "", longestNamespace),
    foundRoot: shorten(element.localName),
  };
  return { code, severity, message, range, related: [], element, data };
}

/** Where the namespace of the root is written, if it is. */
function declarationInForce(root: XmlElement, attributeName: string): TextRange | null {
  const declaration = root.attributes.find((attribute) => attribute.name === attributeName);
  if (declaration === undefined) return null;
  const { start, end } = declaration.valueRange;
  return start === end ? declaration.range : declaration.valueRange;
}

/** The namespace without its version (`:v1.0`), upper and lower case alike. */
function withoutVersion(namespace: string): string {
  return namespace
    .trim()
    .toLowerCase()
    .replace(/:v[0-9.]+$/, "");
}
