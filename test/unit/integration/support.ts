import { checkText, type CheckedText } from "../../../src/integration/checkText.ts";
import { createIntegration, usualAnswers, type KindAnswers, type KindName } from "../../../src/integration/kinds.ts";
import type { CheckOptions } from "../../../src/integration/problem.ts";

export const options: CheckOptions = { today: "2026-06-15", registrationFor: "test" };

/** A redirect URI for kinds that have none by themselves. */
export const financeRedirect = "https://contoso.operations.dynamics.com/?cmp=NOMF&mi=SysWebApplications";

export function made(kind: KindName, answers: Partial<KindAnswers> = {}): Record<string, unknown> {
  const redirectUris = kind === "dynamics365" ? [financeRedirect] : [];
  return { ...createIntegration(kind, { ...usualAnswers, redirectUris, ...answers }).registration };
}

export function check(registration: unknown, changes: Partial<CheckOptions> = {}): CheckedText {
  return checkText(`${JSON.stringify(registration, null, 2)}\n`, { ...options, ...changes });
}
