import * as v from "valibot";
import type { Call, CallResult } from "../http.ts";
import { ServiceError } from "../serviceError.ts";
import { correlationIdOf } from "./refusalError.ts";

/** The call that was answered, as far as an error has to speak of it. */
export type Asked = Pick<Call, "name" | "title" | "method">;

const tokenShape = v.union([
  v.string(),
  v.pipe(
    v.object({ token: v.string() }),
    v.transform((shape) => shape.token),
  ),
  v.pipe(
    v.object({ access_token: v.string() }),
    v.transform((shape) => shape.access_token),
  ),
]);

/**
 * The token that an exchange has brought. Raw text, a JSON string or an object that holds it: all three have been seen.
 * @returns null where there is none
 */
export function readToken(body: string): string | null {
  let candidate = body.trim();
  if (candidate.startsWith('"') || candidate.startsWith("{")) {
    try {
      candidate = v.parse(tokenShape, JSON.parse(candidate));
    } catch {
      return null;
    }
  }
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(candidate) ? candidate : null;
}

/** What a successful answer says. @throws ServiceError `unreadable` where it is not of that shape */
export function decode<Output>(request: Asked, result: CallResult, schema: v.GenericSchema<unknown, Output>): Output {
  let json: unknown;
  try {
    json = JSON.parse(result.text);
  } catch {
    throw unreadable(request, result, "no JSON");
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const place = v.getDotPath(parsed.issues[0]) ?? "";
  throw unreadable(request, result, `${place} ${parsed.issues[0].message}`.trim());
}

/** The call succeeded by its status, so it may well have taken effect. */
export function unreadable(request: Asked, result: CallResult, what: string): ServiceError {
  return new ServiceError({
    service: "altinn",
    call: request.name,
    kind: "unreadable",
    status: result.status,
    effect: request.method === "GET" ? "none" : "unknown",
    text: {
      en: `${request.title.en}: Altinn's answer (${result.status}) can't be understood: ${what}.`,
      nb: `${request.title.nb}: Svaret fra Altinn (${result.status}) kan ikke forstås: ${what}.`,
    },
    correlationId: correlationIdOf(result.headers),
  });
}
