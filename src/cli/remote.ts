import { createHttpCaller, sleep, standardTimeouts } from "../services/http.ts";
import { isSignInError } from "../services/idPorten/problem.ts";
import { problemText } from "../services/idPorten/problemText.ts";
import { ServiceError } from "../services/serviceError.ts";
import { createSkatteetatenClient } from "../services/skatteetaten/client.ts";
import { combineWithAnswer } from "../validation/remote/combine.ts";
import type { Disagreement } from "../validation/remote/merge.ts";
import type { ValidationAnswer } from "../validation/remote/answer.ts";
import type { DocumentResult } from "../validation/result.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { Language } from "../vatReturn/text.ts";
import { complain } from "./output.ts";
import { RemoteFailure } from "./remoteFailure.ts";
import { terminal as terminalContext } from "./terminal.ts";
import { findEnvironment } from "./terminalEnvironment.ts";
import { terminalTokens } from "./terminalTokens.ts";
import type { Access } from "./terminalTokens.ts";
import { UsageError } from "./usageError.ts";

export { RemoteFailure } from "./remoteFailure.ts";

/** What both sides say of a document. Only well-formed VAT returns are sent; others stay as they were judged here. */
export type RemoteCheck = (
  file: string,
  bytes: Uint8Array,
  text: string,
  local: DocumentResult,
  signal: AbortSignal,
) => Promise<DocumentResult>;

/**
 * Makes what asks Skatteetaten's validation about each return, signed in once.
 * @throws UsageError where the environment has no validation service
 */
export async function askSkatteetaten(access: Access, language: Language): Promise<RemoteCheck> {
  const found = await findEnvironment(access.environment, access.clientId);
  const { name, validationUrl } = found.environment;
  if (validationUrl === null) {
    throw new UsageError({
      en: `The environment ${name} has no validation service (validationUrl).`,
      nb: `Miljøet ${name} har ingen valideringstjeneste (validationUrl).`,
    });
  }
  const terminal = terminalContext(language);
  const tokens = terminalTokens(access.testPerson, found, ["validation"], terminal);
  const caller = createHttpCaller({
    fetch: terminal.fetch,
    sleep,
    random: Math.random,
    timeouts: standardTimeouts,
    attempts: 3,
  });
  const client = createSkatteetatenClient(validationUrl, caller);
  const ask = async (bytes: Uint8Array, fresh: boolean, signal: AbortSignal): Promise<ValidationAnswer> => {
    const { value } = await tokens.token(fresh, signal);
    try {
      return await client.validate(bytes, value, signal);
    } catch (error) {
      // A token may run out between two documents.
      if (!fresh && error instanceof ServiceError && error.kind === "unauthorised") return ask(bytes, true, signal);
      throw error;
    }
  };

  return async (file, bytes, text, local, signal) => {
    if (local.documentType !== "vatReturn" || local.verdict === "malformed") return local;
    try {
      const { result, disagreements } = combineWithAnswer(await ask(bytes, false, signal), local, parseXml(text));
      for (const disagreement of disagreements) complain(`${file}: ${describe(disagreement, language)}`);
      return result;
    } catch (error) {
      throw signal.aborted ? error : failureOf(error);
    }
  };
}

function failureOf(error: unknown): unknown {
  if (isSignInError(error)) return new RemoteFailure(problemText(error.problem), true);
  if (!(error instanceof ServiceError)) return error;
  return new RemoteFailure(error.text, error.kind === "unauthorised" || error.kind === "forbidden");
}

/** How our rules stay true: where the authority decides otherwise, that is said. */
function describe({ rule, identifier, local }: Disagreement, language: Language): string {
  const words = {
    violated: {
      en: "is broken by the local check, and not by Skatteetaten",
      nb: "er brutt etter den lokale kontrollen, men ikke etter Skatteetatens",
    },
    passed: {
      en: "is broken by Skatteetaten's check, and not by the local one",
      nb: "er brutt etter Skatteetatens kontroll, men ikke etter den lokale",
    },
  } as const;
  return `${rule} (${identifier}) ${words[local][language]}`;
}
