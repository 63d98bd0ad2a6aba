import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { needsSecret, registrationSchema, type SandboxClient } from "./clients.ts";
import type { Section, Store } from "./store.ts";

/** A registration that cannot become a client; the message says which field and why. */
export class RegistrationError extends Error {}

const authenticationMethodsOf = {
  web: ["private_key_jwt", "client_secret_basic", "client_secret_post"],
  browser: ["none"],
  native: ["none"],
} as const;

/** A stable id of the form that ID-porten gives, from what was registered: the same file is the same client next time. */
function idFrom(registration: unknown): string {
  const hex = createHash("sha256").update(JSON.stringify(registration)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? "the registration"}: ${issue.message}`;
}

/**
 * Turns a registration in the shape of Digdir's self-service API into a client. It is given an id if it has none.
 *
 * @throws RegistrationError where ID-porten would not have taken it either
 */
export function clientFromRegistration(registration: unknown): SandboxClient {
  const parsed = v.safeParse(registrationSchema, registration);
  if (!parsed.success) throw new RegistrationError(parsed.issues.map(describe).join("; "));
  const { output } = parsed;
  const { application_type: type, token_endpoint_auth_method: method } = output;
  const allowed: readonly string[] = authenticationMethodsOf[type];
  if (!allowed.includes(method)) {
    throw new RegistrationError(
      `token_endpoint_auth_method: ${method} does not go with application_type ${type}, which takes ${allowed.join(" or ")}`,
    );
  }
  const foreign = output.redirect_uris.find((uri) => !/^https?:/.test(uri));
  if (foreign !== undefined) throw new RegistrationError(`redirect_uris: ${foreign} is neither http nor https`);
  const fragment = output.redirect_uris.find((uri) => uri.includes("#"));
  if (fragment !== undefined) throw new RegistrationError(`redirect_uris: ${fragment} has a fragment`);
  const portZero = output.redirect_uris.find((uri) => uri.startsWith("http://127.0.0.1:0/"));
  if (portZero !== undefined && type !== "native") {
    throw new RegistrationError(`redirect_uris: ${portZero} (any port) is only for application_type native`);
  }
  if (method === "private_key_jwt" && (output.jwks?.keys.length ?? 0) === 0) {
    throw new RegistrationError("jwks: a client with private_key_jwt needs its public key here");
  }
  return { ...output, client_id: output.client_id ?? idFrom(registration) };
}

/**
 * Reads a registration file.
 *
 * @throws RegistrationError naming the file
 */
export async function readRegistration(file: string): Promise<SandboxClient> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, "utf8"));
    return clientFromRegistration(parsed);
  } catch (error) {
    throw new RegistrationError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const secretsSchema = v.record(v.string(), v.string());

/** Opens the secrets of the clients that were not given one: made once, kept with the state. */
export function openSecrets(store: Store): Promise<Section<Record<string, string>>> {
  return store.section("client-secrets", secretsSchema, () => ({}));
}

/** The client with a secret, if its authentication method calls for one. */
export function withSecret(client: SandboxClient, secrets: Section<Record<string, string>>): SandboxClient {
  if (!needsSecret(client) || client.client_secret !== undefined) return client;
  let secret = secrets.value[client.client_id];
  if (secret === undefined) {
    secret = randomBytes(24).toString("base64url");
    secrets.value[client.client_id] = secret;
    secrets.changed();
  }
  return { ...client, client_secret: secret };
}
