import { bareProblem, empty, json, xml, type Answer } from "../answer.ts";
import type { CallName, CallSubject } from "../callFaults.ts";
import type { SandboxRequest } from "../request.ts";
import { authorise, callerOf, instanceAt, Refused } from "./access.ts";
import { readContentDisposition } from "./contentDisposition.ts";
import { appPath, type AltinnContext } from "./context.ts";
import { addData, deleteData, putData, readData, type DataCall } from "./data.ts";
import {
  activeInstances,
  deleteInstance,
  feedback,
  feedbackStatus,
  listIssues,
  profile,
  readInstance,
} from "./instanceCalls.ts";
import { instantiate } from "./instantiation.ts";
import { applicationMetadata, processDefinition } from "./metadata.ts";
import { policyXml, type PolicyAction } from "./policy.ts";
import { moveOn } from "./process.ts";
import { dataTypeIds, type StoredElement, type StoredInstance } from "./state.ts";
import type { Caller } from "./tokens.ts";
import { processJson } from "./wire.ts";

/** The apps of the authority that the sandbox knows: test and production, and one that was taken down. */
export const apps = [
  "mva-melding-innsending-test",
  "mva-melding-innsending-v1",
  "mva-melding-innsending-etm2",
] as const;

/** A call as the address names it: what faults go by, and what is done. */
export interface RoutedCall extends CallSubject {
  readonly act: () => Promise<Answer> | Answer;
}

/** One of the authority's apps. */
export class App {
  readonly #context: AltinnContext;
  readonly #app: string;

  constructor(context: AltinnContext, app: string) {
    this.#context = context;
    this.#app = app;
  }

