import type { Exchange, RecordedBody, RecordedHeaders } from "../../services/recordingFetch.ts";
import { lessonOf } from "../../services/transcript/lesson.ts";
import type { Journal } from "../../submission/journal.ts";
import { statusWords } from "../../submission/words.ts";
import type { Language, Text } from "../../vatReturn/text.ts";

/** A heading of an exchange in the transcript; the number is its place, 1 for the first. */
export const exchangeHeading = /^## ([0-9]+)\. /;

const words = {
  title: { en: "Transcript", nb: "Samtalelogg" },
  intro: {
    en: "Every call of this submission in order, as it went over the wire. Tokens, cookies and national identity numbers were removed before anything was kept.",
    nb: "Alle kall i denne innsendingen i rekkefølge, slik de gikk over nettet. Tokener, informasjonskapsler og fødselsnumre ble fjernet før noe ble tatt vare på.",
  },
  nothing: { en: "No call has been made yet.", nb: "Ingen kall er gjort ennå." },
  other: { en: "Other call", nb: "Annet kall" },
  documentation: { en: "Documentation", nb: "Dokumentasjon" },
  request: { en: "Request", nb: "Forespørsel" },
  answer: { en: "Answer", nb: "Svar" },
  noAnswer: { en: "No answer", nb: "Ikke noe svar" },
  binary: { en: "bytes, not kept", nb: "byte, ikke tatt vare på" },
  cut: { en: "… the rest is not kept", nb: "… resten er ikke tatt vare på" },
} as const satisfies Record<string, Text>;

/** The calls of a submission as Markdown: each with what it is for, what was sent and what came back. */
export function transcriptText(journal: Journal, exchanges: readonly Exchange[], language: Language): string {
  const { period, organisationNumber, environment } = journal;
  const head = [
    `# ${words.title[language]}: ${period}, ${organisationNumber}`,
    `${environment.name} · ${statusWords(journal)[language]} · ${journal.instanceId ?? "–"}`,
    words.intro[language],
  ];
  const calls = exchanges.map((exchange, index) => exchangeText(exchange, index + 1, language));
  return `${[...head, ...(calls.length === 0 ? [words.nothing[language]] : calls)].join("\n\n")}\n`;
}

function exchangeText(exchange: Exchange, number: number, language: Language): string {
  const { request, response, failure } = exchange;
  const lesson = lessonOf(exchange);
  const status =
    response === null ? (failure?.code ?? failure?.kind ?? "") : `${response.status} ${response.statusText}`;
  return [
    `## ${number}. ${lesson?.title[language] ?? words.other[language]}`,
    lesson === null
      ? ""
      : `${lesson.explanation[language]} [${words.documentation[language]}](${lesson.documentation})`,
    `\`${request.method} ${request.url}\` → **${status.trim()}** (${exchange.durationMilliseconds} ms, ${exchange.startedAt})`,
    `${words.request[language]}:`,
    messageText(request.headers, request.body, language),
    response === null ? `${words.noAnswer[language]}.` : `${words.answer[language]}:`,
    response === null ? "" : messageText(response.headers, response.body, language),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function messageText(headers: RecordedHeaders, body: RecordedBody | null, language: Language): string {
  const head = fenced("http", headers.map(([name, value]) => `${name}: ${value}`).join("\n"));
  if (body === null) return head;
  if (body.text === null) return `${head}\n\n(${body.size} ${words.binary[language]})`;
  const { text, syntax } = pretty(body.text);
  return `${head}\n\n${fenced(syntax, body.truncated ? `${text}\n${words.cut[language]}` : text)}`;
}

/** JSON is indented; XML stands as it was sent, since every byte of it counts, unless it is all on one line. */
function pretty(text: string): { readonly text: string; readonly syntax: string } {
  const trimmed = text.trim();
  if (trimmed.startsWith("<")) {
    return { syntax: "xml", text: trimmed.includes("\n") ? trimmed : trimmed.replaceAll("><", ">\n<") };
  }
  try {
    return { syntax: "json", text: JSON.stringify(JSON.parse(trimmed), null, 2) };
  } catch {
    return { syntax: "text", text: trimmed };
  }
}

/** A fence longer than any in the content, so that nothing sent or received can end it. */
function fenced(syntax: string, content: string): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${syntax}\n${content}\n${fence}`;
}
