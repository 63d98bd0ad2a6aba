import { optionDescriptions, type ValidationOptions } from "../validation/options.ts";
import type { Language, Text } from "../vatReturn/text.ts";
import type { CommandName } from "./commandLine.ts";
import { integrationHelp } from "./integrationHelp.ts";
import { wrap } from "./report/wrap.ts";
import { submissionHelp } from "./submissionHelp.ts";

const overview: Text = {
  en: `mva: checks Norwegian VAT returns (mva-melding), and submits them to the sandbox or a test environment

Usage:
  mva validate [options] FILE|FOLDER|PATTERN|- ...
  mva rules [--format text|json]
  mva explain RULE
  mva integration check FILE | create --kind KIND | order FILE
  mva submit [options] FILE
  mva COMMAND --help

Without a network:
  validate      judge returns, envelopes and the authority's answers (with --remote: ask Skatteetaten too)
  rules         list the published rules, and how far they are decided here
  explain       say what one rule wants, such as R018
  integration   make and check the registration of your client at ID-porten

Submitting:
  sandbox       run an ID-porten, a validation service and an Altinn of your own on this machine
  submit        submit a return, to the sandbox or a test environment
  submissions   list the submissions of this machine
  resume        go on with one, after a crash, a lost network or a day
  abandon       delete a draft
  adopt         go on with what was begun elsewhere
  login         sign in with ID-porten; session shows who is, logout ends it

Everywhere:
  --language en|nb   language of messages (default: as LC_ALL, LC_MESSAGES or LANG say)
  -h, --help         this text
  -V, --version      the version

Colours follow the terminal; NO_COLOR and FORCE_COLOR are respected.
`,
  nb: `mva: kontrollerer mva-meldinger, og sender dem inn til sandkassen eller et testmiljø

Bruk:
  mva validate [valg] FIL|MAPPE|MØNSTER|- ...
  mva rules [--format text|json]
  mva explain REGEL
  mva integration check FIL | create --kind SLAG | order FIL
  mva submit [valg] FIL
  mva KOMMANDO --help

Uten nett:
  validate      vurder mva-meldinger, konvolutter og svarene fra Skatteetaten (med --remote: spør Skatteetaten også)
  rules         list de publiserte reglene, og hvor langt de avgjøres her
  explain       forklar hva én regel krever, for eksempel R018
  integration   lag og kontroller registreringen av klienten din i ID-porten

Innsending:
  sandbox       kjør en egen ID-porten, valideringstjeneste og Altinn på denne maskinen
  submit        send inn en melding, til sandkassen eller et testmiljø
  submissions   list innsendingene på denne maskinen
  resume        fortsett en av dem, etter et krasj, et nettbrudd eller en dag
  abandon       slett et utkast
  adopt         fortsett på noe som ble påbegynt et annet sted
  login         logg inn med ID-porten; session viser hvem, logout avslutter

Overalt:
  --language en|nb   språket i meldingene (ellers som LC_ALL, LC_MESSAGES eller LANG sier)
  -h, --help         denne teksten
  -V, --version      versjonen

Fargene følger terminalen; NO_COLOR og FORCE_COLOR respekteres.
`,
};

