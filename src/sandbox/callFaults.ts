import type { Text } from "../vatReturn/text.ts";

/** Every call of the validation API and of Altinn that the sandbox tells apart, by the name its client gives it. */
export const callNames = [
  "validateReturn",
  "exchange",
  "refresh",
  "createInstance",
  "instance",
  "process",
  "processHistory",
  "completeFillingIn",
  "submit",
  "next",
  "putEnvelope",
  "putData",
  "addData",
  "data",
  "deleteData",
  "validate",
  "feedbackStatus",
  "feedback",
  "activeInstances",
  "openInstances",
  "storedInstance",
  "events",
  "deleteInstance",
  "applicationMetadata",
  "processDefinition",
  "policy",
  "profile",
] as const;
export type CallName = (typeof callNames)[number];

export interface CallFaultKindDefinition {
  /** Whether what the call asks for is done all the same. */
  readonly takesEffect: boolean;
  readonly about: Text;
}

/** What can happen to a call, by the name used in the control API. */
export const callFaultKinds = {
  timeoutBefore: { takesEffect: false, about: { en: "No answer ever, no effect", nb: "Aldri svar, ingen virkning" } },
  timeoutAfter: { takesEffect: true, about: { en: "No answer ever, but done", nb: "Aldri svar, men utført" } },
  resetBefore: {
    takesEffect: false,
    about: { en: "Connection reset, no effect", nb: "Forbindelsen brytes, ingen virkning" },
  },
  resetAfter: { takesEffect: true, about: { en: "Connection reset, but done", nb: "Forbindelsen brytes, men utført" } },
  lateEffect: {
    takesEffect: true,
    about: {
      en: "Connection reset at once, done `milliseconds` later",
      nb: "Forbindelsen brytes straks, utført etter `milliseconds` millisekunder",
    },
  },
  unauthorised: { takesEffect: false, about: { en: "401 without a body", nb: "401 uten innhold" } },
  forbidden: { takesEffect: false, about: { en: "403 problem details", nb: "403 som problem details" } },
  forbiddenEmpty: { takesEffect: false, about: { en: "403 without a body", nb: "403 uten innhold" } },
  notFound: { takesEffect: false, about: { en: "404", nb: "404" } },
  conflictSentence: { takesEffect: false, about: { en: "409 as a sentence", nb: "409 som en setning" } },
  conflictValidationResult: {
    takesEffect: false,
    about: { en: "409 with a validation result as XML", nb: "409 med valideringsresultat som XML" },
  },
  conflictProblem: {
    takesEffect: false,
    about: { en: "409 problem details with a list of issues", nb: "409 som problem details med en liste" },
  },
  decommissioned: { takesEffect: false, about: { en: "418: the app is gone", nb: "418: appen er tatt ned" } },
  tooManyRequests: {
    takesEffect: false,
    about: { en: "429 with Retry-After of `seconds`", nb: "429 med Retry-After på `seconds`" },
  },
  serverErrorBefore: { takesEffect: false, about: { en: "500, no effect", nb: "500, ingen virkning" } },
  serverErrorAfter: { takesEffect: true, about: { en: "500, but done", nb: "500, men utført" } },
  badGatewayBefore: {
    takesEffect: false,
    about: { en: "502 as a web page, no effect", nb: "502 som nettside, ingen virkning" },
  },
  badGatewayAfter: {
    takesEffect: true,
    about: { en: "502 as a web page, but done", nb: "502 som nettside, men utført" },
  },
  gatewayTimeoutBefore: { takesEffect: false, about: { en: "504, no effect", nb: "504, ingen virkning" } },
  gatewayTimeoutAfter: { takesEffect: true, about: { en: "504, but done", nb: "504, men utført" } },
  truncated: {
    takesEffect: true,
    about: { en: "Done, and the answer cut off in the middle", nb: "Utført, men svaret er avkortet" },
  },
  slow: {
    takesEffect: true,
    about: {
      en: "Done, and the answer `milliseconds` late",
      nb: "Utført, med svaret `milliseconds` millisekunder forsinket",
    },
  },
} as const satisfies Readonly<Record<string, CallFaultKindDefinition>>;
export type CallFaultKind = keyof typeof callFaultKinds;

export function isCallFaultKind(name: string): name is CallFaultKind {
  return Object.hasOwn(callFaultKinds, name);
}

export function isCallName(name: string): name is CallName {
  return callNames.some((known) => known === name);
}

/** Which calls a fault strikes, and how. */
export interface CallFault {
  readonly call: CallName | "any";
  readonly kind: CallFaultKind;
  /** How many calls it strikes; null for all until it is taken back. */
  readonly count: number | null;
  /** How many of the calls that it would strike go well first. */
  readonly skip: number;
  /** Strikes only this data type; any where absent. */
  readonly dataType?: string | undefined;
  /** Strikes only the file of this name; any where absent. */
  readonly fileName?: string | undefined;
  /** `tooManyRequests`: what Retry-After says. */
  readonly seconds?: number | undefined;
  /** `slow`, `lateEffect`. */
  readonly milliseconds?: number | undefined;
}

/** One call as far as a fault can tell it from others. */
export interface CallSubject {
  readonly name: CallName;
  readonly dataType: string | null;
  readonly fileName: string | null;
}

/** The faults of calls that were asked for and are not yet spent; the earliest that fits strikes. */
export class CallFaults {
  readonly #active: { fault: CallFault; left: number | null; skip: number }[] = [];

  add(fault: CallFault): void {
    this.#active.push({ fault, left: fault.count, skip: fault.skip });
  }

  /** Takes back the faults of a call, or all of them. */
  remove(call?: string): void {
    for (let index = this.#active.length - 1; index >= 0; index--) {
      if (call === undefined || this.#active[index]?.fault.call === call) this.#active.splice(index, 1);
    }
  }

  /** What is left of each. */
  active(): readonly CallFault[] {
    return this.#active.map(({ fault, left, skip }) => ({ ...fault, count: left, skip }));
  }

  /** The fault that strikes this call, spent by one. */
  take(subject: CallSubject): CallFault | null {
    for (const [index, entry] of this.#active.entries()) {
      if (!strikes(entry.fault, subject)) continue;
      if (entry.skip > 0) {
        entry.skip--;
        continue;
      }
      if (entry.left !== null && --entry.left <= 0) this.#active.splice(index, 1);
      return entry.fault;
    }
    return null;
  }
}

function strikes(fault: CallFault, { name, dataType, fileName }: CallSubject): boolean {
  return (
    (fault.call === "any" || fault.call === name) &&
    (fault.dataType === undefined || fault.dataType === dataType) &&
    (fault.fileName === undefined || fault.fileName === fileName)
  );
}
