import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

/** A whole answer before it is sent, so that a fault can still lose it, cut it off or put another in its place. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type Headers = Readonly<Record<string, string>>;

export function answer(
  status: number,
  body: string | Uint8Array,
  contentType: string | null,
  headers: Headers = {},
): Answer {
  const type: Headers = contentType === null ? {} : { "content-type": contentType };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(body) };
}

/** Without a body, as the framework's own refusals. */
export function empty(status: number, headers: Headers = {}): Answer {
  return answer(status, "", null, headers);
}

export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return answer(status, JSON.stringify(value), "application/json; charset=utf-8", headers);
}

export function plain(status: number, text: string): Answer {
  return answer(status, text, "text/plain; charset=utf-8");
}

export function xml(status: number, text: string): Answer {
  return answer(status, text, "application/xml; charset=utf-8");
}

/** An id as the framework writes it into its problem details. */
export function traceId(): string {
  return `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`;
}

/** Problem details (RFC 7807) as the app's framework writes them. */
export function problem(status: number, title: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  return answer(
    status,
    JSON.stringify({ title, status, ...more, traceId: traceId() }),
    "application/problem+json; charset=utf-8",
  );
}

const sections: Readonly<Record<number, string>> = {
  400: "6.5.1",
  403: "6.5.3",
  404: "6.5.4",
  409: "6.5.8",
  413: "6.5.11",
  415: "6.5.13",
  500: "6.6.1",
};

/** What the framework itself answers where the app gives a status and nothing more. */
export function bareProblem(status: number, title: string): Answer {
  const section = sections[status];
  const type = section === undefined ? {} : { type: `https://tools.ietf.org/html/rfc7231#section-${section}` };
  return answer(
    status,
    JSON.stringify({ ...type, title, status, traceId: traceId() }),
    "application/problem+json; charset=utf-8",
  );
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": String(body.length) });
  response.end(body);
}
