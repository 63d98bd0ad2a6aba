import { isSignInError, SignInError } from "./problem.ts";
import type { SignInProblem } from "./problem.ts";

export interface RaceLimits {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMilliseconds: number;
  /** Called when the time is up, for what is known by then. */
  readonly onTimeout: () => SignInProblem;
}

/** What an abort means: a second sign-in says so by its reason, everything else is the user's cancel. */
export function abortProblem(signal: AbortSignal): SignInProblem {
  const reason: unknown = signal.reason;
  return isSignInError(reason) ? reason.problem : { code: "cancelled" };
}

/**
 * The first outcome of several waits, of the time limit or of a cancellation. Each wait gets a signal that is aborted
 * when the race is over, however it ends; timer and listeners are gone by then too.
 */
export async function raceToOutcome<Outcome>(
  waits: readonly ((over: AbortSignal) => Promise<Outcome>)[],
  limits: RaceLimits,
): Promise<Outcome> {
  const { signal } = limits;
  if (signal?.aborted === true) throw new SignInError(abortProblem(signal));
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new SignInError(limits.onTimeout()));
    }, limits.timeoutMilliseconds);
    onAbort = () => {
      if (signal !== undefined) reject(new SignInError(abortProblem(signal)));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([limit, ...waits.map((wait) => wait(over.signal))]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
    over.abort();
  }
}

/** A promise that is never settled unless its signal is aborted; then it is rejected, so that nothing leaks. */
export function untilOver(over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => {
      reject(new SignInError({ code: "cancelled" }));
    };
    if (over.aborted) end();
    else over.addEventListener("abort", end, { once: true });
  });
}
