import type { Text } from "../../vatReturn/text.ts";
import type { Exchange } from "../recordingFetch.ts";

/** What a call is for, said to somebody who builds the same. */
export interface Lesson {
  readonly title: Text;
  readonly explanation: Text;
  readonly documentation: string;
}

const submissionPage = "https://skatteetaten.github.io/api-dokumentasjon/api/mvameldinginnsending";
const validationPage = "https://skatteetaten.github.io/api-dokumentasjon/api/mvameldingvalidering";
const idPortenPage = "https://docs.digdir.no/docs/idporten/";
const altinnPage = "https://docs.altinn.studio/api/apps/";

interface Pattern extends Lesson {
  readonly method: string;
  /** Of the address without its query. */
  readonly path: RegExp;
  readonly query?: RegExp;
}

const instancePath = String.raw`/instances/[0-9]+/[0-9a-fA-F-]{36}`;

const patterns: readonly Pattern[] = [
  {
    method: "GET",
    path: /\/\.well-known\/openid-configuration$/,
    title: { en: "Discovery", nb: "Oppslag av adresser" },
    explanation: {
      en: "ID-porten tells its addresses, keys and abilities. Read it once a day; never build the addresses yourself.",
      nb: "ID-porten oppgir adressene, nøklene og egenskapene sine. Les dem én gang i døgnet; bygg aldri adressene selv.",
    },
    documentation: idPortenPage,
  },
  {
    method: "POST",
    path: /\/token$/,
    title: { en: "Code for tokens", nb: "Kode mot tokener" },
    explanation: {
      en: "The code from the redirect, with the PKCE verifier that only we know, becomes an access token. A code works once.",
      nb: "Koden fra omdirigeringen, sammen med PKCE-verdien som bare vi kjenner, blir til et access token. En kode virker én gang.",
    },
    documentation: idPortenPage,
  },
  {
    method: "GET",
    path: /\/exchange\/id-porten$/,
    title: { en: "Token exchange", nb: "Tokenveksling" },
    explanation: {
      en: "Altinn wants a token of its own, made from ID-porten's. It lives exactly as long as that one. The validation service, on the other hand, wants ID-porten's.",
      nb: "Altinn vil ha sitt eget token, laget av ID-portens. Det lever nøyaktig like lenge. Valideringstjenesten vil derimot ha ID-portens.",
    },
    documentation: altinnPage,
  },
  {
    method: "POST",
    path: /\/mva-melding\/valider$/,
    title: { en: "Validation by Skatteetaten", nb: "Validering hos Skatteetaten" },
    explanation: {
      en: "The authority checks the return without receiving it. The status is 200 also for a refused one: the verdict stands in the body.",
      nb: "Skatteetaten kontrollerer meldingen uten å ta imot den. Statusen er 200 også når den avvises: dommen står i svaret.",
    },
    documentation: validationPage,
  },
  {
    method: "POST",
    path: /\/instances\/?$/,
    title: { en: "Create the instance", nb: "Opprett instansen" },
    explanation: {
      en: "An instance is one submission at Altinn. Keep its id at once: the call can't be repeated without making a second one. The empty envelope is already among its data.",
      nb: "En instans er én innsending i Altinn. Ta vare på id-en med en gang: kallet kan ikke gjentas uten å lage en til. Den tomme konvolutten ligger allerede blant dataene.",
    },
    documentation: submissionPage,
  },
  {
    method: "PUT",
    path: new RegExp(`${instancePath}/data/[0-9a-fA-F-]{36}$`),
    title: { en: "Fill in the envelope", nb: "Fyll ut konvolutten" },
    explanation: {
      en: "The envelope says who, which period, which category and which files. Here the content type is application/xml.",
      nb: "Konvolutten sier hvem, hvilken periode, hvilken kategori og hvilke filer. Her er innholdstypen application/xml.",
    },
    documentation: submissionPage,
  },
  {
    method: "POST",
    path: new RegExp(`${instancePath}/data$`),
    query: /datatype=mvamelding/i,
    title: { en: "Upload the return", nb: "Last opp meldingen" },
    explanation: {
      en: "The return as it stands on the disk. Here the content type is text/xml, without a charset, and the file needs a name with an extension.",
      nb: "Meldingen slik den står på disken. Her er innholdstypen text/xml, uten tegnsett, og filen må ha et navn med endelse.",
    },
    documentation: submissionPage,
  },
  {
    method: "POST",
    path: new RegExp(`${instancePath}/data$`),
    title: { en: "Upload an attachment", nb: "Last opp et vedlegg" },
    explanation: {
      en: "One call for each file; its name must be in the envelope. After a lost answer the list of data is read before anything is sent again.",
      nb: "Ett kall per fil; navnet må stå i konvolutten. Etter et tapt svar leses listen over data før noe sendes på nytt.",
    },
    documentation: submissionPage,
  },
  {
    method: "PUT",
    path: new RegExp(`${instancePath}/process/next$`),
    title: { en: "One step on in the process", nb: "Ett steg videre i prosessen" },
    explanation: {
      en: "The first one completes the filling in, the second one submits. Never repeat it blindly: a repeated first one submits. The answer is the process, not the instance.",
      nb: "Det første fullfører utfyllingen, det andre sender inn. Gjenta det aldri blindt: et gjentatt første sender inn. Svaret er prosessen, ikke instansen.",
    },
    documentation: submissionPage,
  },
  {
    method: "GET",
    path: new RegExp(`${instancePath}/process$`),
    title: { en: "Where does it stand?", nb: "Hvor står den?" },
    explanation: {
      en: "The process is read before every step that changes it.",
      nb: "Prosessen leses før hvert steg som endrer den.",
    },
    documentation: altinnPage,
  },
  {
    method: "GET",
    path: new RegExp(`${instancePath}/data/[0-9a-fA-F-]{36}$`),
    title: { en: "Fetch a file", nb: "Hent en fil" },
    explanation: {
      en: "A file of the instance: the validation result holds the verdict; the receipt and the payment information prove nothing by themselves.",
      nb: "En fil på instansen: valideringsresultatet inneholder dommen; kvitteringen og betalingsinformasjonen beviser ingenting alene.",
    },
    documentation: submissionPage,
  },
  {
    method: "GET",
    path: new RegExp(`${instancePath}/?$`),
    title: { en: "Read the instance", nb: "Les instansen" },
    explanation: {
      en: "Its state, its step and its files. This is what is asked again and again until the validation result is there.",
      nb: "Tilstanden, steget og filene. Dette spørres det om igjen og igjen til valideringsresultatet er der.",
    },
    documentation: submissionPage,
  },
  {
    method: "GET",
    path: /\/storage\/api\/v1\/instances$/,
    title: { en: "Search for open instances", nb: "Søk etter åpne instanser" },
    explanation: {
      en: "After a lost answer to the creation: is there an instance already? Only then may another be made.",
      nb: "Etter et tapt svar på opprettelsen: finnes det alt en instans? Først da kan en ny lages.",
    },
    documentation: altinnPage,
  },
  {
    method: "GET",
    path: /\/instances\/[0-9]+\/active$/,
    title: { en: "List the active instances", nb: "List aktive instanser" },
    explanation: {
      en: "The app's own list of what is not finished, by Altinn's number of the organisation. It does not say which period an instance is for: read its envelope.",
      nb: "Appens egen liste over det som ikke er ferdig, etter Altinns nummer for organisasjonen. Den sier ikke hvilken periode en instans gjelder: les konvolutten.",
    },
    documentation: altinnPage,
  },
  {
    method: "GET",
    path: /\/api\/v1\/meta\/authorizationpolicy$/,
    title: { en: "Read the access policy", nb: "Les tilgangsreglene" },
    explanation: {
      en: "After a 403: who may take this step. The app tells it to everybody, without a token.",
      nb: "Etter en 403: hvem som har rett til dette steget. Appen forteller det til alle, uten token.",
    },
    documentation: altinnPage,
  },
  {
    method: "DELETE",
    path: new RegExp(`${instancePath}(/data/[0-9a-fA-F-]{36})?$`),
    title: { en: "Delete", nb: "Slett" },
    explanation: {
      en: "Removes a draft or a file of it. What has been submitted can't be deleted.",
      nb: "Fjerner et utkast eller en fil i det. Det som er sendt inn, kan ikke slettes.",
    },
    documentation: altinnPage,
  },
];

/** @returns null for a call that is none of the documented ones. */
export function lessonOf(exchange: Exchange): Lesson | null {
  const url = new URL(exchange.request.url);
  const found = patterns.find(
    ({ method, path, query }) =>
      method === exchange.request.method && path.test(url.pathname) && (query === undefined || query.test(url.search)),
  );
  return found ?? null;
}
