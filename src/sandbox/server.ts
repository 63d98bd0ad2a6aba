import { createAltinn, defaultApp, openAltinn, platformPath } from "./altinn/altinn.ts";
import type { AltinnContext } from "./altinn/context.ts";
import { appPath } from "./altinn/context.ts";
import { defaultSettings, type Settings } from "./altinn/settings.ts";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { describeClient, defaultClients, type ClientDescription, type SandboxClient } from "./clients.ts";
import { controlPath, createControl, leftPath } from "./control.ts";
import { Faults } from "./faults.ts";
import { pathOf, sendJson, type Service } from "./http.ts";
import { createIdPorten, type IdPorten } from "./idPorten/idPorten.ts";
import { leaseLifetime, Leases } from "./leases.ts";
import type { Log } from "./log.ts";
import { personName, persons, type PersonOrganisation } from "./persons.ts";
import { openSecrets, withSecret } from "./registration.ts";
import type { Store } from "./store.ts";
import type { TaxpayerFacts } from "../validation/taxpayerFacts.ts";
import { defaultFacts } from "./validation/defaultFacts.ts";
import { createValidation, validationPath } from "./validation/validation.ts";

/** The port that is taken if none is asked for, and how many after it are tried. */
export const defaultPort = 8088;
const portsToTry = 50;

/** What the sandbox tells the world on its one line of JSON. */
export interface SandboxDescription {
  readonly issuer: string;
  readonly clients: readonly ClientDescription[];
  readonly persons: readonly {
    readonly nationalIdentityNumber: string;
    readonly name: string;
    readonly organisations: readonly PersonOrganisation[];
  }[];
  /** The validation API's whole address. */
  readonly validationUrl: string;
  /** Without a slash at the end, as the next one. */
  readonly altinnPlatformUrl: string;
  readonly altinnAppUrl: string;
  readonly controlUrl: string;
}

/** The explicitly chosen port belongs to another process. */
export class PortTakenError extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`Port ${String(port)} on 127.0.0.1 is taken by another process.`);
    this.port = port;
  }
}

export interface SandboxOptions {
  /** A port, 0 for any free one, or null for 8088 and, if that is taken, the next free one. */
  readonly port: number | null;
  readonly store: Store;
  readonly log: Log;
  /** Clients besides the default ones. */
  readonly clients: readonly SandboxClient[];
  /** Ends with its last lease, or when none was taken. For a sandbox that windows share. */
  readonly endsWithLastLease: boolean;
  /** What the registers hold of organisations; the sandbox's own organisations where absent. */
  readonly facts?: readonly TaxpayerFacts[];
  /** How validation and Altinn behave at first; what is absent is as usual. */
  readonly settings?: Partial<Settings>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Sandbox {
  readonly description: SandboxDescription;
  readonly port: number;
  readonly idPorten: IdPorten;
  readonly faults: Faults;
  /** The validation API's and Altinn's: settings, faults of calls, instances. */
  readonly altinn: AltinnContext;
  /** Resolves when something other than {@link close} wants the sandbox to end: the last window left, or a stop was asked for. */
  readonly stopped: Promise<string>;
  /** Stops listening, ends what is open, and writes the state. */
  readonly close: () => Promise<void>;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}

async function listenSomewhere(server: Server, port: number | null): Promise<number> {
  const candidates = port === null ? Array.from({ length: portsToTry }, (_, index) => defaultPort + index) : [port];
  for (const candidate of candidates) {
    try {
      await listen(server, candidate);
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("the server has no address");
      return address.port;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new PortTakenError(port ?? defaultPort);
}

function describePersons(): SandboxDescription["persons"] {
  return persons.map((person) => ({
    nationalIdentityNumber: person.nationalIdentityNumber,
    name: personName(person),
    organisations: person.organisations,
  }));
}

/** Lets only requests through that are addressed to this machine by a name of the loopback: no rebound domain. */
function hostRefused(request: IncomingMessage, response: ServerResponse, port: number): boolean {
  const host = request.headers.host ?? "";
  if (host === `127.0.0.1:${String(port)}`) return false;
  if (host === `localhost:${String(port)}` && (request.method === "GET" || request.method === "HEAD")) {
    response.writeHead(307, { location: `http://127.0.0.1:${String(port)}${request.url ?? "/"}` });
    response.end();
    return true;
  }
  sendJson(response, 421, { error: `this server is http://127.0.0.1:${String(port)}` });
  return true;
}

async function serve(services: readonly Service[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  const service = services.find((candidate) => candidate.serves(path));
  if (service === undefined) sendJson(response, 404, { error: "not found" });
  else await service.handle(request, response);
}

/** Path without the parts that name one login. */
function pathForLog(path: string): string {
  return path.replace(/^\/(login|authorize)\/.+/, "/$1/…");
}

/**
 * Starts the sandbox on the loopback of this machine: all services on one port.
 *
 * @throws PortTakenError where the port asked for is not free
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { store, log, now } = options;
  const services: Service[] = [];
  let port = 0;
  const server = createServer((request, response) => {
    const started = now();
    response.on("close", () => {
      const milliseconds = String(now() - started);
      log.debug(
        `${request.method ?? ""} ${pathForLog(pathOf(request))} ${String(response.statusCode)} ${milliseconds} ms`,
      );
    });
    if (hostRefused(request, response, port)) return;
    serve(services, request, response).catch((error: unknown) => {
      log.error("a request failed", error);
      if (!response.headersSent) sendJson(response, 500, { error: "the sandbox failed" });
      else response.destroy();
    });
  });
  port = await listenSomewhere(server, options.port);
  const issuer = `http://127.0.0.1:${String(port)}`;

  const faults = new Faults();
  const leases = new Leases(now);
  const secrets = await openSecrets(store);
  const complete = (client: SandboxClient): SandboxClient => withSecret(client, secrets);
  const idPorten = await createIdPorten({
    issuer,
    store,
    faults,
    log,
    clients: [...defaultClients(`${issuer}${leftPath}`), ...options.clients].map(complete),
    now: () => Math.floor(now() / 1000),
  });
  const altinn = await openAltinn({
    origin: issuer,
    store,
    log,
    facts: options.facts ?? defaultFacts,
    settings: { ...defaultSettings, ...options.settings },
    verifyIdPortenToken: idPorten.verifyAccessToken,
    now,
  });
  const controlUrl = `${issuer}${controlPath}`;
  const describe = (): SandboxDescription => ({
    issuer,
    clients: idPorten.clients().map(describeClient),
    persons: describePersons(),
    validationUrl: `${issuer}${validationPath}`,
    altinnPlatformUrl: `${issuer}${platformPath}`,
    altinnAppUrl: `${issuer}${appPath(defaultApp)}`,
    controlUrl,
  });

  let stop: (reason: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => (stop = resolve));
  const { endsWithLastLease } = options;
  const control = createControl({ faults, altinn, leases, idPorten, complete, describe, stop, endsWithLastLease });
  // ID-porten answers to everything that nobody else does.
  services.push(control, createValidation(altinn), createAltinn(altinn), idPorten);

  const sweeping = endsWithLastLease
    ? setInterval(() => {
        if (leases.sweep()) stop("no window uses it any more");
      }, leaseLifetime / 3)
    : undefined;

  return {
    description: describe(),
    port,
    idPorten,
    faults,
    altinn,
    stopped,
    close: async () => {
      clearInterval(sweeping);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // An answer on its way may finish; one that takes longer is cut.
      const cut = setTimeout(() => server.closeAllConnections(), 500);
      await closed;
      clearTimeout(cut);
      await store.flush();
    },
  };
}
