import type { IncomingMessage } from "node:http";

export type Body = { readonly kind: "bytes"; readonly bytes: Buffer } | { readonly kind: "tooLarge" };

/** A request with its address taken apart and its body read at most once. */
export class SandboxRequest {
  readonly method: string;
  /** Percent-decoding is left to those who look at parts of it. */
  readonly path: string;
  readonly raw: IncomingMessage;
  readonly #query: URLSearchParams;
  #body: Promise<Body> | null = null;

  constructor(raw: IncomingMessage) {
    this.raw = raw;
    this.method = raw.method ?? "GET";
    const url = raw.url ?? "/";
    const mark = url.indexOf("?");
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.#query = new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
  }

  header(name: string): string | null {
    const value = this.raw.headers[name.toLowerCase()];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  }

  /** A query parameter; upper and lower case of its name are the same, as to the app's framework. */
  query(name: string): string | null {
    for (const [key, value] of this.#query) if (key.toLowerCase() === name.toLowerCase()) return value;
    return null;
  }

  /** The length that the sender announces; null for a body of unknown length. */
  get announcedLength(): number | null {
    const length = this.header("content-length");
    return length === null ? null : Number(length);
  }

  /** The whole body; beyond `limit` bytes it is read to its end and thrown away. The first limit asked for counts. */
  body(limit: number): Promise<Body> {
    this.#body ??= readAll(this.raw, limit);
    return this.#body;
  }

  /** Reads what is left, so that an early answer is not lost when the connection closes. */
  async drain(): Promise<void> {
    await this.body(0);
  }
}

async function readAll(raw: IncomingMessage, limit: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (error) {
    // The sender went away in the middle: nobody waits for an answer, and half a body is none.
    throw new AbortedRequest("the request was cut off", { cause: error });
  }
  return size > limit ? { kind: "tooLarge" } : { kind: "bytes", bytes: Buffer.concat(chunks) };
}

/** The sender closed the connection before the request was complete. */
export class AbortedRequest extends Error {}
