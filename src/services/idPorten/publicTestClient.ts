import type { Text } from "../../vatReturn/text.ts";
import { testEnvironment } from "../environments.ts";
import type { Environment } from "../environments.ts";
import type { ActionHint, ProblemCode, SignInProblem } from "./problem.ts";
import { problemActions } from "./problemActions.ts";

/** What to say and offer besides, where a sign-in with the client that ships for the test environment fails. */
export interface PublicTestClientAdvice {
  readonly hint: Text;
  /** In place of the problem's own ways on: those among them that still make sense come last. */
  readonly actions: readonly ActionHint[];
}

/** Problems that another client might not have. */
const clientMayBeTheReason: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "timedOut",
  "unknownClient",
  "redirectUriNotRegistered",
  "scopeNotGranted",
  "wrongAuthenticationMethod",
  "grantNotAllowed",
  "requestRefused",
  "sessionPageExpired",
  "errorPage",
  "serverError",
  "testPersonRefused",
]);

/** Of no use with somebody else's client, or there already. */
const leftOut: ReadonlySet<ActionHint["kind"]> = new Set<ActionHint["kind"]>([
  "useOwnClient",
  "startSandbox",
  "switchEnvironment",
  "openSettings",
  "orderScope",
]);

/**
 * Whether today's ID-porten knows the client that ships for the test environment is not confirmed, so its failures lead
 * to a client of one's own and to the sandbox. Null where it was another client, or the client is not the reason.
 */
export function publicTestClientAdvice(
  problem: SignInProblem,
  environment: Pick<Environment, "issuer" | "clientId">,
): PublicTestClientAdvice | null {
  const { issuer, clientId } = testEnvironment;
  if (environment.issuer !== issuer || environment.clientId !== clientId) return null;
  if (!clientMayBeTheReason.has(problem.code)) return null;
  return {
    hint: {
      en: "This is the public test client that the Tax Administration published for the older ID-porten: it may be withdrawn, or lack what was asked for. Use a client of your own, or the sandbox.",
      nb: "Dette er den åpne testklienten som Skatteetaten publiserte for den eldre ID-porten: den kan være trukket tilbake, eller mangle det det ble bedt om. Bruk din egen klient, eller sandkassen.",
    },
    actions: [
      { kind: "useOwnClient" },
      { kind: "startSandbox" },
      ...problemActions(problem).filter(({ kind }) => !leftOut.has(kind)),
    ],
  };
}
