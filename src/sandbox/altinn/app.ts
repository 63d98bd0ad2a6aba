import { answer, bareProblem, empty, json, problem, xml, type Answer } from "../answer.ts";
import type { CallName, CallSubject } from "../callFaults.ts";
import type { SandboxRequest } from "../request.ts";
import { authorise, callerOf, instanceAt, Refused } from "./access.ts";
import { countIssues, type Issue } from "./checks.ts";
import { readContentDisposition } from "./contentDisposition.ts";
import { appPath, type AltinnContext } from "./context.ts";
import { addData, deleteData, putData, readData, type DataCall } from "./data.ts";
import { catchUp, isFeedbackProvided, waitForFeedback } from "./feedback.ts";
import { note, touch } from "./instances.ts";
import { instantiate } from "./instantiation.ts";
import { applicationMetadata, processDefinition } from "./metadata.ts";
import { partyUuid, rolesOf } from "./parties.ts";
import { mayDo, policyXml, type PolicyAction } from "./policy.ts";
import { moveOn } from "./process.ts";
import { dataTypeIds, type StoredElement, type StoredInstance } from "./state.ts";
import type { Caller } from "./tokens.ts";
import { activeJson, appInstance, processJson } from "./wire.ts";

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
        return call("profile", () => this.#profile(callerOf(context, request)));
      case "POST /instances":
      case "POST /instances/create":
        return call("createInstance", () => instantiate(context, this.#app, request, callerOf(context, request)));
    }
    const active = /^\/instances\/(\d+)\/active\/?$/.exec(path)?.[1];
    if (method === "GET" && active !== undefined) return call("activeInstances", () => this.#active(request, active));
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
        return call("instance", "read", (instance) => this.#readInstance(instance));
      case "DELETE ":
        return call("deleteInstance", "delete", (instance, caller) => this.#delete(request, instance, caller));
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
        return call("validate", "read", (instance) => this.#validate(instance));
      case "GET /feedback/status":
        return call("feedbackStatus", "read", (instance) => this.#feedbackStatus(instance));
      case "GET /feedback":
        return call("feedback", "read", (instance) => this.#feedback(request, instance));
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

  #readInstance(instance: StoredInstance): Answer {
    if (instance.readStatus !== 1) {
      instance.readStatus = 1;
      this.#context.archive.changed();
    }
    return json(200, appInstance(this.#context, instance));
  }

  async #active(request: SandboxRequest, partyId: string): Promise<Answer> {
    const caller = callerOf(this.#context, request);
    const found = this.#context.archive.instances.filter(
      (instance) => instance.app === this.#app && String(instance.partyId) === partyId && instance.hardDeleted === null,
    );
    for (const instance of found) await catchUp(this.#context, instance);
    const visible = found.filter(
      (instance) =>
        instance.archived === null &&
        instance.softDeleted === null &&
        mayDo(rolesOf(caller.user, instance.organisationNumber), "read", instance.process.task),
    );
    return json(200, visible.map(activeJson));
  }

  async #delete(request: SandboxRequest, instance: StoredInstance, caller: Caller): Promise<Answer> {
    const context = this.#context;
    const hard = request.query("hard")?.toLowerCase() === "true";
    const stamp = context.clock.stamp();
    instance.softDeleted ??= stamp;
    if (hard) instance.hardDeleted = stamp;
    note(context, instance, caller, "Deleted");
    touch(context, instance, caller);
    const given = json(200, appInstance(context, instance));
    if (hard) for (const element of instance.data.splice(0)) await context.archive.removeBytes(element.id);
    return given;
  }

  /** The app's own counts; whether the real one also asks the authority here is not known, so this does not. */
  #validate(instance: StoredInstance): Answer {
    const { task } = instance.process;
    if (task === null) {
      return this.#context.settings.now.library === "v7"
        ? bareProblem(500, "An error occurred while processing your request.")
        : problem(409, "Validation error", { detail: "Unable to validate instance without a started process." });
    }
    const issues = countIssues(instance, task);
    return json(200, this.#context.settings.now.library === "v7" ? issues.map(olderIssue) : issues);
  }

  #feedbackStatus(instance: StoredInstance): Answer {
    if (this.#context.settings.now.feedback === "missing") return empty(404);
    return json(200, { isFeedbackProvided: isFeedbackProvided(instance) });
  }

  async #feedback(request: SandboxRequest, instance: StoredInstance): Promise<Answer> {
    const { feedback } = this.#context.settings.now;
    if (feedback === "missing") return empty(404);
    if (feedback === "blocking") {
      await waitForFeedback(this.#context, instance, () => request.raw.socket.destroyed);
    }
    if (isFeedbackProvided(instance)) return json(200, appInstance(this.#context, instance));
    return answer(409, "has not yet received feedback. Try again later.", "text/plain; charset=utf-8");
  }

  #profile(caller: Caller): Answer {
    const { user } = caller;
    const { givenName, familyName, nationalIdentityNumber } = user.person;
    const name = `${givenName} ${familyName}`;
    return json(200, {
      userId: user.userId,
      userUuid: partyUuid(user.partyId),
      userName: user.userName,
      externalIdentity: "",
      isReserved: false,
      phoneNumber: null,
      email: null,
      partyId: user.partyId,
      party: {
        partyId: user.partyId,
        partyUuid: partyUuid(user.partyId),
        partyTypeName: 1,
        orgNumber: null,
        ssn: nationalIdentityNumber,
        unitType: null,
        name,
        isDeleted: false,
        onlyHierarchyElementWithNoAccess: false,
        person: { ssn: nationalIdentityNumber, name, firstName: givenName, middleName: null, lastName: familyName },
        organization: null,
        childParties: null,
      },
      userType: 1,
      profileSettingPreference: { language: "nb", preSelectedPartyId: 0, doNotPromptForParty: false },
    });
  }
}

/** Which of the two steps `process/next` would take now. */
function nextName(instance: StoredInstance | null): CallName {
  if (instance?.process.task === "Task_1") return "completeFillingIn";
  return instance?.process.task === "Task_2" ? "submit" : "next";
}

/** The older form of an issue: the severity is a word. */
function olderIssue({ field, code, description }: Issue): Readonly<Record<string, unknown>> {
  return { severity: "Error", instanceId: null, dataElementId: null, field, code, description, scope: "INSTANCE" };
}
