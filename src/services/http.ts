import type { Text } from "../vatReturn/text.ts";
import { decodeNetworkFailure } from "./networkFailure.ts";
import { ServiceError } from "./serviceError.ts";
import type { ServiceErrorKind, ServiceName } from "./serviceError.ts";

/** One HTTP call, described before it is made. */
export interface Call {
  readonly service: ServiceName;
  /** Name in errors and journals, such as `createInstance`. */
  readonly name: string;
  /** What the call does, as the beginning of a sentence: "Creating the instance". */
  readonly title: Text;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** A call that stores data may take the 100 s after which the app itself gives up. */
  readonly storing: boolean;
  /** Whether repeating the call can do no harm, whatever became of the first one. */
  readonly repeatable: boolean;
}

export interface CallResult {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The body as UTF-8. */
  readonly text: string;
}

export interface HttpOptions {
  /** The recording fetch in the product; any other in tests. */
  readonly fetch: typeof globalThis.fetch;
  /** Waits; rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly timeouts: { readonly standard: number; readonly storing: number };
  /** How often a repeatable call is tried in all. */
  readonly attempts: number;
}

export const standardTimeouts = { standard: 30_000, storing: 110_000 } as const;
const longestRetryAfter = 60_000;
const worthRepeating: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Makes a call; waits, cancels, times out and repeats what may be repeated. Redirects are never followed. */
export type HttpCaller = (call: Call, signal?: AbortSignal) => Promise<CallResult>;

export function createHttpCaller(options: HttpOptions): HttpCaller {
  return async (call, signal) => {
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= options.attempts || !call.repeatable;
      try {
        const result = await callOnce(call, options, signal);
        if (last || !worthRepeating.has(result.status)) return result;
        await options.sleep(retryAfter(result.headers) ?? backOff(attempt, options.random), signal);
      } catch (error) {
        const transient = error instanceof ServiceError && (error.kind === "network" || error.kind === "timeout");
        if (last || !transient) throw error;
        await options.sleep(backOff(attempt, options.random), signal);
      }
    }
  };
}

/** A cancellable pause. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new Error("cancelled"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
  });
}

async function callOnce(call: Call, options: HttpOptions, signal: AbortSignal | undefined): Promise<CallResult> {
  const limit = call.storing ? options.timeouts.storing : options.timeouts.standard;
  const timeout = AbortSignal.timeout(limit);
  try {
    const request: RequestInit = {
      method: call.method,
      headers: call.headers,
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    };
    if (call.body !== undefined) request.body = call.body;
    const response = await options.fetch(call.url, request);
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body, text: new TextDecoder().decode(body) };
  } catch (error) {
    throw transportError(call, error, signal?.aborted === true, timeout.aborted, limit);
  }
}

function transportError(
  call: Call,
  error: unknown,
  cancelled: boolean,
  timedOut: boolean,
  limit: number,
): ServiceError {
  const failure = decodeNetworkFailure(error);
  const host = new URL(call.url).host;
  const mayHaveArrived = call.method !== "GET" && (failure?.mayHaveArrived ?? true);
  const make = (kind: ServiceErrorKind, en: string, nb: string): ServiceError =>
    new ServiceError({
      service: call.service,
      call: call.name,
      kind,
      status: null,
      effect: mayHaveArrived ? "unknown" : "none",
      text: { en: `${call.title.en}: ${en}`, nb: `${call.title.nb}: ${nb}` },
      answer: failure?.code ?? null,
    });
  const code = failure === null || failure.code === null ? "" : ` (${failure.code})`;
  if (cancelled) return make("cancelled", "cancelled.", "avbrutt.");
  if (timedOut || failure?.kind === "timedOut") {
    const seconds = Math.round(limit / 1000);
    return make("timeout", `${host} did not answer within ${seconds} s.`, `${host} svarte ikke innen ${seconds} s.`);
  }
  if (failure?.kind === "certificate" || failure?.kind === "tls") {
    return make(
      "certificate",
      `the certificate of ${host} is not trusted${code}. A proxy that opens TLS needs its certificate in the operating system's store or in NODE_EXTRA_CA_CERTS.`,
      `sertifikatet til ${host} er ikke klarert${code}. En mellomtjener som åpner TLS, må ha sertifikatet sitt i operativsystemets lager eller i NODE_EXTRA_CA_CERTS.`,
    );
  }
  return make(
    "network",
    `${host} can't be reached, or broke off the answer${code}. Check the network and the proxy settings.`,
    `${host} kan ikke nås, eller avbrøt svaret${code}. Kontroller nettet og innstillingene for mellomtjener.`,
  );
}

function backOff(attempt: number, random: () => number): number {
  return Math.round(500 * 2 ** (attempt - 1) * (0.5 + random()));
}

/** Seconds on the wire, or a date by the server's own clock; capped: nobody waits longer in front of a screen. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  const isSeconds = /^[0-9]{1,6}$/.test(value);
  const wait = isSeconds ? Number(value) * 1000 : Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestRetryAfter);
}
