import type { Language } from "../../vatReturn/text.ts";
import type { Environment } from "../environments.ts";
import type { Exchange } from "../recordingFetch.ts";
import { redact } from "../redaction.ts";
import { isSignInError } from "./problem.ts";
import { problemText } from "./problemText.ts";

export interface DiagnosisContext {
  readonly environment: Environment;
  /** Scopes that were asked for. */
  readonly requestedScopes: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Name and version of the product and of what it runs in, such as "mva 0.1.0" and "VS Code 1.96.0". */
  readonly versions: readonly string[];
  /** The last exchanges with ID-porten, already redacted. */
  readonly exchanges: readonly Exchange[];
  readonly language: Language;
}

const mostExchanges = 12;
/** Headers by which a server's own people find a request again. */
const traceHeaders: ReadonlySet<string> = new Set([
  "traceid",
  "x-trace-id",
  "x-correlation-id",
  "x-request-id",
  "request-id",
  "traceparent",
]);

/** A text for a support ticket: what was tried, what came of it, and how to find it in the other end's logs. No secret. */
export function diagnosis(error: unknown, context: DiagnosisContext): string {
  const { environment, language } = context;
  const norwegian = language === "nb";
  const problem = isSignInError(error) ? error.problem : null;
  const lines: (readonly [en: string, nb: string, value: string | null])[] = [
    ["Time (UTC)", "Tidspunkt (UTC)", new Date(context.now).toISOString()],
    ["Environment", "Miljø", environment.name],
    ["Issuer", "Utsteder", environment.issuer],
    ["Client id", "Klient-ID", environment.clientId],
    ["Authentication method", "Autentiseringsmetode", environment.authenticationMethod],
    ["Redirect URIs", "Redirect-URI-er", environment.redirectUris.join(" ")],
    ["Scopes asked for", "Scope det ble bedt om", context.requestedScopes.join(" ")],
    ["Security level asked for", "Sikkerhetsnivå det ble bedt om", environment.acr],
    ["Problem", "Problem", problem?.code ?? (error instanceof Error ? error.name : "unknown")],
    ["Meaning", "Betydning", problem === null ? null : problemText(problem)[language]],
    ["Details", "Detaljer", problem === null ? null : JSON.stringify(problem)],
    ["Underneath", "Underliggende", isSignInError(error) ? error.technical : messageOf(error)],
    ["Trace ids", "Sporings-ID-er", traceIds(context.exchanges)],
    ["Versions", "Versjoner", context.versions.join(", ")],
  ];
  const head = lines.flatMap(([en, nb, value]) =>
    value === null || value === "" ? [] : [`${norwegian ? nb : en}: ${value}`],
  );
  const calls = context.exchanges.slice(-mostExchanges).map(describeExchange);
  const title = norwegian ? "Kall, eldste først:" : "Calls, oldest first:";
  return redact([...head, ...(calls.length === 0 ? [] : ["", title, ...calls])].join("\n")) + "\n";
}

function describeExchange(exchange: Exchange): string {
  const outcome =
    exchange.response === null
      ? (exchange.failure?.code ?? exchange.failure?.kind ?? "-")
      : String(exchange.response.status);
  const address = exchange.request.url.split("?")[0] ?? "";
  return `${exchange.startedAt} ${exchange.request.method} ${address} -> ${outcome} (${exchange.durationMilliseconds} ms)`;
}

function traceIds(exchanges: readonly Exchange[]): string | null {
  const found = exchanges.flatMap(({ response }) => {
    if (response === null || response.status < 400) return [];
    const headers = response.headers.filter(([name]) => traceHeaders.has(name.toLowerCase())).map(([, value]) => value);
    const body = /(?:traceId|correlation id|korrelasjonsid)["']?\s*[=:]\s*["']?([\w-]{8,64})/i.exec(
      response.body?.text ?? "",
    );
    return [...headers, ...(body?.[1] === undefined ? [] : [body[1]])];
  });
  return found.length === 0 ? null : [...new Set(found)].join(" ");
}

function messageOf(error: unknown): string | null {
  return error instanceof Error ? error.message : null;
}
