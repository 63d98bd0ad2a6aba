import { decodeNetworkFailure } from "./networkFailure.ts";
import { createRedactor } from "./redaction.ts";
import type { Redactor } from "./redaction.ts";

export type Fetch = typeof globalThis.fetch;

/** A body as kept: redacted text, or only its size where it is no text. */
export interface RecordedBody {
  readonly mediaType: string | null;
  /** Bytes on the wire, or characters where the length in bytes is not known beforehand. */
  readonly size: number;
  /** Redacted; null where the body is binary. */
  readonly text: string | null;
  /** True where the text is only the beginning. */
  readonly truncated: boolean;
}

export type RecordedHeaders = readonly (readonly [name: string, value: string])[];

/** One HTTP exchange, without any secret or national identity number. Data only: it can be kept as JSON. */
export interface Exchange {
  /** 1 for the first exchange that this recorder saw. */
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMilliseconds: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: RecordedHeaders;
    readonly body: RecordedBody | null;
  };
  /** Null where no answer came. */
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: RecordedHeaders;
    readonly body: RecordedBody | null;
  } | null;
  /** Why there is no answer, or none that is whole. */
  readonly failure: { readonly kind: string; readonly code: string | null } | null;
}

export interface RecordingOptions {
  readonly fetch: Fetch;
  /** Called once for every exchange, before the caller of fetch learns the outcome. Must not throw. */
  readonly record: (exchange: Exchange) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Shared where several recorders shall know the same secrets. */
  readonly redactor?: Redactor;
  /** Characters kept of each body. Default 256 Ki. */
  readonly limit?: number;
}

const defaultLimit = 262_144;
const textual = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|jwt|x-www-form-urlencoded|problem))/i;
/** Statuses whose responses can't carry a body. */
const bodiless: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/**
 * A fetch that records every exchange. Redaction happens at the moment of recording: what is secret is never kept.
 * Bodies of answers are read to the end before the caller gets them, so a body that breaks off is a failed call.
 */
export function createRecordingFetch(options: RecordingOptions): Fetch {
  const redactor = options.redactor ?? createRedactor();
  const limit = options.limit ?? defaultLimit;
  let sequence = 0;

  return async (input, init) => {
    const started = options.now();
    const number = ++sequence;
    const request = await describeRequest(input, init, redactor, limit);
    const finish = (response: Exchange["response"], failure: Exchange["failure"]): void => {
      options.record({
        sequence: number,
        startedAt: new Date(started).toISOString(),
        durationMilliseconds: Math.max(0, Math.round(options.now() - started)),
        request,
        response,
        failure,
      });
    };
    let response: Response | null = null;
    try {
      response = await options.fetch(input, init);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const mediaType = response.headers.get("content-type");
      finish(describeResponse(response, recordedBytes(bytes, mediaType, redactor, limit), redactor), null);
      return rebuilt(response, bytes);
    } catch (error) {
      const failure = decodeNetworkFailure(error);
      finish(response === null ? null : describeResponse(response, null, redactor), {
        kind: failure?.kind ?? "unknown",
        code: failure?.code ?? null,
      });
      throw error;
    }
  };
}

async function describeRequest(
  input: Parameters<Fetch>[0],
  init: RequestInit | undefined,
  redactor: Redactor,
  limit: number,
): Promise<Exchange["request"]> {
  const request = input instanceof Request ? input : null;
  const headers = new Headers(init?.headers ?? request?.headers);
  const mediaType = headers.get("content-type");
  // Headers first: a token learned there is removed from everything after it.
  const recordedHeaders = redactor.headers(headers.entries());
  return {
    method: (init?.method ?? request?.method ?? "GET").toUpperCase(),
    url: redactor.url(input instanceof URL ? input.href : input instanceof Request ? input.url : input),
    headers: recordedHeaders,
    body: await recordedBody(init?.body ?? null, request, mediaType, redactor, limit),
  };
}

async function recordedBody(
  body: NonNullable<RequestInit["body"]> | null,
  request: Request | null,
  mediaType: string | null,
  redactor: Redactor,
  limit: number,
): Promise<RecordedBody | null> {
  if (body === null) {
    if (request === null || request.body === null) return null;
    return recordedBytes(new Uint8Array(await request.clone().arrayBuffer()), mediaType, redactor, limit);
  }
  if (typeof body === "string") return recordedText(body, Buffer.byteLength(body), mediaType, redactor, limit);
  if (body instanceof URLSearchParams) {
    const form = body.toString();
    return recordedText(form, form.length, mediaType ?? "application/x-www-form-urlencoded", redactor, limit);
  }
  if (body instanceof Uint8Array) return recordedBytes(body, mediaType, redactor, limit);
  if (body instanceof ArrayBuffer) return recordedBytes(new Uint8Array(body), mediaType, redactor, limit);
  if (body instanceof Blob) {
    return recordedBytes(new Uint8Array(await body.arrayBuffer()), mediaType ?? body.type, redactor, limit);
  }
  // A stream or a multipart form can't be read without being used up.
  return { mediaType, size: 0, text: null, truncated: true };
}

function recordedBytes(
  bytes: Uint8Array,
  mediaType: string | null,
  redactor: Redactor,
  limit: number,
): RecordedBody | null {
  if (bytes.byteLength === 0) return null;
  if (mediaType !== null && !textual.test(mediaType)) {
    return { mediaType, size: bytes.byteLength, text: null, truncated: true };
  }
  return recordedText(new TextDecoder().decode(bytes), bytes.byteLength, mediaType, redactor, limit);
}

/** Redacts the whole before cutting: a secret that the cut goes through would not be recognised any more. */
function recordedText(
  text: string,
  size: number,
  mediaType: string | null,
  redactor: Redactor,
  limit: number,
): RecordedBody {
  const safe = redactor.text(text);
  return { mediaType, size, text: safe.slice(0, limit), truncated: safe.length > limit };
}

function describeResponse(
  response: Response,
  body: RecordedBody | null,
  redactor: Redactor,
): NonNullable<Exchange["response"]> {
  return {
    status: response.status,
    statusText: redactor.text(response.statusText),
    headers: redactor.headers(response.headers.entries()),
    body,
  };
}

/** The response as it came, with its body readable again. */
function rebuilt(response: Response, bytes: Uint8Array<ArrayBuffer>): Response {
  // An opaque redirect (status 0) can't be built anew; it has no body to give back either.
  if (response.status < 200) return response;
  const copy = new Response(bodiless.has(response.status) ? null : bytes, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
  Object.defineProperty(copy, "url", { value: response.url });
  Object.defineProperty(copy, "redirected", { value: response.redirected });
  return copy;
}
