import type { Text } from "../../vatReturn/text.ts";
import type { NetworkFailureKind } from "../networkFailure.ts";

/** Which rule of an id_token's validation was broken. */
export type IdTokenFault =
  "missing" | "malformed" | "algorithm" | "signature" | "key" | "issuer" | "audience" | "nonce" | "expired" | "claim";

/** What ID-porten itself said, shortened and redacted. */
export interface ServerWords {
  /** OAuth error code such as `invalid_scope`. */
  readonly error: string | null;
  readonly description: string | null;
  /** HTTP status; null where the words came through the browser. */
  readonly status: number | null;
}

/** Where in a sign-in something went wrong. */
export type Step = "discovery" | "authorization" | "token" | "keys" | "refresh" | "revocation";

/** Everything that can go wrong with a sign-in or a session, as data. The text is made in problemText.ts. */
export type SignInProblem =
  // The person, the browser and this machine
  | { readonly code: "cancelled" }
  | { readonly code: "superseded" }
  | { readonly code: "timedOut"; readonly minutes: number; readonly refusedCallback: string | null }
  | { readonly code: "browserNotOpened" }
  | { readonly code: "portTaken"; readonly ports: readonly number[]; readonly systemCode: string | null }
  | { readonly code: "pastedAddress"; readonly reason: PasteFault; readonly expected: string }
  // What ID-porten answers
  | { readonly code: "accessDenied"; readonly issuer: string; readonly server: ServerWords }
  | { readonly code: "unknownClient"; readonly clientId: string; readonly issuer: string }
  | { readonly code: "redirectUriNotRegistered"; readonly redirectUri: string; readonly clientId: string }
  | {
      readonly code: "scopeNotGranted";
      readonly requested: readonly string[];
      /** Scopes that ID-porten named in its answer; empty if it named none. */
      readonly named: readonly string[];
      readonly clientId: string;
      readonly issuer: string;
      readonly server: ServerWords;
    }
  | { readonly code: "scopeDeclined"; readonly declined: readonly string[] }
  | { readonly code: "acrTooLow"; readonly asked: string; readonly got: string | null }
  /** ID-porten itself says that the level that was asked for was not reached. */
  | { readonly code: "levelNotMet"; readonly asked: string; readonly server: ServerWords }
  | {
      readonly code: "wrongAuthenticationMethod";
      readonly method: string;
      readonly clientId: string;
      readonly server: ServerWords;
    }
  /** The request to sign in is not as ID-porten takes it: the same one will never do. */
  | { readonly code: "requestRefused"; readonly acr: string; readonly server: ServerWords }
  | { readonly code: "grantNotAllowed"; readonly clientId: string; readonly server: ServerWords }
  | { readonly code: "secretMissing"; readonly environment: string }
  | { readonly code: "sessionPageExpired" }
  /** An error page in the browser whose words are not known: ID-porten never calls back after one. */
  | { readonly code: "errorPage"; readonly status: number; readonly clientId: string; readonly redirectUri: string }
  | { readonly code: "loginRequired"; readonly server: ServerWords }
  | { readonly code: "codeRefused"; readonly server: ServerWords }
  | { readonly code: "serverError"; readonly step: Step; readonly server: ServerWords }
  // Whether the answer can be trusted
  | { readonly code: "wrongEnvironment"; readonly expected: string; readonly got: string | null }
  | { readonly code: "issuerMissing"; readonly expected: string; readonly server: ServerWords | null }
  | { readonly code: "stateMismatch" }
  | { readonly code: "idTokenRefused"; readonly fault: IdTokenFault; readonly detail: string }
  | { readonly code: "clockOff"; readonly differenceSeconds: number }
  | { readonly code: "metadataRefused"; readonly detail: string }
  // Getting through
  | {
      readonly code: "unreachable";
      readonly host: string;
      readonly kind: NetworkFailureKind;
      readonly systemCode: string | null;
    }
  | { readonly code: "certificateUnknown"; readonly host: string; readonly systemCode: string | null }
  | { readonly code: "proxyInTheWay"; readonly host: string; readonly status: number }
  | { readonly code: "unexpectedAnswer"; readonly step: Step; readonly status: number | null; readonly detail: string }
  // The session afterwards
  | { readonly code: "sessionExpired"; readonly environment: string }
  | { readonly code: "sessionEnded"; readonly environment: string; readonly server: ServerWords | null }
  | { readonly code: "refreshUncertain"; readonly environment: string }
  | { readonly code: "storeUnsafe"; readonly path: string; readonly reason: "platform" | "mode" | "owner" | "link" }
  // Test persons
  | { readonly code: "testPersonNotAllowed"; readonly environment: string }
  | { readonly code: "testPersonNotSynthetic" }
  | { readonly code: "testPersonRefused"; readonly issuer: string; readonly status: number };

export type ProblemCode = SignInProblem["code"];

export type PasteFault = "notAnAddress" | "otherAddress" | "noState" | "otherState" | "noCode" | "twice";

/** A way on that a door of the product can offer as a button or a sentence. */
export type ActionHint =
  | { readonly kind: "retry" }
  | { readonly kind: "signInAgain" }
  | { readonly kind: "useOwnClient" }
  | { readonly kind: "enterSecret" }
  | { readonly kind: "validationOnly" }
  | { readonly kind: "olderSubmissionScope" }
  /** Whom to write to, and the letter, ready to send but for the sender's own organisation number. */
  | {
      readonly kind: "orderScope";
      readonly scopes: readonly string[];
      readonly to: Text;
      readonly address: string | null;
      readonly letter: Text;
    }
  | { readonly kind: "switchEnvironment" }
  | { readonly kind: "startSandbox" }
  | { readonly kind: "openSettings" }
  | { readonly kind: "pasteAddress" }
  | { readonly kind: "checkClock"; readonly differenceSeconds: number }
  | { readonly kind: "checkProxy" }
  | { readonly kind: "checkCertificate" }
  | { readonly kind: "copyDiagnosis" };

/**
 * A sign-in or session error. Carries the problem as data; neither its message nor anything else in it holds a token,
 * a code or a claim, and the error that it stands for is not attached, because the library's errors hold them.
 */
export class SignInError extends Error {
  override readonly name = "SignInError";
  readonly problem: SignInProblem;
  /** Names, codes and redacted messages of the errors underneath, outermost first, for a diagnosis. */
  readonly technical: string | null;

  constructor(problem: SignInProblem, technical: string | null = null) {
    super(problem.code);
    this.problem = problem;
    this.technical = technical;
  }
}

/**
 * Whether an error is one of ours, by its shape: the bundle that talks to ID-porten has a copy of the class of its own,
 * so `instanceof` is not enough.
 */
export function isSignInError(error: unknown, code?: ProblemCode): error is SignInError {
  if (!(error instanceof Error) || error.name !== "SignInError" || !("problem" in error)) return false;
  return code === undefined || (error as SignInError).problem.code === code;
}
