import type { Text } from "../vatReturn/text.ts";
import type { SubmissionCommand } from "./submissionCommands.ts";

const accessEn = `Where and as whom:
  --environment sandbox|test|NAME|FILE
                                    FILE: an environment of your own, or the line that mva sandbox prints
                                    NAME: that of a file environments/NAME.json in the state folder
                                    (default: sandbox, on its usual port)
  --client ID                       another client of that environment; its secret is taken from MVA_CLIENT_SECRET
  --test-person NUMBER              sign a synthetic person in without a browser (sandbox and test only)

Without --test-person a session that mva login --store has kept is used, else the browser is opened.
`;
const accessNb = `Hvor og som hvem:
  --environment sandbox|test|NAVN|FIL
                                    FIL: ditt eget miljø, eller linjen som mva sandbox skriver ut
                                    NAVN: en fil environments/NAVN.json i tilstandsmappen
                                    (ellers: sandbox, på den vanlige porten)
  --client ID                       en annen klient i miljøet; hemmeligheten hentes fra MVA_CLIENT_SECRET
  --test-person NUMMER              logg inn en syntetisk person uten nettleser (bare sandbox og test)

Uten --test-person brukes en økt som mva login --store har tatt vare på, ellers åpnes nettleseren.
`;

const exitEn = `Exit code:
  0  accepted, with or without deviations
  1  refused or incomplete
  2  wrong use, or the checklist stops it
  3  not signed in, or without the right
  4  submitted (or filled in), and the verdict is not there yet
  5  broken off; mva resume goes on with it
`;
const exitNb = `Sluttkode:
  0  mottatt, med eller uten avvik
  1  avvist eller mangelfull
  2  feil bruk, eller sjekklisten stopper det
  3  ikke logget inn, eller uten rettighet
  4  sendt inn (eller fylt ut), og dommen foreligger ikke ennå
  5  brutt av; mva resume fortsetter
`;

