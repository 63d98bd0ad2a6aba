import type { Exchange } from "../recordingFetch.ts";

/** Headers that curl writes by itself, or that say nothing to somebody who builds the call anew. */
const leftOut: ReadonlySet<string> = new Set(["content-length", "host", "connection", "accept-encoding", "user-agent"]);

/** The request as a curl command for a POSIX shell. Where a secret was redacted, the reader puts in one of their own. */
export function toCurl(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request;
  const lines = [`curl --request ${method} ${quote(url)}`];
  for (const [name, value] of headers) {
    if (!leftOut.has(name.toLowerCase())) lines.push(`--header ${quote(`${name}: ${value}`)}`);
  }
  if (body !== null) lines.push(body.text === null ? "--data-binary @FILE" : `--data-raw ${quote(body.text)}`);
  return lines.join(" \\\n  ");
}

/** Single quotes keep everything as it is; a quote inside ends them, is escaped, and begins them anew. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
