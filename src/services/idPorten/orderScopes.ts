import type { Text } from "../../vatReturn/text.ts";

/** A text to send to the owner of some scopes. */
export interface ScopeOrder {
  readonly to: Text;
  /** Where it is sent, as an address that can be opened; null where only the portal tells. */
  readonly address: string | null;
  readonly scopes: readonly string[];
  readonly letter: Text;
}

/** Who asks, and for which client. null: a place is left in the text to fill in. */
export interface Orderer {
  readonly clientId: string | null;
  /** `test`, `production`, or the name of an environment of the user's own. */
  readonly environment: string;
  readonly organisationNumber: string | null;
  /** Whether a supplier orders for a client that serves all its customers. */
  readonly forCustomers?: boolean;
}

/** Who grants the scopes whose names begin in a certain way. */
export interface ScopeOwner {
  readonly prefix: string;
  readonly name: Text;
  readonly address: string | null;
}

export const scopeOwners: readonly ScopeOwner[] = [
  {
    prefix: "skatteetaten:",
    name: {
      en: "the Tax Administration's service desk for system suppliers",
      nb: "Skatteetatens brukerstøtte for systemleverandører",
    },
    address: "https://eksternjira.sits.no/plugins/servlet/desk/site/global",
  },
  {
    prefix: "altinn:",
    name: { en: "Altinn's service desk", nb: "Altinns brukerstøtte" },
    address: null,
  },
];

/** One text for each owner of scopes, since each grants its own. Scopes that nobody has to grant are left out. */
export function scopeOrders(scopes: readonly string[], orderer: Orderer): readonly ScopeOrder[] {
  return scopeOwners.flatMap(({ prefix, name, address }) => {
    const theirs = scopes.filter((scope) => scope.startsWith(prefix));
    return theirs.length === 0 ? [] : [{ to: name, address, scopes: theirs, letter: letter(theirs, orderer) }];
  });
}

function letter(scopes: readonly string[], orderer: Orderer): Text {
  const { clientId, environment, organisationNumber, forCustomers = false } = orderer;
  const list = scopes.map((scope) => `  ${scope}`).join("\n");
  const use: Text = forCustomers
    ? {
        en: "\nUse: one client for all customers of our end-user system.",
        nb: "\nBruk: én klient for alle kundene av sluttbrukersystemet vårt.",
      }
    : { en: "", nb: "" };
  return {
    en: `We ask for access to the following scopes for our ID-porten client:\n\n${list}\n\nEnvironment: ${environment}\nClient id: ${clientId ?? "[the client id, from the self-service]"}\nIntegration type: api_klient\nOrganisation number: ${organisationNumber ?? "[your organisation number]"}\nPurpose: validation and submission of VAT returns (mva-melding) from an end-user system.${use.en}`,
    nb: `Vi ber om tilgang til følgende scope for vår klient i ID-porten:\n\n${list}\n\nMiljø: ${environment}\nKlient-ID: ${clientId ?? "[klient-ID-en, fra selvbetjeningen]"}\nIntegrasjonstype: api_klient\nOrganisasjonsnummer: ${organisationNumber ?? "[virksomhetens organisasjonsnummer]"}\nFormål: validering og innsending av mva-melding fra et sluttbrukersystem.${use.nb}`,
  };
}
