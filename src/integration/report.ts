import type { LiveStep } from "../services/idPorten/liveCheck.ts";
import type { Severity } from "../validation/finding.ts";
import type { Language, Text } from "../vatReturn/text.ts";
import { codeSpan, plainMarkdown } from "./markdown.ts";

/** One finding as a report shows it. */
export interface ReportedFinding {
  readonly severity: Severity;
  readonly message: Text;
  /** Such as `redirect_uris[0]`; null where no field is meant. */
  readonly path: string | null;
}

/** What a check of an integration came to. */
export interface IntegrationReport {
  /** null where no file was checked. */
  readonly file: { readonly name: string; readonly findings: readonly ReportedFinding[] } | null;
  /** The extension's own configuration, and what does not fit; the latter null where there was no file to fit. */
  readonly environment: {
    readonly name: string;
    readonly issuer: string;
    readonly clientId: string;
    readonly findings: readonly ReportedFinding[] | null;
  };
  /** null where ID-porten was not asked. */
  readonly live: readonly LiveStep[] | null;
}

/** Words rather than signs: not every font has those. */
const marks: Readonly<Record<Severity | LiveStep["outcome"], Text>> = {
  error: { en: "Error", nb: "Feil" },
  warning: { en: "Warning", nb: "Advarsel" },
  information: { en: "Note", nb: "Opplysning" },
  ok: { en: "OK", nb: "OK" },
  failed: { en: "Error", nb: "Feil" },
  unknown: { en: "Not known", nb: "Uvisst" },
};

/** What stands in front of a finding or an outcome, in Markdown. */
export function mark(outcome: Severity | LiveStep["outcome"], language: Language): string {
  return `**${marks[outcome][language]}:**`;
}

/** A report in Markdown. */
export function integrationReport({ file, environment, live }: IntegrationReport, language: Language): string {
  const say = (text: Text): string => text[language];
  const findings = (listed: readonly ReportedFinding[], fine: Text): string =>
    listed.length === 0
      ? `- ${mark("ok", language)} ${say(fine)}`
      : listed
          .map(({ severity, message, path }) => {
            const place = path === null ? "" : `${codeSpan(path)}: `;
            return `- ${mark(severity, language)} ${place}${escaped(say(message))}`;
          })
          .join("\n");
  const parts: string[] = [`# ${say({ en: "ID-porten integration", nb: "ID-porten-integrasjon" })}`];
  if (file === null) {
    parts.push(say(noFile));
  } else {
    parts.push(`## ${say({ en: "The registration", nb: "Registreringen" })}: ${plainMarkdown(file.name)}`);
    parts.push(findings(file.findings, { en: "Nothing is wrong with it.", nb: "Ingenting er galt med den." }));
  }
  parts.push(`## ${say({ en: "What this extension sends", nb: "Det denne utvidelsen sender" })}`);
  parts.push(
    say({
      en: `Environment “${environment.name}”: ${codeSpan(environment.issuer)}, client ${codeSpan(environment.clientId)}.`,
      nb: `Miljøet «${environment.name}»: ${codeSpan(environment.issuer)}, klient ${codeSpan(environment.clientId)}.`,
    }),
  );
  if (environment.findings !== null) {
    parts.push(
      findings(environment.findings, {
        en: "The registration has all that it needs: client, method, redirect URIs and scopes fit.",
        nb: "Registreringen har alt den trenger: klient, metode, redirect-URI-er og scope passer.",
      }),
    );
  }
  if (live !== null) {
    parts.push(`## ${say({ en: "At ID-porten, without signing in", nb: "Hos ID-porten, uten å logge inn" })}`);
    parts.push(live.map(({ outcome, text }) => `- ${mark(outcome, language)} ${escaped(say(text))}`).join("\n"));
    parts.push(`*${say(limits)}*`);
  }
  return `${parts.join("\n\n")}\n`;
}

const noFile: Text = {
  en: "There is no integration file (`*.idporten.json`) in the workspace. **MVA: Create integration settings** makes one.",
  nb: "Det finnes ingen integrasjonsfil (`*.idporten.json`) i arbeidsområdet. **MVA: Opprett integrasjonsoppsett** lager en.",
};

const limits: Text = {
  en: "Whether the authentication method and the secret are right, and whether Skatteetaten and Altinn accept the tokens, shows at the first sign-in.",
  nb: "Om autentiseringsmetoden og hemmeligheten stemmer, og om Skatteetaten og Altinn godtar tokenene, viser seg ved første innlogging.",
};

/** Addresses are shown as they are written, and lead nowhere: most of them are nothing to open. */
function escaped(text: string): string {
  return text
    .split(/(https?:\/\/[^\s]*[^\s.,;:)])/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : plainMarkdown(part)))
    .join("");
}
