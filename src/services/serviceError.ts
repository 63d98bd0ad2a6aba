import type { Text } from "../vatReturn/text.ts";

export type ServiceName = "skatteetaten" | "altinn";

/** What went wrong, in the terms that decide what to do next. */
export type ServiceErrorKind =
  | "badRequest"
  | "unauthorised"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "tooLarge"
  | "decommissioned"
  | "tooManyRequests"
  | "server"
  | "unexpectedStatus"
  | "timeout"
  | "network"
  | "certificate"
  | "unreadable"
  | "cancelled";

/** Whether the call can have changed anything at the other end. Only `none` allows to repeat it without looking first. */
export type CallEffect = "none" | "unknown";

export interface ServiceErrorInit {
  readonly service: ServiceName;
  /** The call by name, such as `createInstance`. */
  readonly call: string;
  readonly kind: ServiceErrorKind;
  readonly status: number | null;
  readonly effect: CallEffect;
  /** Which call failed, what it means and what to do, for people. */
  readonly text: Text;
  readonly correlationId?: string | null;
  /** What the other end said itself, shortened; null where it said nothing readable. */
  readonly answer?: string | null;
  readonly cause?: unknown;
}

/** A call to one of the authority's services that did not give what was asked for. Holds no token and no body sent. */
export class ServiceError extends Error {
  override readonly name: string = "ServiceError";
  readonly service: ServiceName;
  readonly call: string;
  readonly kind: ServiceErrorKind;
  readonly status: number | null;
  readonly effect: CallEffect;
  readonly text: Text;
  readonly correlationId: string | null;
  readonly answer: string | null;

  constructor(init: ServiceErrorInit) {
    super(init.text.en, { cause: init.cause });
    this.service = init.service;
    this.call = init.call;
    this.kind = init.kind;
    this.status = init.status;
    this.effect = init.effect;
    this.text = init.text;
    this.correlationId = init.correlationId ?? null;
    this.answer = init.answer ?? null;
  }
}
