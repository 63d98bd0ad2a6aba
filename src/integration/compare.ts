import type { Environment } from "../services/environments.ts";
import { isProductionUrl } from "../services/environments.ts";
import { redirectAllowed } from "../services/idPorten/registeredRedirects.ts";
import type { Text } from "../vatReturn/text.ts";
import { closestOf } from "./checks/closest.ts";
import { addTo, problem, setTo, type Problem, type RegistrationFor } from "./problem.ts";
import type { GivenFields } from "./registration.ts";

/** What an application sends when somebody signs in. null: not known, and not compared. */
export interface Application {
  readonly name: Text;
  readonly clientId: string | null;
  readonly issuer: string | null;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly method: string | null;
  readonly postLogoutUri: string | null;
}

/** An environment's own configuration, as this product uses it. */
export function applicationOf(environment: Environment): Application {
  const { clientId, issuer, redirectUris, scopes, authenticationMethod, postLogoutRedirectUri, name } = environment;
  return {
    name: { en: `the environment “${name}”`, nb: `miljøet «${name}»` },
    clientId,
    issuer,
    redirectUris,
    // The sandbox asks for the names of its invented persons besides; a real client need not.
    scopes: [...new Set([...scopes.validation, ...scopes.submission])].filter(
      (scope) => name !== "sandbox" || scope !== "profile",
    ),
    method: authenticationMethod,
    postLogoutUri: postLogoutRedirectUri,
  };
}

/** An application of which only the redirect URIs are known. */
export function applicationSending(redirectUris: readonly string[]): Application {
  const name = { en: "the application", nb: "applikasjonen" };
  return { name, clientId: null, issuer: null, redirectUris, scopes: [], method: null, postLogoutUri: null };
}

/** Where a registration and what an application sends do not fit together. */
export function compare(
  given: GivenFields,
  application: Application,
  registrationFor: RegistrationFor,
): readonly Problem[] {
  return [
    ...compareClient(given, application, registrationFor),
    ...compareMethod(given, application),
    ...compareScopes(given, application),
    ...compareRedirects(given, application),
    ...comparePostLogout(given, application),
  ];
}

function compareClient(
  given: GivenFields,
  { clientId, issuer, name }: Application,
  registrationFor: RegistrationFor,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (given.client_id !== undefined && clientId !== null && given.client_id !== clientId) {
    const message = {
      en: `The registration is of the client ${given.client_id}, and ${name.en} signs in as ${clientId}.`,
      nb: `Registreringen er av klienten ${given.client_id}, og ${name.nb} logger inn som ${clientId}.`,
    };
    problems.push(problem("other-client", "error", ["client_id"], message));
  }
  if (issuer !== null && isProductionUrl(issuer) !== (registrationFor === "production")) {
    const [there, here] = registrationFor === "production" ? ["production", "test"] : ["test", "production"];
    const [thereNb, hereNb] = registrationFor === "production" ? ["produksjon", "test"] : ["test", "produksjon"];
    const message = {
      en: `The registration is for ${there}, and ${name.en} signs in at ${issuer} (${here}). A client is known in one of the two only: register it in both.`,
      nb: `Registreringen er for ${thereNb}, og ${name.nb} logger inn hos ${issuer} (${hereNb}). En klient er bare kjent i den ene: registrer den i begge.`,
    };
    problems.push(problem("other-environment", "warning", [], message));
  }
  return problems;
}

function compareMethod(given: GivenFields, { method, name }: Application): readonly Problem[] {
  const registered = given.token_endpoint_auth_method;
  if (method === null || registered === undefined || registered === method) return [];
  const message = {
    en: `${registered} is registered, and ${name.en} uses ${method}. ID-porten accepts exactly the registered method; the other is answered with invalid_client.`,
    nb: `${registered} er registrert, og ${name.nb} bruker ${method}. ID-porten godtar bare den registrerte metoden; den andre får svaret invalid_client.`,
  };
  return [problem("other-method", "error", ["token_endpoint_auth_method"], message)];
}

function compareScopes({ scopes }: GivenFields, application: Application): readonly Problem[] {
  if (scopes === undefined) return [];
  return (
    application.scopes
      // A misspelt one has been told by itself.
      .filter((scope) => closestOf(scope, scopes) === null)
      .map((scope) => {
        const message = {
          en: `${application.name.en} asks for ${scope}, which is not registered here. ID-porten then refuses the whole sign-in (invalid_scope), not that scope alone.`,
          nb: `${application.name.nb} ber om ${scope}, som ikke er registrert her. Da avviser ID-porten hele innloggingen (invalid_scope), ikke bare det scopet.`,
        };
        return problem("asks-for-more", "error", ["scopes"], capitalised(message), {
          remedies: [addTo("scopes", scopes, scope, false)],
        });
      })
  );
}

