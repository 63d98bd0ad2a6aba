import { scopeOwners } from "../services/idPorten/orderScopes.ts";
import type { Finding } from "../validation/finding.ts";
import type { Text } from "../vatReturn/text.ts";
import type { GivenFields } from "./registration.ts";

export type OrderableScopes =
  { readonly ok: true; readonly scopes: readonly string[] } | { readonly ok: false; readonly why: Text };

/** The scopes of a file as they can be ordered; or why they can't be. A misspelt one would be ordered as it stands. */
export function orderableScopes(
  given: GivenFields,
  findings: readonly Pick<Finding, "severity" | "path">[],
): OrderableScopes {
  const { scopes } = given;
  const isWrong = findings.some(({ severity, path }) => severity === "error" && path?.startsWith("scopes[") === true);
  if (scopes === undefined || isWrong) {
    const why = {
      en: "holds no scopes that can be ordered: checking the integration says what is wrong with them.",
      nb: "har ingen scope som kan bestilles: kontrollen av integrasjonen sier hva som er galt med dem.",
    };
    return { ok: false, why };
  }
  if (scopes.some((scope) => scopeOwners.some(({ prefix }) => scope.startsWith(prefix)))) return { ok: true, scopes };
  const why = {
    en: `has no scope that has to be ordered: ${scopes.join(", ")}. Skatteetaten grants skatteetaten:…, Altinn altinn:….`,
    nb: `har ingen scope som må bestilles: ${scopes.join(", ")}. Skatteetaten tildeler skatteetaten:…, Altinn altinn:….`,
  };
  return { ok: false, why };
}
