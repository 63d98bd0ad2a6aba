import type { Finding } from "../validation/finding.ts";
import { childNamed, childrenNamed, pathOf } from "../vatReturn/navigate.ts";
import type { Text } from "../vatReturn/text.ts";
import type { XmlDocument, XmlElement } from "../vatReturn/xml.ts";
import { listedFile } from "./envelope.ts";

/** What the refused submission was made of. */
export interface RefusedDocuments {
  readonly vatReturn: XmlDocument;
  /** As it was sent. */
  readonly envelope: XmlDocument;
  /** What the return is called at Altinn. */
  readonly returnFileName: string;
}

export interface RefusalFindings {
  readonly vatReturn: readonly Finding[];
  readonly envelope: readonly Finding[];
}

type RefusedDocument = keyof RefusalFindings;

interface Sentence {
  readonly pattern: RegExp;
  readonly code: string;
  readonly place: (documents: RefusedDocuments) => XmlElement | null;
  readonly document: RefusedDocument;
}

export const nothingFound: RefusalFindings = { vatReturn: [], envelope: [] };

const inside =
  (document: RefusedDocument, ...path: readonly string[]): Sentence["place"] =>
  (documents) =>
    path.reduce<XmlElement | null>(
      (element, name) => (element === null ? null : (childNamed(element, name) ?? element)),
      documents[document].root,
    );

/** The documented sentences of a 409, in the app's own spelling, and the element that each speaks of. */
const sentences: readonly Sentence[] = [
  {
    pattern: /organisasjonsnummer/i,
    code: "organisation-differs",
    document: "envelope",
    place: inside("envelope", "norskIdentifikator", "organisasjonsnummer"),
  },
  {
    pattern: /meldingskategori/i,
    code: "category-differs",
    document: "envelope",
    place: inside("envelope", "meldingskategori"),
  },
  {
    pattern: /skattleggingsperiode/i,
    code: "period-differs",
    document: "envelope",
    place: inside("envelope", "skattleggingsperiode"),
  },
  {
    pattern: /instansstatus/i,
    code: "status-missing",
    document: "envelope",
    place: inside("envelope", "instansstatus"),
  },
  {
    pattern: /filnavn\w* .*unike|file names? .*unique|vedlegg/i,
    code: "files-differ",
    document: "envelope",
    place: inside("envelope", "vedlegg"),
  },
  {
    pattern: /ugyldig mva-melding/i,
    code: "return-refused",
    document: "vatReturn",
    place: inside("vatReturn"),
  },
  {
    pattern: /no:skatteetaten:[\w:.]*mvameldinginnsending|MvaMeldingInnsending|konvolutt/i,
    code: "envelope-refused",
    document: "envelope",
    place: inside("envelope"),
  },
];

/** "… er forskjellig fra organisasjonsnummeret i FILE": documented, too, for a list of attachments that does not fit. */
const organisationInFile = /organisasjonsnummeret i (?!MvaMeldingInnsending|instansen)["«]?([^"»]+?)["»]?\.?\s*$/i;

/**
 * What a documented sentence of a 409 says, as one finding on the element that it names.
 * @returns empty lists where it speaks of something else.
 */
export function findingsOfSentence(said: string, documents: RefusedDocuments): RefusalFindings {
  const list = listedAttachment(said, documents);
  if (list !== null) {
    return { ...nothingFound, envelope: [findingOf("files-differ", said, list, alsoForTheList)] };
  }
  const sentence = sentences.find(({ pattern }) => pattern.test(said));
  if (sentence === undefined) return nothingFound;
  const finding = findingOf(sentence.code, said, sentence.place(documents));
  return { ...nothingFound, [sentence.document]: [finding] };
}

const alsoForTheList: Text = {
  en: " The app says this, too, where the envelope's list of attachments and what was uploaded differ.",
  nb: " Dette sier appen også når listen over vedlegg i konvolutten og det som ble lastet opp, er ulike.",
};

/** Where the sentence names another file than the return, the entry of that file, or the list that lacks it. */
function listedAttachment(said: string, { envelope, returnFileName }: RefusedDocuments): XmlElement | null {
  const named = organisationInFile.exec(said)?.[1]?.trim();
  if (named === undefined || named === returnFileName || envelope.root === null) return null;
  const entries = childrenNamed(envelope.root, "vedlegg");
  return entries.find((entry) => listedFile(entry) === named) ?? entries[0] ?? null;
}

function findingOf(code: string, said: string, element: XmlElement | null, more: Text = { en: "", nb: "" }): Finding {
  return {
    source: "skatteetaten",
    rule: null,
    code,
    severity: "error",
    officialSeverity: "ugyldig",
    message: {
      en: `The app refuses the submission: ${said}${more.en}`,
      nb: `Appen avviser innsendingen: ${said}${more.nb}`,
    },
    range: element === null ? { start: 0, end: 0 } : rangeOf(element),
    path: element === null ? null : pathOf(element),
    specificationLine: null,
    related: [],
  };
}

function rangeOf(element: XmlElement): Finding["range"] {
  return element.children.length > 0 ? element.nameRange : element.valueRange;
}
