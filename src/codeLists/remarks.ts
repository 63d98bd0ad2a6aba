import type { Text } from "../vatReturn/text.ts";
import type { ReturnType } from "./returnCategories.ts";

/** Where a remark can be chosen: on a specification line, or on the return as a whole. */
export type RemarkLevel = "line" | "return";

/** One value of `utvalgtMerknad` (list merknad). */
export interface SelectableRemark {
  readonly name: string;
  readonly level: RemarkLevel;
  readonly returnTypes: readonly ReturnType[];
  /** When to choose it. */
  readonly label: Text;
}

const types: Readonly<Record<string, ReturnType>> = { O: "ordinary", C: "compensation", R: "reverseCharge" };

export const selectableRemarks: readonly SelectableRemark[] = [
  line(
    "anskaffelser foretatt før mva registrering",
    "O",
    "purchases made before the VAT registration",
    "kjøp gjort før mva-registreringen",
  ),
  line("avgiftsfritt salg av fiskefartøy", "O", "fishing vessel sold free of VAT", "fiskefartøy solgt uten avgift"),
  line(
    "avvikende fakturering",
    "O",
    "rent or season invoiced at other intervals than the period",
    "leie eller sesong fakturert med andre mellomrom enn perioden",
  ),
  line(
    "bygg i egenregi",
    "O",
    "goods and services taken out for a building made for sale on own account",
    "varer og tjenester tatt ut til bygg som oppføres for eget salg",
  ),
  line("demobil", "O", "output VAT on a demonstration car", "utgående avgift på demonstrasjonsbil"),
  line(
    "endring i bruken av bygg, anlegg eller annen fast eiendom",
    "C",
    "changed use or sale of real property",
    "endret bruk eller salg av fast eiendom",
  ),
  line("fast eiendom", "O", "reversal that concerns real property", "tilbakeføring som gjelder fast eiendom"),
  line(
    "feil i regnskapsprogram",
    "OCR",
    "correction of an error made by the accounting system",
    "retting av feil fra regnskapssystemet",
  ),
  line(
    "feil mva-kode brukt tidligere",
    "OR",
    "correction: reported on the wrong VAT code before",
    "retting: tidligere ført på feil mva-kode",
  ),
  line(
    "feil mva-kode for kompensasjon brukt tidligere",
    "OCR",
    "correction: reported on the wrong compensation code before",
    "retting: tidligere ført på feil kode for kompensasjon",
  ),
  line(
    "forsikringsoppgjør",
    "O",
    "deducted VAT in an insurance settlement",
    "fradragsført avgift i et forsikringsoppgjør",
  ),
  line(
    "fradrag føres i kompensasjonsmelding",
    "OR",
    "the amount is claimed in a compensation return",
    "beløpet kreves i en kompensasjonsmelding",
  ),
  line(
    "gjeninnførsel",
    "O",
    "differs from Customs' figures: goods brought back in",
    "avvik mot Tolletatens tall: varer innført på nytt",
  ),
  line(
    "gjenutførsel eller retur",
    "O",
    "differs from Customs' figures: goods sent out again or returned",
    "avvik mot Tolletatens tall: varer sendt ut igjen eller i retur",
  ),
  line(
    "innførsel av varer",
    "C",
    "claim for imported goods whose output VAT is in the ordinary return",
    "krav for innførte varer med utgående avgift i den ordinære meldingen",
  ),
  line(
    "kjøp av tjenester",
    "C",
    "claim for services whose output VAT is in the ordinary return",
    "krav for tjenester med utgående avgift i den ordinære meldingen",
  ),
  line(
    "kreditnota",
    "OCR",
    "an earlier invoice is credited, wholly or partly",
    "en tidligere faktura er kreditert, helt eller delvis",
  ),
  line(
    "midlertidig innførsel",
    "O",
    "differs from Customs' figures: temporary import",
    "avvik mot Tolletatens tall: midlertidig innførsel",
  ),
  line(
    "midlertidig utførsel",
    "O",
    "differs from Customs' figures: temporary export",
    "avvik mot Tolletatens tall: midlertidig utførsel",
  ),
  line(
    "omberegning eller retur",
    "O",
    "differs from Customs' figures: recalculated or returned",
    "avvik mot Tolletatens tall: omberegnet eller i retur",
  ),
  line(
    "omsetning før registrering",
    "OR",
    "turnover from before the VAT registration",
    "omsetning fra før mva-registreringen",
  ),
  line(
    "overdragelse av bygg, anlegg eller annen fast eiendom",
    "C",
    "real property handed over to a new owner",
    "fast eiendom overdratt til ny eier",
  ),
  line(
    "periodisering",
    "OR",
    "belongs to another period: late, forgotten or year-end entries",
    "hører til en annen periode: sene, glemte eller årsavslutningsposter",
  ),
  line("personkjøretøy", "O", "reversal that concerns a passenger vehicle", "tilbakeføring som gjelder personkjøretøy"),
  line(
    "store anskaffelser",
    "OR",
    "large purchases explain a large deduction",
    "store kjøp forklarer et stort fradrag",
  ),
  line(
    "tjenesteeksport",
    "O",
    "differs from Customs' figures: services sold abroad",
    "avvik mot Tolletatens tall: tjenester solgt til utlandet",
  ),
  line(
    "tolldeklarasjon på feil organisasjonsnummer",
    "O",
    "customs declaration made out to the wrong organisation number",
    "tolldeklarasjon på feil organisasjonsnummer",
  ),
  line(
    "uttak av varer ved sletting av virksomhet i mva-register",
    "O",
    "goods taken out when the business leaves the VAT register",
    "varer tatt ut når virksomheten slettes i mva-registeret",
  ),
  whole(
    "avvikende fakturering",
    "O",
    "rent or season invoiced at other intervals than the period",
    "leie eller sesong fakturert med andre mellomrom enn perioden",
  ),
  whole("BFU", "OCR", "a binding advance ruling is followed", "en bindende forhåndsuttalelse er lagt til grunn"),
  whole(
    "endring av bruksområde på bygg, anlegg eller annen fast eiendom",
    "C",
    "a new assessment of how real property is used",
    "ny vurdering av hvordan fast eiendom brukes",
  ),
  whole(
    "forholdsmessig kompensasjon",
    "C",
    "VAT on shared purchases is split by use",
    "avgift på fellesanskaffelser er fordelt etter bruk",
  ),
  whole("forlis", "O", "payment after a shipwreck", "utbetaling etter forlis"),
  whole(
    "kompensasjonskravet gjelder flere terminer",
    "C",
    "the claim covers earlier periods too",
    "kravet gjelder også tidligere terminer",
  ),
  whole(
    "korrigering av tidligere kompensasjonskrav",
    "C",
    "an earlier claim is corrected in this one",
    "et tidligere krav rettes i dette",
  ),
  whole("omsetningssvikt pga ekstraordinære forhold", "O", "unusually low turnover", "uvanlig lav omsetning"),
  whole(
    "virksomhet har endret selskapsform",
    "O",
    "the business moved to or from another organisation number",
    "virksomheten er flyttet til eller fra et annet organisasjonsnummer",
  ),
  whole("virksomhet under avvikling", "O", "the business is closing down", "virksomheten avvikles"),
  whole(
    "virksomhet under avvikling kompensasjon",
    "C",
    "the claimant is closing down or has closed",
    "virksomheten som krever kompensasjon, avvikles eller er avviklet",
  ),
  whole(
    "virksomheten er fusjonert eller fisjonert",
    "C",
    "merger or demerger in the period",
    "fusjon eller fisjon i perioden",
  ),
];

