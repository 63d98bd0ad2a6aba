import { isProductionUrl } from "../services/environments.ts";
import type { Environment } from "../services/environments.ts";
import type { DocumentResult } from "../validation/result.ts";
import { decodeXml } from "../vatReturn/encoding.ts";
import type { Text } from "../vatReturn/text.ts";
import type { VatReturn } from "../vatReturn/vatReturn.ts";
import { attachmentLimits } from "./attachments.ts";
import type { AttachmentProblem } from "./attachments.ts";
import { checkEnvelope } from "./checkEnvelope.ts";
import type { Journal } from "./journal.ts";
import { earlierSubmissions } from "./prepare.ts";

/** One line of the checklist before anything is sent. */
export interface PreflightItem {
  readonly name:
    "file" | "verdict" | "environment" | "account" | "organisation" | "envelope" | "attachments" | "earlier";
  /** `ask`: the user has to say yes. `stop`: it can't be submitted like this. */
  readonly outcome: "ok" | "ask" | "stop";
  readonly text: Text;
  /** The unfinished submission that it speaks of. */
  readonly unfinished?: string;
}

export interface PreflightInput {
  /** Whether the editor shows something else than the disk holds. */
  readonly unsavedChanges: boolean;
  /** As they stand on the disk. */
  readonly bytes: Uint8Array;
  /** The local check of these bytes. */
  readonly local: Pick<DocumentResult, "verdict" | "notEvaluated">;
  /** null where the bytes are no VAT return. */
  readonly vatReturn: VatReturn | null;
  readonly environment: Environment;
  /** What the return will be called at Altinn. */
  readonly fileName: string;
  /** Who is signed in, and until when; `later`: the sign-in comes after this checklist. */
  readonly session: PreflightSession | "later" | null;
  /** The user's own envelope, and what its schema has against it; null where one is written from the return. */
  readonly envelope: { readonly text: string; readonly errors: readonly Text[] } | null;
  readonly attachmentNames: readonly string[];
  readonly attachmentProblems: readonly AttachmentProblem[];
  /** Everything the state folder knows. */
  readonly journals: readonly Journal[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface PreflightSession {
  readonly account: string;
  /** Milliseconds since 1970; null where the session renews itself when needed. */
  readonly expiresAt: number | null;
}

/** A session with less left than this may run out on the way. Milliseconds. */
const shortSession = 120_000;
/** One with less left than this is renewed before anything is sent. */
const tooShortSession = 60_000;

/** Whether somebody has to sign in again before the submission begins. */
export function isTooShort({ expiresAt }: PreflightSession, now: number): boolean {
  return expiresAt !== null && expiresAt - now < tooShortSession;
}

/** More errors of an envelope than this help nobody in a checklist. */
const shownErrors = 5;

/** Looks at everything that can be known before something is sent. The environment's name comes with it. */
export function preflight(input: PreflightInput): readonly PreflightItem[] {
  return [
    fileItem(input),
    verdictItem(input),
    environmentItem(input),
    ...accountItems(input),
    ...(input.vatReturn === null ? [] : returnItems(input, input.vatReturn)),
    ...attachmentItems(input),
  ];
}

/** The worst outcome of a checklist. */
export function overall(items: readonly PreflightItem[]): PreflightItem["outcome"] {
  if (items.some(({ outcome }) => outcome === "stop")) return "stop";
  return items.some(({ outcome }) => outcome === "ask") ? "ask" : "ok";
}

function item(name: PreflightItem["name"], outcome: PreflightItem["outcome"], en: string, nb: string): PreflightItem {
  return { name, outcome, text: { en, nb } };
}

function fileItem({ unsavedChanges, bytes, fileName }: PreflightInput): PreflightItem {
  if (unsavedChanges) {
    return item(
      "file",
      "stop",
      "The file has unsaved changes, and what is on the disk is what is sent. Save it first.",
      "Filen har endringer som ikke er lagret, og det er filen på disken som sendes. Lagre den først.",
    );
  }
  if (bytes.byteLength > attachmentLimits.bytes) {
    return item(
      "file",
      "stop",
      `The file has ${bytes.byteLength} bytes; the app takes ${attachmentLimits.bytes} (25 MB).`,
      `Filen er på ${bytes.byteLength} byte; appen tar imot ${attachmentLimits.bytes} (25 MB).`,
    );
  }
  // The app refuses a return by any other name when it is stored.
  if (!/[^.]\.xml$/i.test(fileName)) {
    return item(
      "file",
      "stop",
      `The file is called ${fileName}; the app takes a return only under a name that ends in .xml.`,
      `Filen heter ${fileName}; appen tar bare imot en melding med et navn som slutter på .xml.`,
    );
  }
  const decoded = decodeXml(bytes);
  if (decoded.kind === "problem") return { name: "file", outcome: "stop", text: decoded.problem.message };
  const lost = decoded.text.split("\uFFFD").length - 1;
  if (lost > 0) {
    return item(
      "file",
      "ask",
      `${lost} character(s) of the text were lost before the file was written (�). Write the return anew from its source, unless they don't matter.`,
      `${lost} tegn i teksten gikk tapt før filen ble skrevet (�). Skriv meldingen på nytt fra kilden, med mindre det er uten betydning.`,
    );
  }
  return item("file", "ok", "The file on the disk is what is sent.", "Filen på disken er den som sendes.");
}

function verdictItem({ local }: PreflightInput): PreflightItem {
  const open = local.notEvaluated.length;
  switch (local.verdict) {
    case "valid":
      return item(
        "verdict",
        "ok",
        `The local check finds nothing wrong; ${open} rules are checked by Skatteetaten only.`,
        `Den lokale kontrollen finner ingen feil; ${open} regler kontrolleres bare av Skatteetaten.`,
      );
    case "deviating":
      return item(
        "verdict",
        "ask",
        "The local check finds deviations: the return would be received with remarks.",
        "Den lokale kontrollen finner avvik: meldingen ville blitt mottatt med merknader.",
      );
    case "invalid":
    case "malformed":
      return item(
        "verdict",
        "stop",
        "The local check refuses the return. Correct the errors first.",
        "Den lokale kontrollen avviser meldingen. Rett feilene først.",
      );
    case "notARecognisedDocument":
      return item("verdict", "stop", "This is no VAT return.", "Dette er ingen mva-melding.");
  }
}

function environmentItem({ environment }: PreflightInput): PreflightItem {
  const { name, altinnPlatformUrl, altinnAppUrl } = environment;
  if (altinnPlatformUrl === null || altinnAppUrl === null) {
    return item(
      "environment",
      "stop",
      `The environment ${name} has no Altinn addresses. Set altinnPlatformUrl and altinnAppUrl, or start the sandbox.`,
      `Miljøet ${name} har ingen Altinn-adresser. Sett altinnPlatformUrl og altinnAppUrl, eller start sandkassen.`,
    );
  }
  const production = [altinnPlatformUrl, altinnAppUrl].find(isProductionUrl);
  if (production !== undefined) {
    const { host } = new URL(production);
    return item(
      "environment",
      "stop",
      `${host} is in production. This product submits to the sandbox and to test environments only.`,
      `${host} er i produksjon. Dette produktet sender bare inn til sandkassen og til testmiljøer.`,
    );
  }
  const { host } = new URL(altinnAppUrl);
  return item("environment", "ok", `It goes to ${name} (${host}).`, `Den sendes til ${name} (${host}).`);
}

function accountItems({ session, now }: PreflightInput): readonly PreflightItem[] {
  if (session === "later") return [];
  if (session === null) {
    return [item("account", "stop", "Nobody is signed in. Sign in first.", "Ingen er logget inn. Logg inn først.")];
  }
  if (session.expiresAt === null) {
    return [
      item(
        "account",
        "ok",
        `Signed in as ${session.account}; the session is renewed when needed.`,
        `Logget inn som ${session.account}; økten fornyes ved behov.`,
      ),
    ];
  }
  const left = session.expiresAt - now;
  if (left <= 0) {
    return [
      item(
        "account",
        "stop",
        `The session of ${session.account} has run out. Sign in again.`,
        `Økten til ${session.account} er utløpt. Logg inn på nytt.`,
      ),
    ];
  }
  const minutes = Math.floor(left / 60_000);
  const seconds = Math.floor(left / 1000);
  if (isTooShort(session, now)) {
    return [
      item(
        "account",
        "ok",
        `Signed in as ${session.account}, for ${seconds} more seconds: you are asked to sign in again first.`,
        `Logget inn som ${session.account}, i ${seconds} sekunder til: du blir bedt om å logge inn på nytt først.`,
      ),
    ];
  }
  return [
    left < shortSession
      ? item(
          "account",
          "ok",
          `Signed in as ${session.account}, for ${seconds} more seconds: a sign-in may be asked for on the way.`,
          `Logget inn som ${session.account}, i ${seconds} sekunder til: innlogging kan bli nødvendig underveis.`,
        )
      : item(
          "account",
          "ok",
          `Signed in as ${session.account}, for ${minutes} more minutes.`,
          `Logget inn som ${session.account}, i ${minutes} minutter til.`,
        ),
  ];
}

function returnItems(input: PreflightInput, vatReturn: VatReturn): readonly PreflightItem[] {
  const organisationNumber = vatReturn.organisasjonsnummer?.value.trim() ?? "";
  const category = vatReturn.meldingskategori?.value.trim() ?? "";
  const { period } = vatReturn;
  if (!/^[0-9]{9}$/.test(organisationNumber) || category === "" || period === null) {
    return [
      item(
        "organisation",
        "stop",
        "The return must name an organisation number of nine digits, a period and a category.",
        "Meldingen må ha organisasjonsnummer på ni siffer, periode og meldingskategori.",
      ),
    ];
  }
  const periodText = `${period.value} ${period.year}`;
  return [
    item(
      "organisation",
      "ok",
      `Organisation ${organisationNumber}, ${periodText}, ${category}.`,
      `Organisasjon ${organisationNumber}, ${periodText}, ${category}.`,
    ),
    ...envelopeItems(input, vatReturn),
    ...earlierItems(input, { organisationNumber, category, period: periodText }),
  ];
}

function envelopeItems({ envelope, attachmentNames }: PreflightInput, vatReturn: VatReturn): readonly PreflightItem[] {
  if (envelope === null) {
    return [
      item("envelope", "ok", "The envelope is written from the return.", "Konvolutten skrives ut fra meldingen."),
    ];
  }
  const problems = [...checkEnvelope(envelope.text, vatReturn, attachmentNames).map(({ text }) => text)];
  const texts = problems.length > 0 ? problems : envelope.errors.slice(0, shownErrors);
  if (texts.length > 0) return texts.map((text) => ({ name: "envelope", outcome: "stop", text }));
  return [item("envelope", "ok", "Your own envelope fits the return.", "Din egen konvolutt passer til meldingen.")];
}

function attachmentItems({ attachmentNames, attachmentProblems }: PreflightInput): readonly PreflightItem[] {
  if (attachmentProblems.length > 0) {
    return attachmentProblems.map(({ text }) => ({ name: "attachments", outcome: "stop", text }));
  }
  const count = attachmentNames.length;
  return [
    count === 0
      ? item("attachments", "ok", "No attachments.", "Ingen vedlegg.")
      : item(
          "attachments",
          "ok",
          `Attachments: ${attachmentNames.join(", ")}.`,
          `Vedlegg: ${attachmentNames.join(", ")}.`,
        ),
  ];
}

function earlierItems(
  { journals, environment }: PreflightInput,
  key: { readonly organisationNumber: string; readonly category: string; readonly period: string },
): readonly PreflightItem[] {
  const same = { ...key, environment: { appUrl: environment.altinnAppUrl ?? "" } };
  const [submitted] = earlierSubmissions(journals, same);
  const open = journals.find(
    (journal) =>
      journal.organisationNumber === key.organisationNumber &&
      journal.period === key.period &&
      journal.category === key.category &&
      journal.environment.appUrl === environment.altinnAppUrl &&
      (journal.state === "open" || journal.state === "readyToSign" || journal.intent !== null),
  );
  const items: PreflightItem[] = [];
  if (submitted !== undefined) {
    items.push(
      item(
        "earlier",
        "ask",
        `A return for the same organisation, period and category was submitted on ${day(submitted)} (${submitted.id}). This one changes it.`,
        `En melding for samme organisasjon, periode og kategori ble sendt inn ${day(submitted)} (${submitted.id}). Denne endrer den.`,
      ),
    );
  }
  if (open !== undefined) {
    const text: Text = {
      en: `An unfinished submission of the same kind was begun on ${day(open)} (${open.id}). Resume or abandon that one, unless you want a second draft.`,
      nb: `En uferdig innsending av samme slag ble påbegynt ${day(open)} (${open.id}). Gjenoppta eller forkast den, med mindre du vil ha et utkast til.`,
    };
    items.push({ name: "earlier", outcome: "ask", text, unfinished: open.id });
  }
  return items;
}

function day(journal: Journal): string {
  return journal.createdAt.slice(0, 10);
}
