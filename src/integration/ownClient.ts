import { checkRedirectUri } from "../services/environmentSchema.ts";
import type { AuthenticationMethod } from "../services/environments.ts";
import type { Text } from "../vatReturn/text.ts";
import { checkRedirects } from "./checks/redirects.ts";
import type { Subject } from "./problem.ts";
import type { GivenFields } from "./registration.ts";

/** What the questions about a client of one's own begin with. */
export interface OwnClientStart {
  readonly clientId: string;
  /** Those that this product can take an answer at, in the order of the registration; at least one. */
  readonly redirectUris: readonly [string, ...string[]];
  /** Empty where the registration names none. */
  readonly scopes: readonly string[];
  /** null where the registration does not say. */
  readonly authenticationMethod: AuthenticationMethod | null;
}

export type OwnClientReading =
  { readonly ok: true; readonly start: OwnClientStart } | { readonly ok: false; readonly why: Text };

/** Takes a registration for the client that this product signs in with; or says why it can't be that. */
export function readOwnClient(given: GivenFields): OwnClientReading {
  const { client_id: clientId = "", redirect_uris: registered = [], scopes = [] } = given;
  const { token_endpoint_auth_method: method } = given;
  if (method === "client_secret_basic" || method === "private_key_jwt") return { ok: false, why: methodText(method) };
  const [first, ...others] = registered.filter((uri) => checkRedirectUri(uri) === null);
  if (first === undefined) return { ok: false, why: registered.length === 0 ? noRedirectText : elsewhereText };
  return {
    ok: true,
    start: {
      clientId: clientId.trim(),
      redirectUris: [first, ...others],
      scopes,
      authenticationMethod: method ?? null,
    },
  };
}

const noRedirectText: Text = {
  en: "The integration has no redirect_uris that can be read, so there is no address to take the answer at.",
  nb: "Integrasjonen har ingen redirect_uris som kan leses, så det finnes ingen adresse å ta imot svaret på.",
};

const elsewhereText: Text = {
  en: "At none of the integration's redirect URIs can the answer be taken here: that takes http on this machine, with port and path. Register such a one: http://127.0.0.1:0/callback for a native client, http://localhost:PORT/PATH for others in the test environment.",
  nb: "Svaret kan ikke tas imot her på noen av integrasjonens redirect-URI-er: det krever http på denne maskinen, med port og sti. Registrer en slik: http://127.0.0.1:0/callback for en native-klient, http://localhost:PORT/STI for andre i testmiljøet.",
};

function methodText(method: string): Text {
  return {
    en: `The client is registered with ${method}, and ID-porten accepts nothing else from it. This extension signs in with none or client_secret_post.`,
    nb: `Klienten er registrert med ${method}, og ID-porten godtar ikke noe annet fra den. Denne utvidelsen logger inn med none eller client_secret_post.`,
  };
}

/** What is worth knowing about a redirect URI that this product can take an answer at; null where nothing is. */
export function redirectRemark(uri: string): Text | null {
  if (checkRedirectUri(uri) !== null) return null;
  const subject: Subject = {
    given: { redirect_uris: [uri] },
    broken: new Set<string>(),
    // Nothing about an address on this machine depends on the day.
    options: { today: "2000-01-01", registrationFor: "test" },
    applicationType: "native",
    method: "none",
    refreshes: false,
  };
  // What is said of the list as a whole is not about this address.
  return checkRedirects(subject).find(({ path }) => path.length > 1)?.message ?? null;
}
