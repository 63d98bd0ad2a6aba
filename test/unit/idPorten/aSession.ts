import type { Session } from "../../../src/services/idPorten/session.ts";

/** Midnight at the beginning of 2026. */
export const start = Date.UTC(2026, 0, 1);

/** A session that began at {@link start} and lasts two minutes. */
export function aSession(changes: Partial<Session> = {}): Session {
  return {
    id: "session",
    environment: "sandbox",
    issuer: "http://127.0.0.1:8088",
    clientId: "client",
    account: { id: "person", label: "Person ABC" },
    scopes: ["openid", "skatteetaten:mvameldingvalidering"],
    acr: "idporten-loa-high",
    signedInAt: new Date(start).toISOString(),
    expiresAt: new Date(start + 120_000).toISOString(),
    tokens: { access: "access-1", refresh: "refresh-1" },
    refreshSentAt: null,
    ...changes,
  };
}
