import type * as v from "valibot";
import type { Text } from "../../vatReturn/text.ts";
import type { Call, CallResult, HttpCaller } from "../http.ts";
import { assertNotProduction } from "../environments.ts";
import { decode, readToken, unreadable } from "./answers.ts";
import { contentDisposition } from "./contentDisposition.ts";
import { readPolicy } from "./policy.ts";
import type { PolicyHolders } from "./policy.ts";
import { AltinnRefusal } from "./refusalError.ts";
import type { PolicyStep } from "./roles.ts";
import * as wire from "./wire.ts";

/** Where an environment's Altinn is. Both without a trailing slash. */
export interface AltinnAddresses {
  /** Such as `https://platform.tt02.altinn.no`. */
  readonly platformUrl: string;
  /** Such as `https://skd.apps.tt02.altinn.no/skd/mva-melding-innsending-test`. */
  readonly appUrl: string;
}

/** A file to be stored on an instance. */
export interface Upload {
  readonly dataType: string;
  readonly contentType: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What `feedback` answered: the finished instance, or "not yet". */
export type Feedback = { readonly state: "provided"; readonly instance: wire.Instance } | { readonly state: "waiting" };

/**
 * The calls of the VAT return's Altinn app and platform, one method each. Every method throws `AltinnRefusal` for an
 * answer that is no success and `ServiceError` where no answer came. Instances are named `{partyId}/{guid}`.
 */
export interface AltinnClient {
  /** Exchanges an ID-porten access token for Altinn's own; it lives exactly as long. */
  exchange(idPortenToken: string, signal?: AbortSignal): Promise<string>;
  createInstance(organisationNumber: string, signal?: AbortSignal): Promise<wire.Instance>;
  instance(id: string, signal?: AbortSignal): Promise<wire.Instance>;
  process(id: string, signal?: AbortSignal): Promise<wire.ProcessState>;
  /** Moves the process one step on. Never repeat it without reading the process first: the next step would be taken. */
  next(id: string, step: "fillIn" | "submit", signal?: AbortSignal): Promise<wire.ProcessState>;
  putEnvelope(id: string, dataId: string, xml: string, signal?: AbortSignal): Promise<void>;
  addData(id: string, upload: Upload, signal?: AbortSignal): Promise<wire.DataElement>;
  deleteData(id: string, dataId: string, signal?: AbortSignal): Promise<void>;
  /** The stored bytes. The envelope comes back re-serialised by the app. */
  data(id: string, dataId: string, signal?: AbortSignal): Promise<Uint8Array>;
  validate(id: string, signal?: AbortSignal): Promise<readonly wire.ValidationIssue[]>;
  isFeedbackProvided(id: string, signal?: AbortSignal): Promise<boolean>;
  feedback(id: string, signal?: AbortSignal): Promise<Feedback>;
  /** Drafts and unfinished instances of a party; the app says no more of them than their id and last change. */
  activeInstances(partyId: string, signal?: AbortSignal): Promise<v.InferOutput<typeof wire.activeInstances>>;
  /** Instances of an organisation that are neither archived nor deleted, newest first. */
  openInstances(organisationNumber: string, signal?: AbortSignal): Promise<readonly wire.Instance[]>;
  events(id: string, signal?: AbortSignal): Promise<v.InferOutput<typeof wire.instanceEvents>["instanceEvents"]>;
  deleteInstance(id: string, hard: boolean, signal?: AbortSignal): Promise<void>;
  /** The app's live access policy (XACML). */
  policy(signal?: AbortSignal): Promise<string>;
}

interface Request {
  readonly name: string;
  readonly title: Text;
  readonly method: Call["method"];
  readonly url: string;
  readonly step?: PolicyStep;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly repeatable?: boolean;
  readonly accepted?: readonly number[];
}

/**
 * The one way to Altinn, and so the one place that keeps production out of reach.
 * @param token gives the Altinn token at the moment of a call; not used by `exchange` and `policy`.
 * @throws ProductionRefusedError where an address is one of production's.
 */
export function createAltinnClient(
  addresses: AltinnAddresses,
  caller: HttpCaller,
  token: () => Promise<string>,
): AltinnClient {
  const { platformUrl, appUrl } = addresses;
  assertNotProduction(platformUrl);
  assertNotProduction(appUrl);
  const storage = `${platformUrl}/storage/api/v1/instances`;
  const at = (id: string): string => `${appUrl}/instances/${id}`;

  const send = async (request: Request, bearer: string | null, signal?: AbortSignal): Promise<CallResult> => {
    const call: Call = {
      service: "altinn",
      name: request.name,
      title: request.title,
      method: request.method,
      url: request.url,
      headers: {
        accept: "application/json",
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...request.headers,
      },
      storing: request.method !== "GET",
      repeatable: request.repeatable ?? request.method === "GET",
      ...(request.body === undefined ? {} : { body: request.body }),
    };
    const result = await caller(call, signal);
    if ((request.accepted ?? [200, 201]).includes(result.status)) return result;
    const step = request.step ?? null;
    const holders = result.status === 403 && step !== null ? await livePolicy(step, signal) : null;
    throw new AltinnRefusal(call, result, step, holders);
  };
  const readPolicyText = async (signal?: AbortSignal): Promise<string> => {
    const request: Request = {
      name: "policy",
      title: { en: "Reading the app's access policy", nb: "Lesing av appens tilgangsregler" },
      method: "GET",
      url: `${appUrl}/api/v1/meta/authorizationpolicy`,
      headers: { accept: "application/xml" },
      // It only explains a refusal: nobody waits for it long.
      repeatable: false,
    };
    return (await send(request, null, signal)).text;
  };
  let policyText: Promise<string> | null = null;
  /** Read once, and only when somebody was refused; where it can't be had, the refusal is explained without it. */
  const livePolicy = async (step: PolicyStep, signal?: AbortSignal): Promise<PolicyHolders | null> => {
    policyText ??= readPolicyText(signal).catch(() => "");
    const text = await policyText;
    if (text === "") policyText = null;
    return readPolicy(text, step);
  };
  const sendSigned = async (request: Request, signal?: AbortSignal): Promise<CallResult> =>
    send(request, await token(), signal);
  const read = async <Output>(
    request: Request,
    schema: v.GenericSchema<unknown, Output>,
    signal?: AbortSignal,
  ): Promise<Output> => decode(request, await sendSigned(request, signal), schema);

  return {
    async exchange(idPortenToken, signal) {
      const request: Request = {
        name: "exchange",
        title: { en: "Exchanging the ID-porten token", nb: "Veksling av ID-porten-tokenet" },
        method: "GET",
        url: `${platformUrl}/authentication/api/v1/exchange/id-porten`,
        headers: { accept: "text/plain, application/json" },
      };
      const result = await send(request, idPortenToken, signal);
      const altinnToken = readToken(result.text);
      if (altinnToken === null) throw unreadable(request, result, "no token in the answer");
      return altinnToken;
    },

    createInstance: (organisationNumber, signal) =>
      read(
        {
          name: "createInstance",
          title: { en: "Creating the instance", nb: "Oppretting av instansen" },
          method: "POST",
          url: `${appUrl}/instances`,
          step: "fillIn",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ instanceOwner: { organisationNumber } }),
        },
        wire.instance,
        signal,
      ),