  /** What a request asks for; null for an address that the app does not have. */
  route(request: SandboxRequest, path: string): RoutedCall | null {
    const routed = this.#find(request, path);
    if (routed === null) return null;
    const act = async (): Promise<Answer> => {
      if (this.#context.settings.now.decommissioned.includes(this.#app)) return empty(418);
      try {
        return await routed.act();
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        throw error;
      }
    };
    return { ...routed, act };
  }

  #find(request: SandboxRequest, path: string): RoutedCall | null {
    const context = this.#context;
    const { method } = request;
    const call = (name: CallName, act: RoutedCall["act"]): RoutedCall => ({
      name,
      dataType: null,
      fileName: null,
      act,
    });
    switch (`${method} ${path.replace(/\/+$/, "")}`) {
      case "GET /api/v1/applicationmetadata":
        return call("applicationMetadata", () => json(200, applicationMetadata(this.#app)));
      case "GET /api/v1/meta/process":
        return call("processDefinition", () => xml(200, processDefinition()));
      case "GET /api/v1/meta/authorizationpolicy":
        return call("policy", () => xml(200, policyXml(this.#app)));
      case "GET /api/v1/profile/user":
        return call("profile", () => profile(callerOf(context, request)));
      case "POST /instances":
      case "POST /instances/create":
        return call("createInstance", () => instantiate(context, this.#app, request, callerOf(context, request)));
    }
    const active = /^\/instances\/(\d+)\/active\/?$/.exec(path)?.[1];
    if (method === "GET" && active !== undefined)
      return call("activeInstances", () => activeInstances(context, this.#app, request, active));
    const match = /^\/instances\/(\d+)\/([0-9a-f-]{36})(\/.*)?$/i.exec(path);
    if (match === null) return null;
    const [, partyId = "", guid = "", rest = ""] = match;
    return this.#findInInstance(request, partyId, guid, rest.replace(/\/+$/, ""));
  }

  #findInInstance(request: SandboxRequest, partyId: string, guid: string, rest: string): RoutedCall | null {
    const context = this.#context;
    const { method } = request;
    const stored = context.archive.find(partyId, guid);
    const call = (
      name: CallName,
      action: PolicyAction | null,
      act: (instance: StoredInstance, caller: Caller) => Promise<Answer> | Answer,
      element: Pick<CallSubject, "dataType" | "fileName"> = { dataType: null, fileName: null },
    ): RoutedCall => ({
      name,
      ...element,
      act: async () => {
        const caller = callerOf(context, request);
        const instance = await instanceAt(context, this.#app, partyId, guid);
        if (action !== null) authorise(caller, instance.organisationNumber, action, instance);
        return act(instance, caller);
      },
    });
    switch (`${method} ${rest}`) {
      case "GET ":
        return call("instance", "read", (instance) => readInstance(context, instance));
      case "DELETE ":
        return call("deleteInstance", "delete", (instance, caller) =>
          deleteInstance(context, request, instance, caller),
        );
      case "GET /process":
        return call("process", "read", (instance, caller) => json(200, processJson(instance, caller)));
      case "GET /process/history":
        return call("processHistory", "read", (instance) => json(200, { processHistory: instance.history }));
      case "GET /process/next":
        return call("process", "read", () => json(200, []));
      case "PUT /process/next":
        return call(nextName(stored), null, async (instance, caller) => {
          await request.body(64 * 1024);
          return moveOn(context, instance, caller);
        });
      case "GET /validate":
        return call("validate", "read", (instance) => listIssues(context, instance));
      case "GET /feedback/status":
        return call("feedbackStatus", "read", (instance) => feedbackStatus(context, instance));
      case "GET /feedback":
        return call("feedback", "read", (instance) => feedback(context, request, instance));
    }
    return this.#findData(request, stored, rest, call);
  }

  #findData(
    request: SandboxRequest,
    stored: StoredInstance | null,
    rest: string,
    call: (
      name: CallName,
      action: PolicyAction | null,
      act: (instance: StoredInstance, caller: Caller) => Promise<Answer> | Answer,
      element?: Pick<CallSubject, "dataType" | "fileName">,
    ) => RoutedCall,
  ): RoutedCall | null {
    const { method } = request;
    const dataCall = (instance: StoredInstance, caller: Caller): DataCall => ({
      context: this.#context,
      instance,
      caller,
      request,
      address: `${this.#context.origin}${appPath(this.#app)}/instances/${String(instance.partyId)}/${instance.guid}`,
    });
    if (method === "POST") {
      const newRoute = /^\/data\/(?:type\/)?([^/]+)$/.exec(rest)?.[1];
      if (rest !== "/data" && newRoute === undefined) return null;
      const dataType = newRoute === undefined ? request.query("dataType") : decodeURIComponent(newRoute);
      const disposition = readContentDisposition(request.header("content-disposition") ?? "");
      const fileName = disposition?.extendedFileName ?? disposition?.fileName ?? null;
      return call(
        "addData",
        "write",
        (instance, caller) => addData(dataCall(instance, caller), dataType, newRoute !== undefined),
        { dataType, fileName },
      );
    }
    const match = /^\/data\/([0-9a-f-]{36})(\/validate)?$/i.exec(rest);
    if (match === null) return null;
    const id = (match[1] ?? "").toLowerCase();
    const known = stored?.data.find((element) => element.id === id) ?? null;
    const subject = { dataType: known?.dataType ?? null, fileName: known?.filename ?? null };
    const withElement =
      (act: (data: DataCall, element: StoredElement) => Promise<Answer> | Answer) =>
      (instance: StoredInstance, caller: Caller): Promise<Answer> | Answer => {
        const element = instance.data.find((candidate) => candidate.id === id);
        return element === undefined ? bareProblem(404, "Not Found") : act(dataCall(instance, caller), element);
      };
    if (match[2] !== undefined) {
      return method === "GET"
        ? call(
            "validate",
            "read",
            withElement(() => json(200, [])),
            subject,
          )
        : null;
    }
    switch (method) {
      case "GET":
        return call("data", "read", withElement(readData), subject);
      case "PUT":
        return call(
          subject.dataType === dataTypeIds.envelope || subject.dataType === null ? "putEnvelope" : "putData",
          "write",
          withElement(putData),
          subject,
        );
      case "DELETE":
        return call("deleteData", "write", withElement(deleteData), subject);
      default:
        return null;
    }
  }
}

/** Which of the two steps `process/next` would take now. */
function nextName(instance: StoredInstance | null): CallName {
  if (instance?.process.task === "Task_1") return "completeFillingIn";
  return instance?.process.task === "Task_2" ? "submit" : "next";
}
