import * as vscode from "vscode";
import {
  submissionScopes,
  testEnvironment,
  validationScopes,
  type Environment,
  type Purpose,
} from "../../services/environments.ts";
import { redirectRemark, type OwnClientStart } from "../../integration/ownClient.ts";
import { checkClientId, checkRedirectUri, checkScopes } from "../../services/environmentSchema.ts";
import type { Text } from "../../vatReturn/text.ts";
import { messageLanguage } from "../settings.ts";
import type { Environments } from "./environments.ts";
import { t } from "../l10n.ts";

/** The usual registration of a desktop client: any free port of this machine. */
const usualRedirectUri = "http://127.0.0.1:0/callback";

/**
 * Three questions, checked as they are typed, make an environment of the user's own: the active one with another
 * client, or ID-porten's test environment where the sandbox is active. It is saved in the user's settings and active
 * from then on.
 * @param start what the questions begin with: another client than the active one, so its environment is one of its own
 * @returns false where the user gave up
 */
export async function askForOwnClient(
  environments: Environments,
  start: OwnClientStart | null = null,
): Promise<boolean> {
  const base = baseOf(environments);

  const clientId = await ask(1, {
    prompt: t("The client id, as Digdir's self-service shows it"),
    value: start?.clientId ?? (isOwn(base) ? base.clientId : ""),
    placeHolder: "00000000-0000-0000-0000-000000000000",
    check: checkClientId,
  });
  if (clientId === undefined) return false;
  const known = start === null ? (isOwn(base) ? base : null) : ownWith(environments, clientId, base.issuer);
  const redirectUri = await ask(2, {
    prompt: t("The redirect URI, exactly as registered on the client. Port 0 stands for any free port."),
    value: start?.redirectUris[0] ?? known?.redirectUris[0] ?? usualRedirectUri,
    check: checkRedirectUri,
    remark: redirectRemark,
  });
  if (redirectUri === undefined) return false;
  const scopes = await ask(3, {
    prompt: t(
      "The scopes that the client was granted, with spaces between. One that was not granted refuses the whole sign-in.",
    ),
    value: (start !== null && start.scopes.length > 0
      ? start.scopes
      : Object.values((known ?? base).scopes).flat()
    ).join(" "),
    check: checkScopes,
  });
  if (scopes === undefined) return false;

  const others = (start ?? known)?.redirectUris.filter((uri) => uri !== redirectUri) ?? [];
  // What is registered on the client of the environment it is made from says nothing of another client.
  const from: Environment = known ?? { ...base, authenticationMethod: "none", postLogoutRedirectUri: null };
  const environment: Environment = {
    ...from,
    name: known?.name ?? freeName(environments),
    authenticationMethod: start?.authenticationMethod ?? from.authenticationMethod,
    clientId,
    redirectUris: [redirectUri, ...others],
    scopes: sortScopes(scopes.split(" ").filter((scope) => scope !== "")),
  };
  await environments.saveOwn(environment);
  await environments.activate(environment.name);
  return true;
}

/** The environment that one with another client is made from: ID-porten's test environment unless one is active. */
function baseOf({ active }: Environments): Environment {
  return active === null || active.name === "sandbox" ? testEnvironment : active;
}

/** The ID-porten where a client of one's own would be used. */
export function issuerOfOwnClient(environments: Environments): string {
  return baseOf(environments).issuer;
}

/** The user's own environment that signs in with a client already, the active one first. */
function ownWith(environments: Environments, clientId: string, issuer: string): Environment | null {
  const { active } = environments;
  const all = [...(active === null ? [] : [active]), ...environments.read().usable];
  return all.find((other) => isOwn(other) && other.clientId === clientId && other.issuer === issuer) ?? null;
}

interface Question {
  readonly prompt: string;
  readonly value: string;
  readonly placeHolder?: string;
  readonly check: (value: string) => Text | null;
  /** What is worth knowing about a value that is taken all the same. */
  readonly remark?: (value: string) => Text | null;
}

async function ask(step: number, { prompt, value, placeHolder, check, remark }: Question): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: t("Use my own ID-porten client ({0} of {1})", step, 3),
    prompt,
    value,
    ignoreFocusOut: true,
    ...(placeHolder === undefined ? {} : { placeHolder }),
    validateInput: (typed) => {
      const wrong = check(typed.trim());
      if (wrong !== null) return wrong[messageLanguage()];
      const known = remark?.(typed.trim()) ?? null;
      if (known === null) return undefined;
      return { message: known[messageLanguage()], severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
  return answer?.trim();
}

/** Each scope to the purpose it is for; what is not known belongs to validation, which every session is for. */
function sortScopes(scopes: readonly string[]): Record<Purpose, readonly string[]> {
  const isForSubmission = (scope: string): boolean =>
    submissionScopes.includes(scope) || scope === "skatteetaten:mvameldinginnsending" || scope.startsWith("altinn:");
  const validation = scopes.filter((scope) => !isForSubmission(scope));
  const withOpenId = validation.includes("openid") ? validation : [...validationScopes.slice(0, 1), ...validation];
  return { validation: [...new Set(withOpenId)], submission: [...new Set(scopes.filter(isForSubmission))] };
}

function freeName(environments: Environments): string {
  const { usable, broken } = environments.read();
  const taken = new Set([...usable, ...broken].map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? "own" : `own-${number}`;
    if (!taken.has(name)) return name;
  }
}

export function isOwn(environment: Environment): boolean {
  return environment.name !== "sandbox" && environment.name !== "test";
}