    instance: (id, signal) =>
      read(
        {
          name: "instance",
          title: { en: "Reading the instance", nb: "Lesing av instansen" },
          method: "GET",
          url: at(id),
          step: "read",
        },
        wire.instance,
        signal,
      ),

    process: (id, signal) =>
      read(
        {
          name: "process",
          title: { en: "Reading the process", nb: "Lesing av prosessen" },
          method: "GET",
          url: `${at(id)}/process`,
          step: "read",
        },
        wire.processState,
        signal,
      ),

    next: (id, step, signal) =>
      read(
        {
          name: step === "fillIn" ? "completeFillingIn" : "submit",
          title:
            step === "fillIn"
              ? { en: "Completing the filling in", nb: "Fullføring av utfyllingen" }
              : { en: "Submitting the return", nb: "Innsending av meldingen" },
          method: "PUT",
          url: `${at(id)}/process/next`,
          step,
          headers: { "content-type": "application/json" },
        },
        wire.processState,
        signal,
      ),

    async putEnvelope(id, dataId, xml, signal) {
      await sendSigned(
        {
          name: "putEnvelope",
          title: { en: "Storing the envelope", nb: "Lagring av konvolutten" },
          method: "PUT",
          url: `${at(id)}/data/${dataId}`,
          step: "fillIn",
          headers: { "content-type": "application/xml" },
          body: xml,
          repeatable: true,
          // Older versions answer 303 where the app has changed the model while storing it.
          accepted: [200, 201, 303],
        },
        signal,
      );
    },

