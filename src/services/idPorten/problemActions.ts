import { testEnvironment } from "../environments.ts";
import { scopeOrders } from "./orderScopes.ts";
import type { ActionHint, SignInProblem } from "./problem.ts";

const retry: ActionHint = { kind: "retry" };
const signInAgain: ActionHint = { kind: "signInAgain" };
const useOwnClient: ActionHint = { kind: "useOwnClient" };
const startSandbox: ActionHint = { kind: "startSandbox" };
const openSettings: ActionHint = { kind: "openSettings" };
const pasteAddress: ActionHint = { kind: "pasteAddress" };
const copyDiagnosis: ActionHint = { kind: "copyDiagnosis" };

/** The ways on from a problem, the likeliest first. Empty where there is nothing to do but to know. */
export function problemActions(problem: SignInProblem): readonly ActionHint[] {
  switch (problem.code) {
    case "cancelled":
    case "superseded":
      return [];
    case "timedOut":
      return [retry, pasteAddress, useOwnClient, copyDiagnosis];
    case "browserNotOpened":
      return [pasteAddress, retry];
    case "portTaken":
      return [retry, openSettings, pasteAddress];
    case "pastedAddress":
      return [pasteAddress, retry];
    case "accessDenied":
    case "sessionPageExpired":
    case "loginRequired":
    case "codeRefused":
    case "stateMismatch":
    case "acrTooLow":
    case "scopeDeclined":
      return [retry];
    case "levelNotMet":
      return [retry, openSettings];
    case "unknownClient":
    case "redirectUriNotRegistered":
    case "errorPage":
      return [useOwnClient, openSettings, startSandbox, { kind: "switchEnvironment" }];
    case "scopeNotGranted":
      return scopeActions(problem.requested, problem.named, problem.clientId, problem.issuer);
    case "wrongAuthenticationMethod":
      return problem.method === "none" ? [openSettings, useOwnClient] : [{ kind: "enterSecret" }, openSettings];
    case "grantNotAllowed":
      return [useOwnClient, copyDiagnosis];
    case "secretMissing":
      return [{ kind: "enterSecret" }];
    case "wrongEnvironment":
      return [openSettings, { kind: "switchEnvironment" }, copyDiagnosis];
    case "metadataRefused":
    case "requestRefused":
      return [openSettings, copyDiagnosis];
    case "serverError":
    case "issuerMissing":
    case "idTokenRefused":
    case "unexpectedAnswer":
      return [retry, copyDiagnosis];
    case "clockOff":
      return [{ kind: "checkClock", differenceSeconds: problem.differenceSeconds }, retry];
    case "unreachable":
      return [retry, { kind: "checkProxy" }, startSandbox, copyDiagnosis];
    case "certificateUnknown":
      return [{ kind: "checkCertificate" }, { kind: "checkProxy" }, copyDiagnosis];
    case "proxyInTheWay":
      return [{ kind: "checkProxy" }, retry, copyDiagnosis];
    case "sessionExpired":
    case "sessionEnded":
    case "refreshUncertain":
      return [signInAgain];
    case "storeUnsafe":
      return [];
    case "testPersonNotAllowed":
      return [{ kind: "switchEnvironment" }];
    case "testPersonNotSynthetic":
      return [];
    case "testPersonRefused":
      return [useOwnClient, startSandbox, copyDiagnosis];
  }
}

function scopeActions(
  requested: readonly string[],
  named: readonly string[],
  clientId: string,
  issuer: string,
): readonly ActionHint[] {
  const isSubmission = (scope: string): boolean =>
    scope.startsWith("altinn:") || scope === "skatteetaten:mvameldinginnsending";
  const missing = (named.length > 0 ? named : requested).filter((scope) => scope.includes(":"));
  const actions: ActionHint[] = [];
  if (requested.some(isSubmission) && !named.some((scope) => scope === "skatteetaten:mvameldingvalidering")) {
    actions.push({ kind: "validationOnly" });
  }
  if (requested.some((scope) => scope.startsWith("altinn:"))) actions.push({ kind: "olderSubmissionScope" });
  // The receiver knows ID-porten's environments, not the names that they have here.
  const environment = issuer === testEnvironment.issuer ? `test (${issuer})` : issuer;
  const orders = scopeOrders(missing, { clientId, environment, organisationNumber: null });
  for (const order of orders) actions.push({ kind: "orderScope", ...order });
  actions.push(useOwnClient);
  return actions;
}
