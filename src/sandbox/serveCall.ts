import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { answer, bareProblem, empty, json, problem, send, type Answer } from "./answer.ts";
import type { CallFault, CallFaults, CallSubject } from "./callFaults.ts";
import type { CallLog } from "./callLog.ts";
import type { Log } from "./log.ts";
import { AbortedRequest, type SandboxRequest } from "./request.ts";

/** What a fault needs besides its kind, given by the service that it strikes. */
export interface FaultWords {
  /** A 409 in the words of the app. */
  readonly conflict: string;
  /** A validation result that refuses, as XML. */
  readonly refusal: () => string;
}

export interface CallSurroundings {
  readonly faults: CallFaults;
  readonly calls: CallLog;
  readonly log: Log;
  readonly words: FaultWords;
}

const defaultDelay = 5000;
/** What any of the calls takes, in bytes. */
export const largestBody = 26_214_400;
const badGateway = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><p>sandbox gateway</p></body></html>
`;

/** Answers one call, or does to it what the fault that was asked for says. */
export async function serveCall(
  surroundings: CallSurroundings,
  request: SandboxRequest,
  response: ServerResponse,
  subject: CallSubject,
  act: () => Promise<Answer> | Answer,
): Promise<void> {
  const { log } = surroundings;
  try {
    await serveOrStrike(surroundings, request, response, subject, act);
  } catch (error) {
    if (!(error instanceof AbortedRequest)) throw error;
    log.debug(`${subject.name} was cut off by its sender`);
    response.destroy();
  }
}

async function serveOrStrike(
  { faults, calls, log, words }: CallSurroundings,
  request: SandboxRequest,
  response: ServerResponse,
  subject: CallSubject,
  act: () => Promise<Answer> | Answer,
): Promise<void> {
  const fault = faults.take(subject);
  const note = (status: number | null): void =>
    calls.add({
      call: subject.name,
      method: request.method,
      path: request.path,
      dataType: subject.dataType,
      fileName: subject.fileName,
      fault: fault?.kind ?? null,
      status,
    });
  if (fault === null) {
    const given = await act();
    note(given.status);
    send(response, given);
    return;
  }
  log.info(`the fault ${fault.kind} strikes ${subject.name}`);
  const strike = new Strike(fault, response, note, act);
  const before = refusalOf(fault, words);
  if (before !== null) {
    await request.drain();
    strike.answer(before);
  } else await strike.carryOut(request);
}

class Strike {
  readonly #fault: CallFault;
  readonly #response: ServerResponse;
  readonly #note: (status: number | null) => void;
  readonly #act: () => Promise<Answer> | Answer;

  constructor(
    fault: CallFault,
    response: ServerResponse,
    note: (status: number | null) => void,
    act: () => Promise<Answer> | Answer,
  ) {
    this.#fault = fault;
    this.#response = response;
    this.#note = note;
    this.#act = act;
  }

  answer(given: Answer): void {
    this.#note(given.status);
    send(this.#response, given);
  }

  /** The kinds that have nothing to do with an answer of another status, and those that answer so after the effect. */
  async carryOut(request: SandboxRequest): Promise<void> {
    const { kind, milliseconds = defaultDelay } = this.#fault;
    if (kind === "resetBefore") {
      this.#reset();
      return;
    }
    // What was sent is read before anything happens to the connection.
    await request.body(largestBody);
    if (kind === "timeoutBefore") {
      this.#note(null);
      return;
    }
    if (kind === "lateEffect") {
      this.#reset();
      await delay(milliseconds, undefined, { ref: false });
      await this.#act();
      return;
    }
    const given = await this.#act();
    if (kind === "timeoutAfter") this.#note(null);
    else if (kind === "resetAfter") this.#reset();
    else if (kind === "truncated") this.#cutOff(given);
    else {
      if (kind === "slow") await delay(milliseconds, undefined, { ref: false });
      this.answer(answerAfter(this.#fault, given));
    }
  }

  #reset(): void {
    this.#note(null);
    this.#response.destroy();
  }

  #cutOff({ status, headers, body }: Answer): void {
    this.#note(status);
    const whole = body.length === 0 ? Buffer.from("{}") : body;
    this.#response.writeHead(status, { ...headers, "content-length": String(whole.length) });
    this.#response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => this.#response.destroy());
  }
}

/** What is answered once the call has taken effect. */
function answerAfter({ kind, call }: CallFault, given: Answer): Answer {
  switch (kind) {
    case "serverErrorAfter": {
      // A new instance that fails after it was made says which one it is.
      const id = /^\{"id":"([^"]+)"/.exec(given.body.toString("utf8"))?.[1];
      return call === "createInstance" && id !== undefined
        ? json(500, `Instantiation of data elements failed for instance ${id}`)
        : serverError();
    }
    case "badGatewayAfter":
      return webPage();
    case "gatewayTimeoutAfter":
      return empty(504);
    default:
      return given;
  }
}

function serverError(): Answer {
  return bareProblem(500, "An error occurred while processing your request.");
}

function webPage(): Answer {
  return answer(502, badGateway, "text/html; charset=utf-8");
}

/** The answer of a fault that keeps the call from being carried out; null for the other kinds. */
function refusalOf(fault: CallFault, words: FaultWords): Answer | null {
  switch (fault.kind) {
    case "unauthorised":
      return empty(401, { "www-authenticate": "Bearer" });
    case "forbidden":
      return bareProblem(403, "Forbidden");
    case "forbiddenEmpty":
      return empty(403);
    case "notFound":
      return bareProblem(404, "Not Found");
    case "conflictSentence":
      return json(409, words.conflict);
    case "conflictValidationResult":
      return answer(409, words.refusal(), "application/xml; charset=utf-8");
    case "conflictProblem":
      return problem(409, "Validation failed for task", {
        detail: "1 validation errors found for task Task_1",
        validationIssues: [
          {
            severity: 1,
            dataElementId: null,
            field: "mvamelding",
            code: "TooFewDataElementsOfType",
            description: "TooFewDataElementsOfType",
            source: "Altinn.App.Core.Features.Validation.Default.DefaultTaskValidator-*",
          },
        ],
      });
    case "decommissioned":
      return empty(418);
    case "tooManyRequests":
      return empty(429, { "retry-after": String(fault.seconds ?? 1) });
    case "serverErrorBefore":
      return serverError();
    case "badGatewayBefore":
      return webPage();
    case "gatewayTimeoutBefore":
      return empty(504);
    default:
      return null;
  }
}
