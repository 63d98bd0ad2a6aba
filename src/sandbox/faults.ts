import type { Text } from "../vatReturn/text.ts";

/** Where in a login a fault strikes. */
export type FaultPlace =
  "discovery" | "jwks" | "authorize" | "login" | "token" | "refresh" | "userinfo" | "logout" | "any";

export interface FaultDefinition {
  readonly place: FaultPlace;
  readonly about: Text;
}

/** Every fault the sandbox's ID-porten can be asked for, by the name used in the control API and on the login page. */
export const faultDefinitions = {
  unknownClient: {
    place: "authorize",
    about: { en: "ID-porten does not know the client: error page", nb: "ID-porten kjenner ikke klienten: feilside" },
  },
  redirectNotRegistered: {
    place: "authorize",
    about: { en: "The redirect URI is not registered: error page", nb: "Redirect-URI-en er ikke registrert: feilside" },
  },
  scopeNotGranted: {
    place: "authorize",
    about: { en: "A scope is not granted: invalid_scope", nb: "Et scope er ikke tildelt: invalid_scope" },
  },
  wrongAuthorizeIssuer: {
    place: "authorize",
    about: { en: "The answer to the login carries another iss", nb: "Svaret på innloggingen har feil iss" },
  },
  missingAuthorizeIssuer: {
    place: "authorize",
    about: {
      en: "The answer to the login lacks iss, errors too",
      nb: "Svaret på innloggingen mangler iss, også ved feil",
    },
  },
  wrongState: {
    place: "authorize",
    about: { en: "The answer to the login carries another state", nb: "Svaret på innloggingen har feil state" },
  },
  missingState: {
    place: "authorize",
    about: { en: "The answer to the login lacks state", nb: "Svaret på innloggingen mangler state" },
  },
  authorizeServerError: {
    place: "authorize",
    about: { en: "ID-porten fails and says server_error", nb: "ID-porten feiler med server_error" },
  },
  scriptInErrorDescription: {
    place: "authorize",
    about: { en: "access_denied with HTML in its description", nb: "access_denied med HTML i beskrivelsen" },
  },
  cancelled: {
    place: "login",
    about: { en: "The user cancels: access_denied", nb: "Brukeren avbryter: access_denied" },
  },
  sessionExpired: {
    place: "login",
    about: { en: "The login page has expired: error page", nb: "Innloggingssiden er utløpt: feilside" },
  },
  scopeDeclined: {
    place: "login",
    about: {
      en: "The user declines a scope, which is silently left out",
      nb: "Brukeren avslår et scope, som utelates uten varsel",
    },
  },
  acrTooLow: {
    place: "login",
    about: { en: "The security level is lower than asked for", nb: "Sikkerhetsnivået er lavere enn det ble bedt om" },
  },
  withoutNationalIdentityNumber: {
    place: "token",
    about: { en: "The tokens lack pid", nb: "Tokenene mangler pid" },
  },
  wrongAuthenticationMethod: {
    place: "token",
    about: { en: "Wrong authentication method: invalid_client", nb: "Feil autentiseringsmetode: invalid_client" },
  },
  codeExpired: {
    place: "token",
    about: { en: "The code has expired: invalid_grant", nb: "Koden er utløpt: invalid_grant" },
  },
  tokenServerError: {
    place: "token",
    about: { en: "The token endpoint fails: 500 server_error", nb: "Token-endepunktet feiler: 500 server_error" },
  },
  tokenUnavailable: {
    place: "token",
    about: { en: "A gateway answers: 502 with HTML", nb: "En mellomtjener svarer: 502 med HTML" },
  },
  tokenTruncated: {
    place: "token",
    about: { en: "The token answer is cut off in the middle", nb: "Svaret med tokenene er avkortet" },
  },
  tokenReset: {
    place: "token",
    about: { en: "Connection reset before anything happened", nb: "Forbindelsen brytes før noe har skjedd" },
  },
  tokenLost: {
    place: "token",
    about: { en: "Tokens issued (and rotated), answer lost", nb: "Tokener utstedt (og byttet), men svaret går tapt" },
  },
  refreshReused: {
    place: "refresh",
    about: {
      en: "The refresh token was used before: invalid_grant",
      nb: "Refresh-tokenet er brukt før: invalid_grant",
    },
  },
  refreshWithoutIdToken: {
    place: "refresh",
    about: { en: "A renewal answers without id_token", nb: "Fornyelsen svarer uten id_token" },
  },
  publicRefreshToken: {
    place: "token",
    about: {
      en: "A public client gets a refresh token all the same",
      nb: "En offentlig klient får refresh-token likevel",
    },
  },
  idTokenMissing: { place: "token", about: { en: "No id_token", nb: "Uten id_token" } },
  idTokenWrongNonce: { place: "token", about: { en: "id_token with another nonce", nb: "id_token med feil nonce" } },
  idTokenMissingNonce: { place: "token", about: { en: "id_token without nonce", nb: "id_token uten nonce" } },
  idTokenWrongIssuer: { place: "token", about: { en: "id_token of another issuer", nb: "id_token med feil utsteder" } },
  idTokenWrongAudience: {
    place: "token",
    about: { en: "id_token meant for another client", nb: "id_token til en annen klient" },
  },
  idTokenExpired: { place: "token", about: { en: "Expired id_token", nb: "Utløpt id_token" } },
  idTokenUnsigned: {
    place: "token",
    about: { en: "Unsigned id_token (alg none)", nb: "Usignert id_token (alg none)" },
  },
  idTokenWrongSignature: {
    place: "token",
    about: { en: "id_token signed with a foreign key under our key id", nb: "id_token signert med fremmed nøkkel" },
  },
  idTokenUnknownKey: {
    place: "token",
    about: { en: "id_token signed with a key that is not published", nb: "id_token signert med upublisert nøkkel" },
  },
  keyRotation: {
    place: "token",
    about: { en: "The signing key changes just before signing", nb: "Signeringsnøkkelen byttes rett før signering" },
  },
  wrongEnvironment: {
    place: "token",
    about: {
      en: "Tokens and iss come from another environment of ID-porten",
      nb: "Tokener og iss kommer fra et annet ID-porten-miljø",
    },
  },
  clockSkew: {
    place: "token",
    about: { en: "ID-porten’s clock is off by `seconds`", nb: "ID-portens klokke går `seconds` sekunder feil" },
  },
  discoveryWrongIssuer: {
    place: "discovery",
    about: { en: "Discovery names another issuer", nb: "Discovery oppgir en annen utsteder" },
  },
  discoveryUnavailable: { place: "discovery", about: { en: "Discovery answers 503", nb: "Discovery svarer 503" } },
  discoveryProxy: {
    place: "discovery",
    about: {
      en: "A proxy’s login page instead of discovery",
      nb: "En mellomtjeners innloggingsside i stedet for discovery",
    },
  },
  jwksUnavailable: { place: "jwks", about: { en: "The keys answer 503", nb: "Nøklene svarer 503" } },
  userinfoWrongSubject: {
    place: "userinfo",
    about: { en: "Userinfo speaks of somebody else", nb: "Userinfo gjelder en annen" },
  },
  revocationUnavailable: {
    place: "logout",
    about: { en: "Revocation answers 503", nb: "Tilbaketrekking svarer 503" },
  },
  slow: {
    place: "any",
    about: {
      en: "Answers take `milliseconds` (of `endpoint`, or of all)",
      nb: "Svar tar `milliseconds` millisekunder (fra `endpoint`, eller alle)",
    },
  },
} as const satisfies Readonly<Record<string, FaultDefinition>>;