const validate: Text = {
  en: `mva validate: judges VAT returns and the documents around them, offline unless --remote is given

Usage:
  mva validate [options] FILE|FOLDER|PATTERN|- ...

A folder stands for every *.xml below it that is one of the known documents (not in dot folders or node_modules).
A pattern in quotes, such as 'returns/**/*.xml', is expanded by mva itself. - reads standard input.

Report:
  --format text|json|sarif   text for people (default), JSON or SARIF 2.1.0 for programs
  --language en|nb           language of messages
  --strict                   deviating returns fail the run too

How to judge:
  --engine builtin|java      judge the schema in process (default), or by a JDK's Xerces
SWITCHES

Asking Skatteetaten too (the return leaves this machine; nothing is submitted):
  --remote                          merge the authority's findings with those found here
  --environment sandbox|test|FILE   where (default: sandbox)
  --client ID, --test-person NUMBER as for mva submit

Exit code:
  0  nothing is refused (with --strict: nothing deviates either)
  1  at least one document is refused or malformed
  2  wrong use, or a file that could not be read or recognised (the others are judged all the same)
  3  with --remote: not signed in, or without the right
`,
  nb: `mva validate: vurderer mva-meldinger og dokumentene rundt dem, uten nett med mindre --remote er gitt

Bruk:
  mva validate [valg] FIL|MAPPE|MØNSTER|- ...

En mappe står for alle *.xml under den som er et kjent dokument (ikke i punktmapper eller node_modules).
Et mønster i anførselstegn, som 'meldinger/**/*.xml', utvides av mva selv. - leser standard inndata.

Rapport:
  --format text|json|sarif   tekst for mennesker (standard), JSON eller SARIF 2.1.0 for programmer
  --language en|nb           språket i meldingene
  --strict                   også avvikende meldinger gir feil i sluttkoden

Hvordan det vurderes:
  --engine builtin|java      vurder skjemaet i prosessen (standard), eller med Xerces i en JDK
SWITCHES

Spør Skatteetaten også (meldingen forlater maskinen; ingenting sendes inn):
  --remote                          slå Skatteetatens funn sammen med dem som er gjort her
  --environment sandbox|test|FIL    hvor (ellers: sandbox)
  --client ID, --test-person NUMMER som for mva submit

Sluttkode:
  0  ingenting avvises (med --strict: ingenting avviker heller)
  1  minst ett dokument avvises eller er ikke velformet
  2  feil bruk, eller en fil som ikke kunne leses eller gjenkjennes (de andre vurderes likevel)
  3  med --remote: ikke logget inn, eller uten rettighet
`,
};

const rules: Text = {
  en: `mva rules: lists the published validation rules, and how far they are decided here

Usage:
  mva rules [--format text|json] [--language en|nb]
`,
  nb: `mva rules: lister de publiserte valideringsreglene, og hvor langt de avgjøres her

Bruk:
  mva rules [--format text|json] [--language en|nb]
`,
};

const explain: Text = {
  en: `mva explain: says what a rule wants, what breaking it leads to, and how to put it right

Usage:
  mva explain RULE [--language en|nb]

RULE is a number such as R018, or an official identifier.
`,
  nb: `mva explain: forklarer hva en regel krever, hva et brudd fører til, og hvordan det rettes

Bruk:
  mva explain REGEL [--language en|nb]

REGEL er et nummer som R018, eller en offisiell identifikator.
`,
};

const helpOf: Readonly<Record<CommandName, Text>> = {
  validate,
  rules,
  explain,
  integration: integrationHelp,
  ...submissionHelp,
};

/** How the switches of the check are written on a command line. */
const switchUsage: Readonly<Record<keyof ValidationOptions, Text>> = {
  today: { en: "--today YYYY-MM-DD", nb: "--today ÅÅÅÅ-MM-DD" },
  tolerance: { en: "--tolerance faq|strict", nb: "--tolerance faq|strict" },
  firstSubmission: sameEverywhere("--[no-]first-submission, --first-submission=unknown"),
  changeOfEarlierReturn: sameEverywhere("--[no-]change-of-earlier-return, --change-of-earlier-return=unknown"),
  maximumBasis: { en: "--maximum-basis KRONER", nb: "--maximum-basis KRONER" },
  deadlines: {
    en: "--deadline PERIOD-END=DATE (may be repeated)",
    nb: "--deadline PERIODESLUTT=DATO (kan gjentas)",
  },
  facts: { en: "--facts FILE (may be repeated)", nb: "--facts FIL (kan gjentas)" },
  compensationRulesOf2026From: {
    en: "--compensation-rules-from YYYY-MM-DD",
    nb: "--compensation-rules-from ÅÅÅÅ-MM-DD",
  },
};
const helpWidth = 110;

/** What `--help` prints, for the whole or for one command. */
export function helpText(command: CommandName | null, language: Language): string {
  if (command === null) return overview[language];
  return helpOf[command][language].replace("SWITCHES\n", () => switches(language));
}

function switches(language: Language): string {
  return optionDescriptions
    .map(({ name, meaning, defaultValue, why }) => {
      const without = language === "nb" ? "Ellers" : "Default";
      const words = `${meaning[language]} ${without}: ${defaultValue[language]}. ${why[language]}`;
      const lines = wrap(words, helpWidth - 6).map((line) => `      ${line.trimStart()}\n`);
      return `  ${switchUsage[name][language]}\n${lines.join("")}`;
    })
    .join("");
}

function sameEverywhere(text: string): Text {
  return { en: text, nb: text };
}
