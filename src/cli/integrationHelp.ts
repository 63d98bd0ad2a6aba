import type { Text } from "../vatReturn/text.ts";

/** What `mva integration --help` prints. */
export const integrationHelp: Text = {
  en: `mva integration: makes and checks the registration of an ID-porten client (the integration in Samarbeidsportalen)

Usage:
  mva integration check FILE|- [--format text|json|sarif] [options]
  mva integration create --kind desktop|web|spa|dynamics365|businesscentral [options]
  mva integration order FILE [options]

FILE is a registration as Digdir's self-service API takes it, usually NAME.idporten.json.
NAME.production.idporten.json is for production, every other name for test.

check: says what is wrong, why, and what would be right; without a network unless --live is given
  --for test|production      which of ID-porten's environments the client is for (default: as the name says)
  --redirect-uri URI         what your application sends, compared byte for byte (may be repeated)
  --environment sandbox|test|FILE, --client ID
                             compare with what this product sends there as that client
  --live                     ask the ID-porten of --environment too: is it there, do the clocks agree, does it accept
                             the request up to its login page; nobody signs in
  --strict                   warnings fail the run too

create: writes a ready-made registration
  --for test|production      default: test
  --ownership own|shared     each organisation a client of its own (default), or one of a supplier's for all customers
  --[no-]refresh-tokens      web only: renew without the user (default), or not
  --organisation NUMBER      the owner
  --name TEXT                what people see on the login page
  --redirect-uri URI         where the answer goes (may be repeated); dynamics365 always needs it, web and spa in production
  --post-logout-uri URI      where the user goes after signing out
  --back-uri URI             where the back button of the login page leads
  --format json|table        the file (default), or the portal's fields with values and reasons
  --out FILE                 write the file there; never over one that is there

order: writes the texts to order the file's scopes with
  --for, --organisation, --ownership as above

Exit code:
  0  nothing is wrong (check: no errors; with --strict no warnings either)
  1  something is wrong
  2  wrong use, or a file that can't be read or written
`,
  nb: `mva integration: lager og kontrollerer registreringen av en ID-porten-klient (integrasjonen i Samarbeidsportalen)

Bruk:
  mva integration check FIL|- [--format text|json|sarif] [valg]
  mva integration create --kind desktop|web|spa|dynamics365|businesscentral [valg]
  mva integration order FIL [valg]

FIL er en registrering slik Digdirs selvbetjenings-API tar imot den, vanligvis NAVN.idporten.json.
NAVN.production.idporten.json er for produksjon, alle andre navn for test.

check: sier hva som er galt, hvorfor, og hva som ville vært riktig; uten nett med mindre --live er gitt
  --for test|production      hvilket av ID-portens miljøer klienten er for (ellers: som navnet sier)
  --redirect-uri URI         det applikasjonen sender, sammenlignet byte for byte (kan gjentas)
  --environment sandbox|test|FIL, --client ID
                             sammenlign med det dette produktet sender der som den klienten
  --live                     spør ID-porten i --environment også: er den der, stemmer klokkene, godtar den
                             forespørselen fram til innloggingssiden; ingen logger inn
  --strict                   også advarsler gir feil i sluttkoden

create: skriver en ferdig registrering
  --for test|production      ellers: test
  --ownership own|shared     hver organisasjon sin egen klient (standard), eller leverandørens ene for alle kunder
  --[no-]refresh-tokens      bare web: forny uten brukeren (standard), eller ikke
  --organisation NUMMER      eieren
  --name TEKST               det folk ser på innloggingssiden
  --redirect-uri URI         hvor svaret går (kan gjentas); dynamics365 trenger den alltid, web og spa i produksjon
  --post-logout-uri URI      hvor brukeren havner etter utlogging
  --back-uri URI             hvor tilbakeknappen på innloggingssiden fører
  --format json|table        filen (standard), eller portalens felt med verdier og begrunnelser
  --out FIL                  skriv filen dit; aldri over en som finnes

order: skriver tekstene å bestille filens scope med
  --for, --organisation, --ownership som over

Sluttkode:
  0  ingenting er galt (check: ingen feil; med --strict heller ingen advarsler)
  1  noe er galt
  2  feil bruk, eller en fil som ikke kan leses eller skrives
`,
};