/** What `--help` prints for the commands that reach out. */
export const submissionHelp: Readonly<Record<SubmissionCommand["name"] | "sandbox", Text>> = {
  submit: {
    en: `mva submit: submits a VAT return to the sandbox or a test environment; production is refused

Usage:
  mva submit [options] FILE

What is submitted:
  --attachment FILE   a file to go along (may be repeated, 57 at most)
  --envelope FILE     your own envelope instead of one written from the return
  --fill-in-only      fill in, and leave the submitting to somebody with the right to sign
  --out FOLDER        where receipt, payment information and validation result go (default: the state folder)

How:
  --wait              wait for the verdict, up to ten minutes
  --yes               go on where the checklist asks
  --format text|json

${accessEn}
${exitEn}`,
    nb: `mva submit: sender inn en mva-melding til sandkassen eller et testmiljø; produksjon avvises

Bruk:
  mva submit [valg] FIL

Hva som sendes inn:
  --attachment FIL    et vedlegg (kan gjentas, høyst 57)
  --envelope FIL      din egen konvolutt i stedet for en som skrives ut fra meldingen
  --fill-in-only      fyll ut, og overlat innsendingen til en med signeringsrett
  --out MAPPE         hvor kvittering, betalingsinformasjon og valideringsresultat legges (ellers: tilstandsmappen)

Hvordan:
  --wait              vent på dommen, inntil ti minutter
  --yes               fortsett der sjekklisten spør
  --format text|json

${accessNb}
${exitNb}`,
  },
  resume: {
    en: `mva resume: goes on with a submission from wherever it stands; what was done is not done again

Usage:
  mva resume [--wait] [--format text|json] [options] ID

ID is what mva submissions shows, or the beginning of it. What was begun with --fill-in-only is filled in first, and
submitted by resuming it once more.

${accessEn}
${exitEn}`,
    nb: `mva resume: fortsetter en innsending der den står; det som er gjort, gjøres ikke igjen

Bruk:
  mva resume [--wait] [--format text|json] [valg] ID

ID er det mva submissions viser, eller begynnelsen av det. Det som ble påbegynt med --fill-in-only, fylles først ut,
og sendes inn ved å gjenoppta det én gang til.

${accessNb}
${exitNb}`,
  },
  abandon: {
    en: `mva abandon: deletes a draft at Altinn for good; what is submitted can't be deleted

Usage:
  mva abandon [--yes] [--format text|json] [options] ID

${accessEn}
Exit code: 0 abandoned; 2, 3 and 5 as for mva submit
`,
    nb: `mva abandon: sletter et utkast i Altinn for godt; det som er sendt inn, kan ikke slettes

Bruk:
  mva abandon [--yes] [--format text|json] [valg] ID

${accessNb}
Sluttkode: 0 forkastet; 2, 3 og 5 som for mva submit
`,
  },
  adopt: {
    en: `mva adopt: finds what was begun elsewhere, and makes it into a submission of this machine

Usage:
  mva adopt --organisation NUMBER [options]     lists the drafts at Altinn that are not known here
  mva adopt INSTANCE [--out FOLDER] [options]   fetches a draft; mva resume goes on with it
  mva adopt INSTANCE --for ID [options]         says which draft belongs to a submission whose creation got no answer
  mva adopt INSTANCE --delete [--yes] [options] deletes a draft at Altinn for good

INSTANCE is PARTY/GUID, as the list shows it.

${accessEn}
Exit code: 0 done; 2, 3 and 5 as for mva submit
`,
    nb: `mva adopt: finner det som er påbegynt et annet sted, og gjør det til en innsending på denne maskinen

Bruk:
  mva adopt --organisation NUMMER [valg]        lister utkast i Altinn som ikke er kjent her
  mva adopt INSTANS [--out MAPPE] [valg]        henter et utkast; mva resume fortsetter på det
  mva adopt INSTANS --for ID [valg]             sier hvilket utkast som hører til en innsending der opprettelsen ikke
                                                fikk svar
  mva adopt INSTANS --delete [--yes] [valg]     sletter et utkast i Altinn for godt

INSTANS er PART/GUID, slik listen viser det.

${accessNb}
Sluttkode: 0 utført; 2, 3 og 5 som for mva submit
`,
  },
  submissions: {
    en: `mva submissions: lists the submissions of this machine, newest first

Usage:
  mva submissions [--format text|json] [--language en|nb]

They are kept in the folder MVA_HOME, or in the platform's own place for state.
`,
    nb: `mva submissions: lister innsendingene på denne maskinen, de nyeste først

Bruk:
  mva submissions [--format text|json] [--language en|nb]

De ligger i mappen MVA_HOME, eller på plattformens eget sted for tilstand.
`,
  },
  login: {
    en: `mva login: signs in with ID-porten, and says as whom

Usage:
  mva login [--purpose validation|submission]… [--store] [--format text|json] [options]

  --store   keep the session in the state folder, in a file that only you can read

${accessEn}
Exit code: 0 signed in, 2 wrong use, 3 not signed in
`,
    nb: `mva login: logger inn med ID-porten, og sier som hvem

Bruk:
  mva login [--purpose validation|submission]… [--store] [--format text|json] [valg]

  --store   ta vare på økten i tilstandsmappen, i en fil som bare du kan lese

${accessNb}
Sluttkode: 0 logget inn, 2 feil bruk, 3 ikke logget inn
`,
  },
  session: {
    en: `mva session: shows the sessions that mva login --store has kept, without their tokens

Usage:
  mva session [--format text|json] [--language en|nb]
`,
    nb: `mva session: viser øktene som mva login --store har tatt vare på, uten tokener

Bruk:
  mva session [--format text|json] [--language en|nb]
`,
  },
  logout: {
    en: `mva logout: forgets the kept sessions of an environment, and ends them at ID-porten

Usage:
  mva logout [--environment sandbox|test|FILE] [--client ID]
`,
    nb: `mva logout: glemmer øktene i et miljø, og avslutter dem hos ID-porten

Bruk:
  mva logout [--environment sandbox|test|FIL] [--client ID]
`,
  },
  sandbox: {
    en: `mva sandbox: an ID-porten, a validation service and an Altinn of your own, on this machine

Usage:
  mva sandbox [options]        mva sandbox --help lists them
`,
    nb: `mva sandbox: en egen ID-porten, valideringstjeneste og Altinn, på denne maskinen

Bruk:
  mva sandbox [valg]           mva sandbox --help lister dem
`,
  },
};
