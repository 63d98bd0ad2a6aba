import type { Language, Text } from "../../vatReturn/text.ts";
import type { Exchange, RecordedBody, RecordedHeaders } from "../recordingFetch.ts";
import { toCurl } from "./curl.ts";
import { lessonOf } from "./lesson.ts";
import { prettyBody } from "./prettyBody.ts";

const words = {
  intro: {
    en: "Every call of this run in its order. Tokens, codes, cookies and national identity numbers are removed.",
    nb: "Alle kall i denne kjøringen, i rekkefølge. Tokener, koder, informasjonskapsler og fødselsnumre er fjernet.",
  },
  none: { en: "No call has been made yet.", nb: "Ingen kall er gjort ennå." },
  other: { en: "Another call", nb: "Et annet kall" },
  documentation: { en: "Documentation", nb: "Dokumentasjon" },
  sent: { en: "Sent", nb: "Sendt" },
  received: { en: "Received", nb: "Mottatt" },
  noAnswer: { en: "No answer came", nb: "Det kom ikke noe svar" },
  brokenOff: { en: "The answer broke off", nb: "Svaret ble brutt av" },
  binary: { en: "bytes, not shown", nb: "byte, vises ikke" },
  cut: { en: "only the beginning is kept", nb: "bare begynnelsen er tatt vare på" },
} as const satisfies Readonly<Record<string, Text>>;

/** The heading of an exchange in the document; the number is its place, 1 for the first. */
export const exchangeHeading = /^## ([0-9]+)\. /;

/** What a transcript is of. */
export interface TranscriptHead {
  /** Such as the organisation and period. */
  readonly title: string;
  /** Where it was, and how it went. */
  readonly about: string;
}

/**
 * A run as a document to read (Markdown): every call with what it is for, where that is documented, its headers and its
 * body in readable form, and the same call as a curl command.
 */
export function transcriptDocument(
  exchanges: readonly Exchange[],
  { title, about }: TranscriptHead,
  language: Language,
): string {
  const say = (text: Text): string => text[language];
  const parts = exchanges.map((exchange, index) => section(exchange, index + 1, say));
  const body = parts.length === 0 ? [say(words.none)] : parts;
  return `${[`# ${title}`, about, say(words.intro), ...body].join("\n\n")}\n`;
}

function section(exchange: Exchange, number: number, say: (text: Text) => string): string {
  const { request, response, failure } = exchange;
  const lesson = lessonOf(exchange);
  const heading = `## ${number}. ${say(lesson?.title ?? words.other)}`;
  const status = response === null ? say(words.noAnswer) : `${response.status} ${response.statusText}`.trim();
  const facts = `\`${request.method} ${request.url}\` → **${status}**, ${exchange.durationMilliseconds} ms, ${exchange.startedAt}`;
  const broken =
    failure === null
      ? []
      : [
          `${say(response === null ? words.noAnswer : words.brokenOff)}: ${[failure.kind, failure.code].filter(Boolean).join(", ")}`,
        ];
  return [
    heading,
    ...(lesson === null ? [] : [`${say(lesson.explanation)} [${say(words.documentation)}](${lesson.documentation})`]),
    facts,
    ...broken,
    message(say(words.sent), request.headers, request.body, say),
    ...(response === null ? [] : [message(say(words.received), response.headers, response.body, say)]),
    fenced("sh", toCurl(exchange)),
  ].join("\n\n");
}

function message(
  title: string,
  headers: RecordedHeaders,
  body: RecordedBody | null,
  say: (text: Text) => string,
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  const parts = [`### ${title}`];
  if (lines !== "") parts.push(fenced("http", lines));
  if (body !== null) parts.push(bodyOf(body, say));
  return parts.join("\n\n");
}

function bodyOf(body: RecordedBody, say: (text: Text) => string): string {
  const kind = body.mediaType ?? "";
  if (body.text === null) return `${kind} ${body.size} ${say(words.binary)}`.trim();
  const { text, language } = prettyBody(body.text, body.truncated);
  const block = fenced(language, text);
  return body.truncated ? `${block}\n\n(${say(words.cut)})` : block;
}

/** A fence longer than any that the text holds. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