export type FaultName = keyof typeof faultDefinitions;

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultDefinitions, name);
}

/** What a fault may be told besides its name. */
export interface FaultParameters {
  /** Strikes only this client; any if absent. */
  readonly clientId?: string | undefined;
  /** `scopeNotGranted`, `scopeDeclined`: which scope; the last one that can be declined if absent. */
  readonly scope?: string | undefined;
  /** `clockSkew`: how far ahead (or, negative, behind) the clock is. */
  readonly seconds?: number | undefined;
  /** `slow`: the delay. */
  readonly milliseconds?: number | undefined;
  /** `slow`: the path it strikes, for example `/token`. */
  readonly endpoint?: string | undefined;
}

export interface ActiveFault {
  readonly name: FaultName;
  readonly mode: "once" | "sticky";
  readonly parameters: FaultParameters;
}

/** The faults asked for and not yet spent. */
export class Faults {
  readonly #active: ActiveFault[] = [];

  add(fault: ActiveFault): void {
    this.remove(fault.name);
    this.#active.push(fault);
  }

  /** Takes back a fault, or all of them. */
  remove(name?: string): void {
    for (let index = this.#active.length - 1; index >= 0; index--) {
      if (name === undefined || this.#active[index]?.name === name) this.#active.splice(index, 1);
    }
  }

  active(): readonly ActiveFault[] {
    return [...this.#active];
  }

  /** Whether the fault is asked for (of this client), without spending it. */
  peek(name: FaultName, clientId?: string): ActiveFault | undefined {
    return this.#active.find(
      (fault) =>
        fault.name === name && (fault.parameters.clientId === undefined || fault.parameters.clientId === clientId),
    );
  }

  /** The fault if it is asked for (of this client); one that is to strike once is spent by this. */
  take(name: FaultName, clientId?: string): ActiveFault | undefined {
    const fault = this.peek(name, clientId);
    if (fault?.mode === "once") this.#active.splice(this.#active.indexOf(fault), 1);
    return fault;
  }
}
