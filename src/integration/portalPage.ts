import type { Language, Text } from "../vatReturn/text.ts";
import { createIntegration, kindTexts, usualAnswers, type KindName } from "./kinds.ts";
import { productOf } from "./microsoft.ts";
import { plainMarkdown } from "./markdown.ts";
import { portalRows, portalTable, type PortalRow } from "./portalTable.ts";
import type { RegistrationFor } from "./problem.ts";
import type { ReportedFinding } from "./report.ts";
import { isFieldName, type FieldName, type GivenFields } from "./registration.ts";

/** Digdir's self-service, where integrations are made. */
export const selfService: Readonly<Record<RegistrationFor, string>> = {
  test: "https://sjolvbetjening.test.samarbeid.digdir.no",
  production: "https://sjolvbetjening.samarbeid.digdir.no",
};

/** Which ready-made kind a registration is nearest to. */
export function kindOf(given: GivenFields): KindName {
  const product = productOf(given);
  if (product !== null) return product.includes("Business Central") ? "businesscentral" : "dynamics365";
  if (given.application_type === "native") return "desktop";
  return given.application_type === "browser" ? "spa" : "web";
}

/** Why fields are as they are. */
type Reasons = Readonly<Partial<Record<FieldName, Text>>>;

/**
 * A registration on one page, field by field as the portal asks for it, in Markdown.
 * @param reasons those that it was made with; without them, what can be said of the values as they stand
 */
export function portalPage(
  given: GivenFields,
  findings: readonly ReportedFinding[],
  registrationFor: RegistrationFor,
  language: Language,
  reasons?: Reasons,
): string {
  const kind = kindOf(given);
  const say = (text: Text): string => text[language];
  const rows = withFindings(portalRows(given, reasons ?? reasonsOf(kind, given)), findings);
  const where = selfService[registrationFor];
  const made = kindTexts[kind].name;
  return [
    `# ${say({ en: "In Samarbeidsportalen", nb: "I Samarbeidsportalen" })}: ${plainMarkdown(given.client_name ?? say(made))}`,
    say({
      en: `${made.en}, for ${registrationFor}. Open [the self-service](${where}), make a new integration, and go down this table; the names in the first column are the portal's own. Or send the file to the self-service API as it is.`,
      nb: `${made.nb}, for ${registrationFor === "test" ? "test" : "produksjon"}. Åpne [selvbetjeningen](${where}), lag en ny integrasjon, og gå nedover denne tabellen; navnene i første kolonne er portalens egne. Eller send filen til selvbetjenings-API-et som den er.`,
    }),
    portalTable(rows, language),
    say({
      en: "Saving takes up to two minutes to reach ID-porten. Adding a scope does not grant it: **MVA: Order scopes** writes the order to its owner.",
      nb: "Det kan ta opptil to minutter før en lagring når ID-porten. Å legge til et scope gir ikke tilgang: **MVA: Bestill scope** skriver bestillingen til eieren.",
    }),
  ].join("\n\n");
}

/** What is wrong with a value, in place of the reason for it. */
function withFindings(rows: readonly PortalRow[], findings: readonly ReportedFinding[]): readonly PortalRow[] {
  return rows.map((row) => {
    const found = findings.find(({ path }) => path?.split(/[.[]/)[0] === row.field);
    return found === undefined ? row : { ...row, reason: found.message, severity: found.severity };
  });
}

/** The ready-made reason where the value is the ready-made one. */
function reasonsOf(kind: KindName, given: GivenFields): Reasons {
  const { registration, reasons } = createIntegration(kind, {
    ...usualAnswers,
    redirectUris: given.redirect_uris ?? ["http://127.0.0.1:0/callback"],
    refreshTokens: given.grant_types?.includes("refresh_token") === true,
    organisationNumber: given.client_orgno ?? null,
    name: given.client_name ?? null,
  });
  const own = Object.entries(reasons).filter(
    // Whose client it is can't be seen from the file.
    ([field]) =>
      isFieldName(field) &&
      field !== "client_orgno" &&
      (freely.includes(field) || isSame(given[field], registration[field])),
  );
  return Object.fromEntries(own);
}

/** Fields whose reason holds whatever the user wrote. */
const freely: readonly FieldName[] = ["client_name", "description", "client_id", "redirect_uris"];

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