    addData: (id, upload, signal) =>
      read(
        {
          name: "addData",
          title: { en: `Storing ${upload.fileName}`, nb: `Lagring av ${upload.fileName}` },
          method: "POST",
          url: `${at(id)}/data?dataType=${encodeURIComponent(upload.dataType)}`,
          step: "fillIn",
          headers: {
            "content-type": upload.contentType,
            "content-disposition": contentDisposition(upload.fileName),
          },
          body: upload.bytes,
        },
        wire.dataElement,
        signal,
      ),

    async deleteData(id, dataId, signal) {
      await sendSigned(
        {
          name: "deleteData",
          title: { en: "Deleting a stored file", nb: "Sletting av en lagret fil" },
          method: "DELETE",
          url: `${at(id)}/data/${dataId}`,
          step: "fillIn",
          repeatable: true,
          accepted: [200, 204, 404],
        },
        signal,
      );
    },

    async data(id, dataId, signal) {
      const result = await sendSigned(
        {
          name: "data",
          title: { en: "Fetching a stored file", nb: "Henting av en lagret fil" },
          method: "GET",
          url: `${at(id)}/data/${dataId}`,
          step: "read",
          headers: { accept: "application/xml, text/xml, application/pdf, */*" },
        },
        signal,
      );
      return result.body;
    },

    validate: (id, signal) =>
      read(
        {
          name: "validate",
          title: { en: "Asking the app to check the instance", nb: "Kontroll av instansen i appen" },
          method: "GET",
          url: `${at(id)}/validate`,
          step: "read",
        },
        wire.validationIssues,
        signal,
      ),

    async isFeedbackProvided(id, signal) {
      const status = await read(
        {
          name: "feedbackStatus",
          title: { en: "Asking for the feedback's state", nb: "Spørring etter status for tilbakemeldingen" },
          method: "GET",
          url: `${at(id)}/feedback/status`,
          step: "read",
        },
        wire.feedbackStatus,
        signal,
      );
      return status.isFeedbackProvided;
    },

    async feedback(id, signal) {
      const request: Request = {
        name: "feedback",
        title: { en: "Fetching the feedback", nb: "Henting av tilbakemeldingen" },
        method: "GET",
        url: `${at(id)}/feedback`,
        step: "read",
        accepted: [200, 409],
      };
      const result = await sendSigned(request, signal);
      if (result.status === 409) return { state: "waiting" };
      return { state: "provided", instance: decode(request, result, wire.instance) };
    },

    activeInstances: (partyId, signal) =>
      read(
        {
          name: "activeInstances",
          title: { en: "Listing the unfinished instances", nb: "Opplisting av uferdige instanser" },
          method: "GET",
          url: `${appUrl}/instances/${partyId}/active`,
          step: "read",
        },
        wire.activeInstances,
        signal,
      ),

    async openInstances(organisationNumber, signal) {
      const query = new URLSearchParams({
        appId: new URL(appUrl).pathname.split("/").filter(Boolean).slice(-2).join("/"),
        "status.isArchived": "false",
        "status.isSoftDeleted": "false",
        size: "100",
      });
      const found = await read(
        {
          name: "openInstances",
          title: { en: "Searching for open instances", nb: "Søk etter åpne instanser" },
          method: "GET",
          url: `${storage}?${query.toString()}`,
          step: "read",
          headers: { "x-ai-instanceowneridentifier": `Organisation:${organisationNumber}` },
        },
        wire.instanceQuery,
        signal,
      );
      return found.instances;
    },

    async events(id, signal) {
      const answer = await read(
        {
          name: "events",
          title: { en: "Reading the instance's events", nb: "Lesing av instansens hendelser" },
          method: "GET",
          url: `${storage}/${id}/events`,
          step: "read",
        },
        wire.instanceEvents,
        signal,
      );
      return answer.instanceEvents;
    },

    async deleteInstance(id, hard, signal) {
      await sendSigned(
        {
          name: "deleteInstance",
          title: { en: "Deleting the instance", nb: "Sletting av instansen" },
          method: "DELETE",
          url: `${at(id)}?hard=${String(hard)}`,
          step: "fillIn",
          repeatable: true,
        },
        signal,
      );
    },

    policy: readPolicyText,
  };
}
