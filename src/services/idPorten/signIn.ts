import type { Text } from "../../vatReturn/text.ts";
import { beginAttempt } from "./attempt.ts";
import type { Attempt, AttemptOptions, SignedIn } from "./attempt.ts";
import { parsePastedRedirect } from "./callback.ts";
import type { Callback } from "./callback.ts";
import type { IdPortenContext } from "./context.ts";
import { startLoopbackListener } from "./loopbackListener.ts";
import type { LoopbackListener } from "./loopbackListener.ts";
import { probeAuthorization } from "./probe.ts";
import { isSignInError, SignInError } from "./problem.ts";
import type { SignInProblem } from "./problem.ts";
import { problemText } from "./problemText.ts";
import { raceToOutcome, untilOver } from "./race.ts";

/** Offers the user to paste the address that the browser ended on. */
export interface PasteRequest {
  readonly authorizationUrl: string;
  readonly redirectUri: string;
  /** Aborted when the answer has come another way, or the sign-in is over. */
  readonly over: AbortSignal;
  /** For validation while typing: null if the address is right, else what is wrong. */
  readonly check: (pasted: string) => Text | null;
  /** What was wrong with the address pasted before; null the first time. */
  readonly wrong: Text | null;
}

export interface SignInOptions extends AttemptOptions {
  /** Opens an address in the user's browser; false if that failed. The address must reach it unchanged. */
  readonly openBrowser: (authorizationUrl: string) => Promise<boolean>;
  /** Default 5 minutes. */
  readonly timeoutMilliseconds?: number;
  /** False where the browser can't reach this machine, or its ports are taken: then pasting is the only way. Default true. */
  readonly listen?: boolean;
  /**
   * Resolves with what was pasted, or with undefined if the user closed the box: then a sign-in that listens goes on
   * waiting, and one that doesn't is cancelled.
   */
  readonly paste?: ((request: PasteRequest) => Promise<string | undefined>) | undefined;
  /** Whether to ask ID-porten, beside the browser, if it accepts the request at all. Default true. */
  readonly probe?: boolean;
  /** How long the page is served after the answer has come. Default 5 s. */
  readonly lingerMilliseconds?: number;
}

const fiveMinutes = 5 * 60 * 1000;

/**
 * Signs in through the browser. Every end of it (answer, error, time limit, `context.signal`) closes the listener, the
 * paste box and the timer. A second attempt ends the first by aborting its signal with {@link superseded} as reason.
 * @throws SignInError
 */
export async function signIn(context: IdPortenContext, options: SignInOptions): Promise<SignedIn> {
  const attempt = await beginAttempt(context, options);
  const refused: { error: string | null } = { error: null };
  const listener = options.listen === false ? null : await listen(context, options, attempt, refused);
  try {
    const redirectUri = listener?.redirectUri ?? unheardRedirectUri(context.environment.redirectUris);
    const callback = await awaitCallback(context, options, attempt, listener, redirectUri, refused);
    return await attempt.finish(callback);
  } finally {
    // The page may take some seconds more; nobody has to wait for that.
    void listener?.close();
  }
}

/** The reason to abort a sign-in with when the user starts another one. */
export function superseded(): SignInError {
  return new SignInError({ code: "superseded" });
}

function listen(
  context: IdPortenContext,
  options: SignInOptions,
  attempt: Attempt,
  refused: { error: string | null },
): Promise<LoopbackListener> {
  return startLoopbackListener({
    redirectUris: context.environment.redirectUris,
    state: attempt.state,
    language: options.language,
    ...(options.lingerMilliseconds === undefined ? {} : { lingerMilliseconds: options.lingerMilliseconds }),
    onRefused: (refusal, error) => {
      context.log?.(`The listener refused a request: ${refusal}.`);
      if (error !== null && /^[a-z_]{1,60}$/.test(error)) refused.error = error;
    },
  });
}

async function awaitCallback(
  context: IdPortenContext,
  options: SignInOptions,
  attempt: Attempt,
  listener: LoopbackListener | null,
  redirectUri: string,
  refused: { readonly error: string | null },
): Promise<Callback> {
  const url = attempt.authorizationUrl(redirectUri);
  const limit = options.timeoutMilliseconds ?? fiveMinutes;
  const errorPage: { problem: SignInProblem | null } = { problem: null };
  const expected = { redirectUri, state: attempt.state };

  const browser = async (over: AbortSignal): Promise<Callback> => {
    context.log?.(`Opening the browser for ${context.environment.name}.`);
    const opened = await options.openBrowser(url.href);
    if (!opened && options.paste === undefined) throw new SignInError({ code: "browserNotOpened" });
    return listener === null ? untilOver(over) : listener.callback;
  };
  const pasting = async (over: AbortSignal): Promise<Callback> => {
    if (options.paste === undefined) return untilOver(over);
    const check = (text: string): Text | null => {
      const reading = parsePastedRedirect(text, expected);
      return reading.ok ? null : problemText({ code: "pastedAddress", reason: reading.reason, expected: redirectUri });
    };
    // A wrong address ends nothing: it is asked for again, with what was wrong about it.
    for (let wrong: Text | null = null; !over.aborted;) {
      const pasted = await options.paste({ authorizationUrl: url.href, redirectUri, over, check, wrong });
      if (pasted === undefined) {
        if (listener === null) throw new SignInError({ code: "cancelled" });
        break;
      }
      const reading = parsePastedRedirect(pasted, expected);
      if (reading.ok) return reading.callback;
      wrong = check(pasted);
    }
    return untilOver(over);
  };
  const probing = async (over: AbortSignal): Promise<Callback> => {
    if (options.probe === false || options.loginHint !== undefined) return untilOver(over);
    // Nonce and state of the real request stay out of this one.
    const result = await probeAuthorization(
      withFreshSecrets(url),
      redirectUri,
      context.environment,
      context.fetch,
      over,
    );
    if (result.kind === "refused") throw new SignInError(result.problem);
    if (result.kind === "redirected") throw attempt.explain(result.query);
    if (result.kind === "errorPage") errorPage.problem = result.problem;
    return untilOver(over);
  };

  try {
    return await raceToOutcome([browser, pasting, probing], {
      signal: context.signal,
      timeoutMilliseconds: limit,
      onTimeout: () =>
        errorPage.problem ?? { code: "timedOut", minutes: Math.ceil(limit / 60_000), refusedCallback: refused.error },
    });
  } catch (error) {
    // Who saw an error page and pressed Cancel learns why there was one.
    if (errorPage.problem !== null && isSignInError(error, "cancelled")) throw new SignInError(errorPage.problem);
    throw error;
  }
}

function withFreshSecrets(url: URL): URL {
  const copy = new URL(url);
  for (const name of ["state", "nonce"]) copy.searchParams.set(name, crypto.randomUUID());
  return copy;
}

/** A redirect URI that nobody listens on, for pasting: a free port by its looks, so that the browser shows an error and the address. */
function unheardRedirectUri(redirectUris: readonly string[]): string {
  const url = new URL(redirectUris[0] ?? "http://127.0.0.1:0/callback");
  if (url.port === "0") url.port = String(49_152 + Math.floor(Math.random() * 16_000));
  return url.href;
}