const byFoldedName: Readonly<Record<RemarkLevel, ReadonlyMap<string, SelectableRemark>>> = {
  line: index("line"),
  return: index("return"),
};

/**
 * How remark names are compared: the official lists spell the same remark with and without a capital and once with
 * a no-break space, so that an exact comparison could not satisfy both.
 */
export function foldRemark(value: string): string {
  return value
    .normalize("NFC")
    .replace(/[\u00a0\s]+/g, " ")
    .toLowerCase();
}

/** The remark of that level, whatever the return type; compared as `foldRemark` does. */
export function selectableRemark(value: string, level: RemarkLevel): SelectableRemark | null {
  return byFoldedName[level].get(value) ?? byFoldedName[level].get(foldRemark(value)) ?? null;
}

export function selectableRemarksOf(level: RemarkLevel, returnType: ReturnType): readonly SelectableRemark[] {
  return selectableRemarks.filter((remark) => remark.level === level && remark.returnTypes.includes(returnType));
}

function line(name: string, returnTypes: string, en: string, nb: string): SelectableRemark {
  return remark("line", name, returnTypes, { en, nb });
}

function whole(name: string, returnTypes: string, en: string, nb: string): SelectableRemark {
  return remark("return", name, returnTypes, { en, nb });
}

function remark(level: RemarkLevel, name: string, letters: string, label: Text): SelectableRemark {
  const returnTypes = Array.from(letters).flatMap((letter) => types[letter] ?? []);
  return { name, level, returnTypes, label };
}

function index(level: RemarkLevel): ReadonlyMap<string, SelectableRemark> {
  const entries = selectableRemarks.filter((candidate) => candidate.level === level);
  return new Map(entries.map((candidate) => [foldRemark(candidate.name), candidate]));
}
