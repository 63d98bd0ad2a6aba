import assert from "node:assert/strict";
import { ServerResponse } from "node:http";
import { start } from "../../unit/sandbox/support.ts";

export interface OwnSandbox {
  readonly issuer: string;
  /** Registers a client as Digdir's self-service would. @returns its secret, if it has one */
  addClient(registration: Readonly<Record<string, unknown>>): Promise<string | null>;
  /** Lets something go wrong once. */
  fault(fault: string, parameters?: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  /** Every token and code that it has given out so far. */
  secrets(): ReadonlySet<string>;
  /** The national identity numbers of its persons. */
  readonly identityNumbers: readonly string[];
  close(): Promise<void>;
}

/** A sandbox in the test's own process: an environment of the user's own, as far as the editor knows. */
export async function openOwnSandbox(): Promise<OwnSandbox> {
  const sent = watchAnswers();
  const sandbox = await start();
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init: RequestInit = { method, headers: { "content-type": "application/json" } };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await fetch(`${sandbox.description.controlUrl}${path}`, init);
    const answer: unknown = await response.json();
    assert.ok(response.ok, `${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    issuer: sandbox.issuer,
    addClient: async (registration) => {
      const { clientSecret } = (await control("POST", "/clients", registration)) as { clientSecret: string | null };
      return clientSecret;
    },
    fault: async (fault, parameters = {}) => {
      await control("POST", "/faults", { fault, ...parameters });
    },
    clearFaults: async () => {
      await control("DELETE", "/faults");
    },
    secrets: () => secretsIn(sent.texts),
    identityNumbers: sandbox.description.persons.map(({ nationalIdentityNumber }) => nationalIdentityNumber),
    close: async () => {
      sent.stop();
      await sandbox.close();
    },
  };
}

/** Keeps what every HTTP server of this process answers, bodies and addresses. */
function watchAnswers(): { readonly texts: readonly string[]; stop(): void } {
  const texts: string[] = [];
  const prototype = ServerResponse.prototype;
  // Called with the answer they belong to, below.
  const end: unknown = Reflect.get(prototype, "end");
  const write: unknown = Reflect.get(prototype, "write");
  const keep = (chunk: unknown): void => {
    if (typeof chunk === "string") texts.push(chunk);
    else if (chunk instanceof Uint8Array) texts.push(Buffer.from(chunk).toString("utf8"));
  };
  prototype.end = function (this: ServerResponse, ...args: unknown[]) {
    keep(args[0]);
    const location = this.getHeader("location");
    if (typeof location === "string") texts.push(location);
    return Reflect.apply(end as () => unknown, this, args) as ServerResponse;
  };
  prototype.write = function (this: ServerResponse, ...args: unknown[]) {
    keep(args[0]);
    return Reflect.apply(write as () => unknown, this, args) as boolean;
  };
  return { texts, stop: () => void Object.assign(prototype, { end, write }) };
}

function secretsIn(texts: readonly string[]): Set<string> {
  const found = new Set<string>();
  const pattern = /(?:[?&"]|^)(?:access_token|refresh_token|id_token|code|clientSecret)"?[=:]\s*"?([^&"\s]{8,})/gm;
  for (const text of texts) for (const match of text.matchAll(pattern)) if (match[1] !== undefined) found.add(match[1]);
  return found;
}
