import * as v from "valibot";
import { readEnvironment } from "./environmentSchema.ts";
import type { EnvironmentReading } from "./environmentSchema.ts";
import { sandboxValidationScopes, submissionScopes } from "./environments.ts";
import type { Purpose } from "./environments.ts";

const clientSchema = v.object({
  clientId: v.string(),
  clientSecret: v.nullable(v.string()),
  applicationType: v.string(),
  tokenEndpointAuthMethod: v.string(),
  redirectUris: v.array(v.string()),
  scopes: v.array(v.string()),
});

const sandboxLineSchema = v.object({
  issuer: v.string(),
  clients: v.pipe(v.array(clientSchema), v.minLength(1)),
  persons: v.array(
    v.object({
      nationalIdentityNumber: v.string(),
      name: v.string(),
      organisations: v.array(
        v.object({ organisationNumber: v.string(), name: v.string(), roles: v.array(v.string()) }),
      ),
    }),
  ),
  validationUrl: v.optional(v.nullable(v.string()), null),
  altinnPlatformUrl: v.optional(v.nullable(v.string()), null),
  altinnAppUrl: v.optional(v.nullable(v.string()), null),
  controlUrl: v.optional(v.nullable(v.string()), null),
});

/** What a running sandbox says about itself, in one line of JSON on stdout. */
export type SandboxLine = v.InferOutput<typeof sandboxLineSchema>;
export type SandboxClient = v.InferOutput<typeof clientSchema>;

/** The line as data, or null if it is not one. */
export function readSandboxLine(json: string): SandboxLine | null {
  try {
    const result = v.safeParse(sandboxLineSchema, JSON.parse(json));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** The client to use unless told otherwise: public, on a loopback address, with the most scopes. */
export function preferredClient(line: SandboxLine, clientId?: string): SandboxClient | null {
  const usable = line.clients.filter(
    (client) =>
      ["none", "client_secret_post"].includes(client.tokenEndpointAuthMethod) &&
      client.redirectUris.some((uri) => uri.startsWith("http://")),
  );
  if (clientId !== undefined) return usable.find((client) => client.clientId === clientId) ?? null;
  const rank = (client: SandboxClient): number =>
    (client.tokenEndpointAuthMethod === "none" ? 1000 : 0) +
    (client.applicationType === "native" ? 500 : 0) +
    client.scopes.length;
  return usable.toSorted((one, other) => rank(other) - rank(one))[0] ?? null;
}

/** A running sandbox as an environment. Scopes that the client does not have are not asked for. */
export function environmentOfSandbox(line: SandboxLine, clientId?: string): EnvironmentReading {
  const client = preferredClient(line, clientId);
  if (client === null) {
    const en =
      clientId === undefined ? "The sandbox has no client to sign in with." : `The sandbox has no client ${clientId}.`;
    const nb =
      clientId === undefined
        ? "Sandkassen har ingen klient å logge inn med."
        : `Sandkassen har ingen klient ${clientId}.`;
    return { ok: false, problems: [{ path: "clients", text: { en, nb } }] };
  }
  const ofClient = (scopes: readonly string[]): string[] =>
    scopes.filter((scope) => scope === "openid" || client.scopes.includes(scope));
  const scopes: Record<Purpose, string[]> = {
    validation: ofClient(sandboxValidationScopes),
    submission: ofClient(submissionScopes),
  };
  if (scopes.submission.length === 0) {
    scopes.submission = client.scopes.filter((scope) => scope === "skatteetaten:mvameldinginnsending");
  }
  return readEnvironment({
    name: "sandbox",
    issuer: line.issuer,
    clientId: client.clientId,
    redirectUris: client.redirectUris.filter((uri) => uri.startsWith("http://")),
    scopes,
    authenticationMethod: client.tokenEndpointAuthMethod,
    validationUrl: line.validationUrl,
    altinnPlatformUrl: line.altinnPlatformUrl,
    altinnAppUrl: line.altinnAppUrl,
  });
}