function compareRedirects(given: GivenFields, { redirectUris, name }: Application): readonly Problem[] {
  const { redirect_uris: registered } = given;
  if (registered === undefined) return [];
  const native = given.application_type === "native";
  return redirectUris.flatMap((sent, order) => {
    // Those behind the first are fallen back on where a port is taken.
    const severity = order === 0 ? "error" : "warning";
    // The port 0 is never sent: any port is.
    const really = sent.replace(/^(http:\/\/127\.0\.0\.1):0\//, "$1:49152/");
    if (redirectAllowed(really, registered, native)) return [];
    const near = nearest(sent, registered);
    if (near === null) {
      const message = {
        en: `${name.en} sends ${sent}, which is not registered. ID-porten answers with an error page, and the application hears nothing of it.`,
        nb: `${name.nb} sender ${sent}, som ikke er registrert. ID-porten svarer med en feilside, og applikasjonen hører ingenting om det.`,
      };
      const remedies = [addTo("redirect_uris", registered, sent, false)];
      return [problem("redirect-not-registered", severity, ["redirect_uris"], capitalised(message), { remedies })];
    }
    const { index, differences } = near;
    const join = (language: "en" | "nb"): string =>
      differences.map((difference) => difference[language]).join(language === "en" ? " and " : " og ");
    const message = {
      en: `${name.en} sends ${sent}, and ${registered[index] ?? ""} is registered. They differ in ${join("en")}: ID-porten compares byte for byte and answers with an error page.`,
      nb: `${name.nb} sender ${sent}, og ${registered[index] ?? ""} er registrert. De er ulike i ${join("nb")}: ID-porten sammenligner byte for byte og svarer med en feilside.`,
    };
    const path = ["redirect_uris", index] as const;
    const remedies = [setTo(path, sent), addTo("redirect_uris", registered, sent, false)];
    return [problem("redirect-differs", severity, path, capitalised(message), { remedies })];
  });
}

/** The registered address that differs in the fewest parts, and in which; null where none is near. */
function nearest(
  sent: string,
  registered: readonly string[],
): { readonly index: number; readonly differences: readonly Text[] } | null {
  const candidates = registered
    .map((uri, index) => ({ index, differences: differencesBetween(sent, uri) }))
    .filter(({ differences }) => differences.length > 0 && differences.length <= 2)
    .sort((one, other) => one.differences.length - other.differences.length);
  return candidates[0] ?? null;
}

const parts = {
  protocol: { en: "the protocol", nb: "protokollen" },
  loopback: {
    en: "the name for this machine (localhost against 127.0.0.1)",
    nb: "navnet på denne maskinen (localhost mot 127.0.0.1)",
  },
  port: { en: "the port", nb: "porten" },
  path: { en: "the path", nb: "stien" },
  slash: { en: "the slash at the end", nb: "skråstreken til slutt" },
  letters: { en: "capital and small letters in the path", nb: "store og små bokstaver i stien" },
  query: { en: "the query", nb: "spørredelen" },
  spelling: {
    en: "how the same address is written (capital letters in the host, or the usual port named)",
    nb: "hvordan den samme adressen er skrevet (store bokstaver i verten, eller den vanlige porten oppgitt)",
  },
} as const satisfies Record<string, Text>;

/** What two addresses differ in; both empty and too much means that they have nothing to do with each other. */
function differencesBetween(sent: string, registered: string): readonly Text[] {
  if (!URL.canParse(sent) || !URL.canParse(registered)) return [];
  const [one, other] = [new URL(sent), new URL(registered)];
  const found: Text[] = [];
  if (one.protocol !== other.protocol) found.push(parts.protocol);
  if (one.hostname !== other.hostname) {
    const here = ["localhost", "127.0.0.1", "[::1]"];
    if (!here.includes(one.hostname) || !here.includes(other.hostname)) return [];
    found.push(parts.loopback);
  }
  if (one.port !== other.port) found.push(parts.port);
  if (one.pathname !== other.pathname) found.push(pathDifference(one.pathname, other.pathname));
  if (one.search !== other.search) found.push(parts.query);
  return one.href === other.href && sent !== registered ? [parts.spelling] : found;
}

function pathDifference(one: string, other: string): Text {
  if (one.replace(/\/$/, "") === other.replace(/\/$/, "")) return parts.slash;
  return one.toLowerCase() === other.toLowerCase() ? parts.letters : parts.path;
}

function comparePostLogout(given: GivenFields, { postLogoutUri, name }: Application): readonly Problem[] {
  const { post_logout_redirect_uris: registered } = given;
  if (postLogoutUri === null || registered === undefined || registered.includes(postLogoutUri)) return [];
  const message = {
    en: `${name.en} asks to be sent to ${postLogoutUri} after signing out, which is not registered: the user stays on ID-porten's page.`,
    nb: `${name.nb} ber om å bli sendt til ${postLogoutUri} etter utlogging, og den er ikke registrert: brukeren blir stående på ID-portens side.`,
  };
  const remedies = [addTo("post_logout_redirect_uris", registered, postLogoutUri)];
  const path = ["post_logout_redirect_uris"] as const;
  return [problem("post-logout-not-registered", "warning", path, capitalised(message), { remedies })];
}

function capitalised({ en, nb }: Text): Text {
  return { en: en.charAt(0).toUpperCase() + en.slice(1), nb: nb.charAt(0).toUpperCase() + nb.slice(1) };
}
