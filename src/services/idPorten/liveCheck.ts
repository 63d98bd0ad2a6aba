import type { Language, Text } from "../../vatReturn/text.ts";
import { isIdentityScope } from "../environments.ts";
import { beginAttempt } from "./attempt.ts";
import { connect, type Connection } from "./configuration.ts";
import { createMemoryDiscoveryCache, type IdPortenContext } from "./context.ts";
import { probeAuthorization } from "./probe.ts";
import { isSignInError, type SignInProblem } from "./problem.ts";
import { problemText } from "./problemText.ts";

/** What came of one thing that was tried at ID-porten without signing in. */
export interface LiveStep {
  readonly step: "discovery" | "description" | "clock" | "authorization" | "scope";
  /** `unknown`: tried, and the answer says neither yes nor no. */
  readonly outcome: "ok" | "warning" | "failed" | "unknown";
  readonly text: Text;
  /** null where nothing went wrong, or nothing that has a name. */
  readonly problem: SignInProblem | null;
}

export interface LiveCheckOptions {
  /** All scopes that the application asks for. */
  readonly scopes: readonly string[];
  /** What the application sends; the port 0 stands for any. */
  readonly redirectUris: readonly string[];
  readonly language: Language;
}

/** A clock that is further off makes a sign-in fail. */
const unusableClock = 60;
/** The HTTP date has whole seconds, and answers take their time. */
const noticeableClock = 10;
const mostRedirects = 5;
const registeredDomain = "idporten.no";

/**
 * Tries at ID-porten what can be tried without signing in: whether it is there and is what it should be, whether the
 * clocks agree, and whether it accepts the authorization request up to its login page. Nothing is kept from before.
 * Never throws for what ID-porten or the network does.
 */
export async function checkLive(given: IdPortenContext, options: LiveCheckOptions): Promise<readonly LiveStep[]> {
  const environment = { ...given.environment, authenticationMethod: "none" as const };
  // Of the environment, the method matters at the token endpoint only, which is not called: no secret is needed.
  const context: IdPortenContext = { ...given, environment, discoveryCache: createMemoryDiscoveryCache() };
  let connection: Connection;
  try {
    connection = await connect(context);
  } catch (error) {
    if (!isSignInError(error)) throw error;
    return [failed("discovery", error.problem)];
  }
  return [
    ok("discovery", {
      en: `ID-porten answers at ${environment.issuer} and gives its endpoints.`,
      nb: `ID-porten svarer på ${environment.issuer} og oppgir endepunktene sine.`,
    }),
    ...describedAsExpected(connection, given),
    clock(connection),
    ...(await authorizations(context, options)),
  ];
}

function describedAsExpected({ metadata }: Connection, { environment }: IdPortenContext): readonly LiveStep[] {
  const doubts: Text[] = [];
  const offers = (name: string, value: string): boolean => {
    const offered: unknown = metadata[name];
    return !Array.isArray(offered) || offered.includes(value);
  };
  const { issuer, authenticationMethod } = environment;
  const host = new URL(metadata.authorization_endpoint ?? issuer).hostname;
  const isElsewhere =
    new URL(issuer).hostname.endsWith(registeredDomain) && !`.${host}`.endsWith(`.${registeredDomain}`);
  if (isElsewhere) {
    doubts.push({
      en: `the login page is at ${host}, which is not ID-porten's domain`,
      nb: `innloggingssiden er på ${host}, som ikke er ID-portens domene`,
    });
  }
  if (!offers("code_challenge_methods_supported", "S256")) {
    doubts.push({ en: "it does not offer PKCE with S256", nb: "den tilbyr ikke PKCE med S256" });
  }
  if (!offers("response_types_supported", "code")) {
    doubts.push({ en: "it does not offer sign-in with a code", nb: "den tilbyr ikke innlogging med kode" });
  }
  if (!offers("token_endpoint_auth_methods_supported", authenticationMethod)) {
    doubts.push({
      en: `it does not offer the authentication method ${authenticationMethod}`,
      nb: `den tilbyr ikke autentiseringsmetoden ${authenticationMethod}`,
    });
  }
  if (doubts.length === 0) return [];
  const join = (language: Language): string => doubts.map((doubt) => doubt[language]).join("; ");
  const text = {
    en: `What it says of itself is not what ID-porten says: ${join("en")}.`,
    nb: `Det den sier om seg selv, er ikke det ID-porten sier: ${join("nb")}.`,
  };
  return [{ step: "description", outcome: "warning", text, problem: null }];
}

