import type { IncomingMessage, ServerResponse } from "node:http";
import * as v from "valibot";
import type { AltinnContext } from "./altinn/context.ts";
import {
  answerSchema,
  answerWaiting,
  callFaultSchema,
  knownCallFaults,
  knownScenarios,
  scenarioSchema,
  settingsSchema,
  truth,
} from "./altinn/control.ts";
import { isScenarioName } from "./altinn/settings.ts";
import { describeClient } from "./clients.ts";
import { faultDefinitions, isFaultName, type Faults } from "./faults.ts";
import { pathOf, readBody, sendJson, type Service } from "./http.ts";
import type { IdPorten } from "./idPorten/idPorten.ts";
import { leaseLifetime, type Leases } from "./leases.ts";
import { notice, pageLanguage } from "./pages/html.ts";
import { words } from "./pages/words.ts";
import { clientFromRegistration, RegistrationError } from "./registration.ts";
import type { SandboxClient } from "./clients.ts";

/** Where the sandbox is steered. */
export const controlPath = "/sandbox/control";
/** The page that the default clients registered for Back. */
export const leftPath = "/sandbox/left";

const faultSchema = v.strictObject({
  fault: v.pipe(
    v.string(),
    v.check(isFaultName, (issue) => `there is no fault ${issue.input}`),
  ),
  mode: v.optional(v.picklist(["once", "sticky"]), "once"),
  clientId: v.optional(v.string()),
  scope: v.optional(v.string()),
  seconds: v.optional(v.pipe(v.number(), v.integer())),
  milliseconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000))),
  endpoint: v.optional(v.string()),
});

const leaseSchema = v.strictObject({ lease: v.string() });

export interface ControlOptions {
  readonly faults: Faults;
  readonly altinn: AltinnContext;
  readonly leases: Leases;
  readonly idPorten: IdPorten;
  /** Gives a client its secret, if it needs one. */
  readonly complete: (client: SandboxClient) => SandboxClient;
  /** What the JSON line says. */
  readonly describe: () => unknown;
  /** Called when the last window has left, and when a stop is asked for. */
  readonly stop: (reason: string) => void;
  /** Whether the sandbox ends with its last lease. */
  readonly endsWithLastLease: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

class BadRequest extends Error {}

async function readJson<T>(request: IncomingMessage, schema: v.GenericSchema<unknown, T>): Promise<T> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
    throw new BadRequest("the body must be application/json");
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readBody(request));
  } catch {
    throw new BadRequest("the body is not JSON");
  }
  return check(parsed, schema);
}

function check<T>(value: unknown, schema: v.GenericSchema<unknown, T>): T {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    throw new BadRequest(result.issues.map((issue) => `${v.getDotPath(issue) ?? "body"}: ${issue.message}`).join("; "));
  }
  return result.output;
}

const ok = (body: unknown): Answer => ({ status: 200, body });

type Action = (options: ControlOptions, request: IncomingMessage) => Promise<Answer> | Answer;

function activeFaults(options: ControlOptions): Answer {
  return ok({
    active: options.faults.active(),
    known: faultDefinitions,
    activeCalls: options.altinn.faults.active(),
    knownCalls: knownCallFaults,
  });
}

/** A fault of a call has `call` and `kind`, one of a sign-in `fault`. */
async function addFault(options: ControlOptions, request: IncomingMessage): Promise<Answer> {
  const asked = await readJson(request, v.looseObject({}));
  if ("call" in asked) {
    const callFault = check(asked, callFaultSchema);
    if (callFault !== null) options.altinn.faults.add(callFault);
  } else {
    const { fault, mode, ...parameters } = check(asked, faultSchema);
    if (isFaultName(fault)) options.faults.add({ name: fault, mode, parameters });
  }
  return activeFaults(options);
}

