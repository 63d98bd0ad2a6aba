import type { Exchange, RecordedBody, RecordedHeaders } from "../recordingFetch.ts";

/** A HAR 1.2 document (http://www.softwareishard.com/blog/har-12-spec/), as far as an exchange fills it. */
export interface Har {
  readonly log: {
    readonly version: "1.2";
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: object;
  readonly response: object;
  readonly cache: object;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment?: string;
}

/** Redacted exchanges as a HAR file that browsers and HTTP tools open. Sizes that are not known are -1. */
export function toHar(exchanges: readonly Exchange[], version: string): Har {
  return { log: { version: "1.2", creator: { name: "MVA-melding", version }, entries: exchanges.map(toEntry) } };
}

function toEntry(exchange: Exchange): HarEntry {
  const { request, response, failure } = exchange;
  const time = exchange.durationMilliseconds;
  const answered = response?.body ?? null;
  return {
    startedDateTime: exchange.startedAt,
    time,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(request.headers),
      queryString: queryOf(request.url),
      headersSize: -1,
      bodySize: request.body?.size ?? 0,
      ...(request.body === null ? {} : { postData: { mimeType: mediaType(request.body), text: textOf(request.body) } }),
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.statusText ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(response?.headers ?? []),
      content: {
        size: answered?.size ?? 0,
        mimeType: answered === null ? "x-unknown" : mediaType(answered),
        ...(answered === null ? {} : { text: textOf(answered) }),
      },
      redirectURL: header(response?.headers ?? [], "location"),
      headersSize: -1,
      bodySize: answered?.size ?? -1,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    ...(failure === null ? {} : { comment: [failure.kind, failure.code].filter(Boolean).join(": ") }),
  };
}

function pairs(headers: RecordedHeaders): NameValue[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function header(headers: RecordedHeaders, wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

function queryOf(url: string): NameValue[] {
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function mediaType(body: RecordedBody): string {
  return body.mediaType ?? "application/octet-stream";
}

/** Binary bodies are not kept. */
function textOf(body: RecordedBody): string {
  return body.text ?? "";
}