function clock({ clock: { differenceSeconds: difference } }: Connection): LiveStep {
  if (difference === null) {
    const text = {
      en: "ID-porten's answer has no date, so the clocks could not be compared.",
      nb: "Svaret fra ID-porten har ingen dato, så klokkene kunne ikke sammenlignes.",
    };
    return { step: "clock", outcome: "unknown", text, problem: null };
  }
  const seconds = Math.round(Math.abs(difference));
  if (seconds > unusableClock) return failed("clock", { code: "clockOff", differenceSeconds: difference });
  const ahead = difference > 0 ? { en: "ahead", nb: "foran" } : { en: "behind", nb: "bak" };
  if (seconds > noticeableClock) {
    const text = {
      en: `This machine's clock is ${seconds} s ${ahead.en}. Up to ${unusableClock} s is put up with; a server with less patience refuses its tokens.`,
      nb: `Klokken på denne maskinen går ${seconds} s ${ahead.nb}. Inntil ${unusableClock} s tåles; en server med mindre tålmodighet avviser tokenene.`,
    };
    return { step: "clock", outcome: "warning", text, problem: null };
  }
  return ok("clock", {
    en: `This machine's clock agrees with ID-porten's (${seconds} s apart).`,
    nb: `Klokken på denne maskinen stemmer med ID-portens (${seconds} s fra hverandre).`,
  });
}

async function authorizations(context: IdPortenContext, options: LiveCheckOptions): Promise<readonly LiveStep[]> {
  const steps: LiveStep[] = [];
  let { scopes } = options;
  for (const redirectUri of options.redirectUris.slice(0, mostRedirects)) {
    const step = await authorization(context, { ...options, scopes }, redirectUri);
    steps.push(step);
    // An unknown client is unknown with every address.
    if (step.problem?.code === "unknownClient") break;
    if (step.problem?.code !== "scopeNotGranted") continue;
    const each = await scopeByScope(context, options, redirectUri);
    steps.push(...each.steps);
    scopes = each.accepted;
  }
  return steps;
}

/** One scope that was not granted refuses the whole request: asked for one at a time, they show which. */
async function scopeByScope(
  context: IdPortenContext,
  options: LiveCheckOptions,
  redirectUri: string,
): Promise<{ readonly steps: readonly LiveStep[]; readonly accepted: readonly string[] }> {
  const steps: LiveStep[] = [];
  const accepted = ["openid"];
  for (const scope of options.scopes.filter((each) => !isIdentityScope(each))) {
    const tried = await authorization(context, { ...options, scopes: ["openid", scope] }, redirectUri);
    // Another failure, such as a lost connection, says nothing of the scope.
    const isAnswered = tried.outcome !== "failed" || tried.problem?.code === "scopeNotGranted";
    const outcome = isAnswered ? tried.outcome : "unknown";
    if (outcome === "ok") accepted.push(scope);
    const text: Record<LiveStep["outcome"], Text> = {
      ok: { en: `${scope}: granted.`, nb: `${scope}: tildelt.` },
      warning: { en: `${scope}: doubtful.`, nb: `${scope}: usikkert.` },
      failed: {
        en: `${scope}: not granted. MVA: Order scopes writes the order.`,
        nb: `${scope}: ikke tildelt. MVA: Bestill scope skriver bestillingen.`,
      },
      unknown: {
        en: `${scope}: ID-porten's answer does not tell whether it is granted.`,
        nb: `${scope}: det går ikke fram av svaret fra ID-porten om det er tildelt.`,
      },
    };
    steps.push({ step: "scope", outcome, text: text[outcome], problem: null });
  }
  return { steps, accepted };
}

async function authorization(
  context: IdPortenContext,
  { scopes, language }: LiveCheckOptions,
  redirectUri: string,
): Promise<LiveStep> {
  const sent = withPort(redirectUri);
  try {
    const attempt = await beginAttempt(context, { scopes, language });
    const url = attempt.authorizationUrl(sent);
    const limit = AbortSignal.timeout((context.requestTimeoutSeconds ?? 30) * 1000);
    const signal = context.signal === undefined ? limit : AbortSignal.any([context.signal, limit]);
    const result = await probeAuthorization(url, sent, context.environment, context.fetch, signal);
    switch (result.kind) {
      case "accepted":
        return ok("authorization", {
          en: `The request is accepted up to the login page: client ${context.environment.clientId}, ${sent}, ${scopes.join(" ")}.`,
          nb: `Forespørselen godtas fram til innloggingssiden: klient ${context.environment.clientId}, ${sent}, ${scopes.join(" ")}.`,
        });
      case "redirected":
        return failed("authorization", attempt.explain(result.query).problem);
      case "refused":
      case "errorPage":
        return failed("authorization", result.problem);
      case "unknown": {
        const text = {
          en: `It can't be told whether the request with ${sent} is accepted: the answer is neither a login page nor a refusal.`,
          nb: `Det går ikke an å si om forespørselen med ${sent} godtas: svaret er verken en innloggingsside eller et avslag.`,
        };
        return { step: "authorization", outcome: "unknown", text, problem: null };
      }
    }
  } catch (error) {
    if (!isSignInError(error)) throw error;
    return failed("authorization", error.problem);
  }
}

/** Nobody listens here, so any port does where the registered one is 0. */
function withPort(redirectUri: string): string {
  return redirectUri.replace(/^(http:\/\/127\.0\.0\.1):0\//, "$1:49152/");
}

function ok(step: LiveStep["step"], text: Text): LiveStep {
  return { step, outcome: "ok", text, problem: null };
}

function failed(step: LiveStep["step"], problem: SignInProblem): LiveStep {
  return { step, outcome: "failed", text: problemText(problem), problem };
}