const actions: Readonly<Record<string, Action>> = {
  "GET /status": (options) => ok({ pid: process.pid, windows: options.leases.count, sandbox: options.describe() }),
  "GET /faults": activeFaults,
  "POST /faults": addFault,
  "DELETE /faults": (options) => {
    options.faults.remove();
    options.altinn.faults.remove();
    return activeFaults(options);
  },
  "GET /scenario": ({ altinn }) => ok({ scenario: altinn.settings.now.scenario, known: knownScenarios.scenarios }),
  "POST /scenario": async ({ altinn }, request) => {
    const { scenario } = await readJson(request, scenarioSchema);
    if (isScenarioName(scenario)) altinn.settings.change({ scenario });
    return ok({ scenario: altinn.settings.now.scenario, known: knownScenarios.scenarios });
  },
  "GET /settings": ({ altinn }) => ok(altinn.settings.now),
  "POST /settings": async ({ altinn }, request) => ok(altinn.settings.change(await readJson(request, settingsSchema))),
  "POST /answer": async ({ altinn }, request) => {
    const { instance } = await readJson(request, answerSchema);
    return ok({ answered: answerWaiting(altinn, instance) });
  },
  "GET /instances": async ({ altinn }) => ok(await truth(altinn)),
  "DELETE /instances": async ({ altinn }) => {
    await altinn.archive.clear();
    return ok({});
  },
  "GET /calls": ({ altinn }) => ok({ calls: altinn.calls.list(), counts: altinn.calls.counts() }),
  "DELETE /calls": ({ altinn }) => {
    altinn.calls.clear();
    return ok({});
  },
  "POST /rotate-keys": async (options) => {
    await options.idPorten.rotateKeys();
    return ok({});
  },
  "POST /clients": async (options, request) => {
    const registration = await readJson(request, v.unknown());
    const client = options.complete(clientFromRegistration(registration));
    options.idPorten.putClient(client);
    return { status: 201, body: describeClient(client) };
  },
  "POST /join": (options) => ok({ lease: options.leases.join(), heartbeatMilliseconds: leaseLifetime / 3 }),
  "POST /heartbeat": async (options, request) => {
    const { lease } = await readJson(request, leaseSchema);
    return options.leases.heartbeat(lease)
      ? ok({})
      : { status: 404, body: { error: "the lease has run out: join again" } };
  },
  "POST /leave": async (options, request) => {
    const { lease } = await readJson(request, leaseSchema);
    const known = options.leases.leave(lease);
    const last = known && options.leases.count === 0 && options.endsWithLastLease;
    if (last) options.stop("the last window left");
    return ok({ stopping: last });
  },
  "POST /stop": (options) => {
    options.stop("it was asked to stop");
    return ok({ stopping: true });
  },
};

/** Whether a page of another origin is behind the request. The steering is for programs, not for web sites. */
function fromElsewhere(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return request.headers.origin !== undefined || (site !== undefined && site !== "same-origin" && site !== "none");
}

async function answer(options: ControlOptions, request: IncomingMessage, path: string): Promise<Answer> {
  if (fromElsewhere(request)) return { status: 403, body: { error: "the control API is not for web pages" } };
  const method = request.method ?? "GET";
  const fault = /^\/faults\/([A-Za-z]+)$/.exec(path)?.[1];
  if (method === "DELETE" && fault !== undefined) {
    options.faults.remove(fault);
    options.altinn.faults.remove(fault);
    return activeFaults(options);
  }
  const action = actions[`${method} ${path}`];
  if (action === undefined) return { status: 404, body: { error: "no such control", known: Object.keys(actions) } };
  try {
    return await action(options, request);
  } catch (error) {
    if (error instanceof BadRequest || error instanceof RegistrationError) {
      return { status: 400, body: { error: error.message } };
    }
    throw error;
  }
}

function sendLeftPage(request: IncomingMessage, response: ServerResponse): void {
  const language = pageLanguage(undefined, (request.headers["accept-language"] ?? "").replaceAll(/[,;]/g, " "));
  const { html, headers } = notice(language, words.leftTitle[language], [words.left[language]]);
  response.writeHead(200, headers);
  response.end(html);
}

/** The sandbox's own addresses: the steering over HTTP, and the page behind Back. */
export function createControl(options: ControlOptions): Service {
  return {
    serves: (path) => path === leftPath || path === controlPath || path.startsWith(`${controlPath}/`),
    handle: async (request, response) => {
      const path = pathOf(request);
      if (path === leftPath) {
        sendLeftPage(request, response);
        return;
      }
      const { status, body } = await answer(options, request, path.slice(controlPath.length));
      sendJson(response, status, body);
    },
  };
}
