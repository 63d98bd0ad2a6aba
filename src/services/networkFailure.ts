/** Why a request got no answer, in the terms that decide what to do next. */
export type NetworkFailureKind =
  | "nameNotFound"
  | "refused"
  | "unreachable"
  | "timedOut"
  | "reset"
  | "certificate"
  | "tls"
  | "proxy"
  | "cancelled"
  | "unknown";

export interface NetworkFailure {
  readonly kind: NetworkFailureKind;
  /** Node's own code such as `ECONNREFUSED`, or a proxy's HTTP status; null where there is none. */
  readonly code: string | null;
  /** False only where the request certainly never reached the other end. */
  readonly mayHaveArrived: boolean;
}

const certificateCodes: ReadonlySet<string> = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_UNTRUSTED",
  "CERT_REVOKED",
  "CERT_REJECTED",
  "INVALID_CA",
  "HOSTNAME_MISMATCH",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

const byCode: Readonly<Record<string, { kind: NetworkFailureKind; mayHaveArrived: boolean }>> = {
  ENOTFOUND: { kind: "nameNotFound", mayHaveArrived: false },
  EAI_AGAIN: { kind: "nameNotFound", mayHaveArrived: false },
  ECONNREFUSED: { kind: "refused", mayHaveArrived: false },
  EHOSTUNREACH: { kind: "unreachable", mayHaveArrived: false },
  ENETUNREACH: { kind: "unreachable", mayHaveArrived: false },
  EADDRNOTAVAIL: { kind: "unreachable", mayHaveArrived: false },
  UND_ERR_CONNECT_TIMEOUT: { kind: "timedOut", mayHaveArrived: false },
  ETIMEDOUT: { kind: "timedOut", mayHaveArrived: true },
  UND_ERR_HEADERS_TIMEOUT: { kind: "timedOut", mayHaveArrived: true },
  UND_ERR_BODY_TIMEOUT: { kind: "timedOut", mayHaveArrived: true },
  ECONNRESET: { kind: "reset", mayHaveArrived: true },
  EPIPE: { kind: "reset", mayHaveArrived: true },
  UND_ERR_SOCKET: { kind: "reset", mayHaveArrived: true },
};

/**
 * Decodes what Node's fetch throws. It hides the reason one or more causes deep, and in a list of its own where
 * several addresses of one name were tried. Returns null for anything that is no network failure.
 */
export function decodeNetworkFailure(error: unknown): NetworkFailure | null {
  for (const link of causes(error)) {
    const tunnel = /Proxy response \(([0-9]{3})\)/.exec(link.message)?.[1];
    if (tunnel !== undefined) return { kind: "proxy", code: tunnel, mayHaveArrived: false };
    if (link.name === "TimeoutError") return { kind: "timedOut", code: null, mayHaveArrived: true };
    if (link.name === "AbortError") return { kind: "cancelled", code: null, mayHaveArrived: true };
    const code = "code" in link && typeof link.code === "string" ? link.code : null;
    if (code === null) continue;
    if (certificateCodes.has(code)) return { kind: "certificate", code, mayHaveArrived: false };
    if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) {
      return { kind: "tls", code, mayHaveArrived: false };
    }
    const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
    if (known !== undefined) return { ...known, code };
  }
  const fetchFailed = causes(error).some(
    (link) => link instanceof TypeError && /fetch failed|terminated/.test(link.message),
  );
  return fetchFailed ? { kind: "unknown", code: null, mayHaveArrived: true } : null;
}

/** An error, its causes and the errors gathered in them, outermost first; bounded, since causes may form a ring. */
function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && found.length < 20) {
    const next = waiting.shift();
    if (!(next instanceof Error) || found.includes(next)) continue;
    found.push(next);
    if (next instanceof AggregateError) waiting.push(...(next.errors as unknown[]));
    waiting.push(next.cause);
  }
  return found;
}
