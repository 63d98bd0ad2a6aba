import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { longestText, pathText, toFinding } from "../integration/checkText.ts";
import { refusals } from "../integration/checkRegistration.ts";
import { registrationSchema } from "../integration/registration.ts";
import { readJsonTree } from "../validation/jsonTree.ts";
import { dateInOslo } from "../vatReturn/calendar.ts";
import { LineIndex } from "../vatReturn/lineIndex.ts";
import { needsSecret, type SandboxClient } from "./clients.ts";
import type { Section, Store } from "./store.ts";

/** A registration that cannot become a client; the message says which field and why. */
export class RegistrationError extends Error {}

/** A stable id of the form that ID-porten gives, from what was registered: the same file is the same client next time. */
function idFrom(registration: unknown): string {
  const hex = createHash("sha256").update(JSON.stringify(registration)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Turns a registration in the shape of Digdir's self-service API into a client. It is given an id if it has none.
 *
 * @throws RegistrationError where ID-porten would not have taken it either
 */
export function clientFromRegistration(registration: unknown): SandboxClient {
  const refused = refusals(registration, dateInOslo(new Date()));
  if (refused.length > 0) {
    throw new RegistrationError(refused.map(({ path, message }) => `${pathText(path)}: ${message.en}`).join("\n"));
  }
  const output = v.parse(registrationSchema, registration);
  return { ...output, client_id: output.client_id ?? idFrom(registration) };
}

const makesOne = "“mva integration create” makes a registration.";

/**
 * Reads a registration file.
 *
 * @throws RegistrationError naming the file, the places in it and the way out
 */
export async function readRegistration(file: string): Promise<SandboxClient> {
  const text = await readText(file);
  if (text.trim().replace("\ufeff", "") === "") throw new RegistrationError(`${file}: The file is empty. ${makesOne}`);
  if (text.length > longestText) {
    throw new RegistrationError(`${file}: The file is far larger than a registration can be. ${makesOne}`);
  }
  const lines = new LineIndex(text);
  const at = (offset: number): string => {
    const { line, column } = lines.position(offset);
    return `${file}:${line}:${column}`;
  };
  const { root, fault } = readJsonTree(text);
  if (root === null || fault !== null) {
    throw new RegistrationError(
      `${at(fault?.start ?? 0)}: The file is not JSON from here on, so no client can be made of it. Mend it here, most often a comma, a quotation mark or a bracket just before. ${makesOne}`,
    );
  }
  const registration: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const refused = refusals(registration, dateInOslo(new Date())).map((found) => toFinding(found, text, root));
  if (refused.length > 0) {
    const told = refused.map(
      ({ path, range, message }) => `${at(range.start)}: ${path === null ? "" : `${path}: `}${message.en}`,
    );
    throw new RegistrationError(told.join("\n"));
  }
  return clientFromRegistration(registration);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new RegistrationError(`${file} can't be read: ${unreadable[code] ?? `the system says ${code}`}. ${makesOne}`);
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
};

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
