import type { Text } from "../../vatReturn/text.ts";
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
    case "unknownClient":
    case "redirectUriNotRegistered":
    case "errorPage":
      return [useOwnClient, openSettings, startSandbox, { kind: "switchEnvironment" }];
    case "scopeNotGranted":
      return scopeActions(problem.requested, problem.named, problem.clientId, problem.environment);
    case "wrongAuthenticationMethod":
      return problem.method === "none" ? [openSettings, useOwnClient] : [{ kind: "enterSecret" }, openSettings];
    case "grantNotAllowed":
      return [useOwnClient, copyDiagnosis];
    case "secretMissing":
      return [{ kind: "enterSecret" }];
    case "wrongEnvironment":
      return [openSettings, { kind: "switchEnvironment" }, copyDiagnosis];
    case "metadataRefused":
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
  environment: string,
): readonly ActionHint[] {
  const isSubmission = (scope: string): boolean =>
    scope.startsWith("altinn:") || scope === "skatteetaten:mvameldinginnsending";
  const missing = (named.length > 0 ? named : requested).filter((scope) => scope.includes(":"));
  const actions: ActionHint[] = [];
  if (requested.some(isSubmission) && !named.some((scope) => scope === "skatteetaten:mvameldingvalidering")) {
    actions.push({ kind: "validationOnly" });
  }
  if (requested.some((scope) => scope.startsWith("altinn:"))) actions.push({ kind: "olderSubmissionScope" });
  for (const owner of owners) {
    const scopes = missing.filter((scope) => scope.startsWith(owner.prefix));
    if (scopes.length > 0) {
      actions.push({ kind: "orderScope", scopes, to: owner.name, letter: letter(scopes, clientId, environment) });
    }
  }
  actions.push(useOwnClient);
  return actions;
}

const owners: readonly { readonly prefix: string; readonly name: Text }[] = [
  {
    prefix: "skatteetaten:",
    name: {
      en: "the Tax Administration's service desk for system suppliers",
      nb: "Skatteetatens brukerstøtte for systemleverandører",
    },
  },
  { prefix: "altinn:", name: { en: "Altinn's service desk", nb: "Altinns brukerstøtte" } },
];

function letter(scopes: readonly string[], clientId: string, environment: string): Text {
  const list = scopes.map((scope) => `  ${scope}`).join("\n");
  return {
    en: `We ask for access to the following scopes for our ID-porten client:\n\n${list}\n\nEnvironment: ${environment}\nClient id: ${clientId}\nIntegration type: api_klient\nOrganisation number: [your organisation number]\nPurpose: validation and submission of VAT returns (mva-melding) from an end-user system.`,
    nb: `Vi ber om tilgang til følgende scope for vår klient i ID-porten:\n\n${list}\n\nMiljø: ${environment}\nKlient-ID: ${clientId}\nIntegrasjonstype: api_klient\nOrganisasjonsnummer: [virksomhetens organisasjonsnummer]\nFormål: validering og innsending av mva-melding fra et sluttbrukersystem.`,
  };
}
