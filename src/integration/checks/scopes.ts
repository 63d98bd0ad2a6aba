import { olderSubmissionScopes, submissionScopes, validationScopes } from "../../services/environments.ts";
import { closestOf } from "./closest.ts";
import { addTo, problem, remedy, remove, setTo, type Check, type Problem, type Remedy } from "../problem.ts";

const validationScope = validationScopes.find((scope) => scope.includes(":")) ?? "";
const retiredScope = olderSubmissionScopes[0] ?? "";
/** What a client for the VAT return may ask for. */
const known = [...new Set([...validationScopes, "profile", ...submissionScopes, ...olderSubmissionScopes])];

/** Names of scopes that are written in documents of before, or as the scope is called in speech. */
const otherNames: Readonly<Record<string, string>> = {
  "skatteetaten:mvamelding": validationScope,
  "skatteetaten:mva-meldingvalidering": validationScope,
  "skatteetaten:mvameldingvalider": validationScope,
  "skatteetaten:mvavalidering": validationScope,
  "altinn:instances": "altinn:instances.read",
  "altinn:instance.read": "altinn:instances.read",
  "altinn:instance.write": "altinn:instances.write",
};

export const checkScopes: Check = ({ given }) => {
  const { scopes } = given;
  if (scopes === undefined) return [];
  const problems: Problem[] = [];
  /** What the scopes are once the remedies are taken: a misspelt scope is not missing too. */
  const meant = new Set<string>();
  scopes.forEach((scope, index) => {
    const parts = scope.split(/[\s,]+/).filter((part) => part !== "");
    if (scope !== scope.trim() || parts.length !== 1) {
      problems.push(severalInOne(scope, index, parts, scopes));
      for (const part of parts) meant.add(part);
      return;
    }
    if (scopes.indexOf(scope) < index) {
      problems.push(twice(scope, index));
      return;
    }
    const right = known.includes(scope) ? scope : (otherNames[scope.toLowerCase()] ?? closestOf(scope, known));
    if (right !== null) meant.add(right);
    if (right !== null && right !== scope) problems.push(misspelt(scope, index, right, scopes));
    else if (right === null) problems.push(notNeeded(scope, index));
  });
  problems.push(...missing(scopes, meant));
  const retired = scopes.indexOf(retiredScope);
  if (retired >= 0) problems.push(retiredProblem(retired, scopes, meant));
  return problems;
};

function severalInOne(scope: string, index: number, parts: readonly string[], scopes: readonly string[]): Problem {
  const message = {
    en: `“${scope}” is one item with ${parts.length === 1 ? "spaces around it" : "several scopes in it"}. Each scope is an item of its own, without spaces or commas.`,
    nb: `«${scope}» er ett element med ${parts.length === 1 ? "mellomrom rundt" : "flere scope i"}. Hvert scope er et eget element, uten mellomrom eller komma.`,
  };
  const split = [...scopes.slice(0, index), ...parts, ...scopes.slice(index + 1)];
  const fix = remedy(
    { en: "Write each scope as an item of its own", nb: "Skriv hvert scope som et eget element" },
    [{ kind: "set", path: ["scopes"], value: [...new Set(split)] }],
    true,
  );
  return problem("scopes-in-one", "error", ["scopes", index], message, { remedies: [fix] });
}

function twice(scope: string, index: number): Problem {
  const message = { en: `${scope} stands here twice.`, nb: `${scope} står her to ganger.` };
  return problem("scope-twice", "warning", ["scopes", index], message, {
    remedies: [remove(["scopes", index], scope)],
  });
}

function misspelt(scope: string, index: number, right: string, scopes: readonly string[]): Problem {
  const message = {
    en: `There is no scope “${scope}”: ${right} is meant. A scope that the client has not been granted makes ID-porten refuse the whole sign-in (invalid_scope).`,
    nb: `Scopet «${scope}» finnes ikke: ${right} er ment. Et scope klienten ikke har fått, gjør at ID-porten avviser hele innloggingen (invalid_scope).`,
  };
  const fix = scopes.includes(right) ? remove(["scopes", index], scope) : setTo(["scopes", index], right);
  return problem("scope-misspelt", "error", ["scopes", index], message, { remedies: [fix] });
}

function notNeeded(scope: string, index: number): Problem {
  const message =
    scope === "offline_access"
      ? {
          en: "offline_access is not needed for refresh tokens: the grant refresh_token decides. Asked for and not granted, it refuses the whole sign-in.",
          nb: "offline_access trengs ikke for refresh token: grant-typen refresh_token avgjør. Bes det om uten at det er gitt, avvises hele innloggingen.",
        }
      : {
          en: `${scope} is not needed for the VAT return. That is fine if the client is for other services too; asked for without being granted, it refuses the whole sign-in.`,
          nb: `${scope} trengs ikke for mva-meldingen. Det er greit om klienten også er for andre tjenester; bes det om uten at det er gitt, avvises hele innloggingen.`,
        };
  const fix = remove(["scopes", index], scope, false);
  return problem("scope-not-needed", "information", ["scopes", index], message, { remedies: [fix] });
}

function missing(scopes: readonly string[], meant: ReadonlySet<string>): readonly Problem[] {
  const problems: Problem[] = [];
  if (!meant.has("openid")) {
    const message = {
      en: "openid is missing: without it ID-porten issues no id_token, and nobody can tell who signed in.",
      nb: "openid mangler: uten det utsteder ID-porten ikke noe id_token, og ingen kan vite hvem som logget inn.",
    };
    problems.push(
      problem("openid-missing", "error", ["scopes"], message, { remedies: [addTo("scopes", scopes, "openid")] }),
    );
  }
  if (!meant.has(validationScope)) {
    const message = {
      en: `${validationScope} is missing: Skatteetaten's validation answers 403 without it. It is ordered from Skatteetaten (MVA: Order scopes) and then added here.`,
      nb: `${validationScope} mangler: Skatteetatens validering svarer 403 uten det. Det bestilles hos Skatteetaten (MVA: Bestill scope) og legges så til her.`,
    };
    problems.push(
      problem("validation-scope-missing", "warning", ["scopes"], message, {
        remedies: [addTo("scopes", scopes, validationScope)],
      }),
    );
  }
  const absent = submissionScopes.filter((scope) => !meant.has(scope));
  if (absent.length > 0 && !scopes.includes(retiredScope)) {
    problems.push(submissionMissing(absent, scopes));
  }
  return problems;
}

function submissionMissing(absent: readonly string[], scopes: readonly string[]): Problem {
  const names = absent.join(", ");
  const message =
    absent.length === 1
      ? {
          en: `${names} is missing: the submission both reads and writes in Altinn, and needs the two scopes together.`,
          nb: `${names} mangler: innsendingen både leser og skriver i Altinn, og trenger de to scopene sammen.`,
        }
      : {
          en: `${names} are missing: with this client returns can be validated but not submitted.`,
          nb: `${names} mangler: med denne klienten kan meldinger valideres, men ikke sendes inn.`,
        };
  return problem("submission-scope-missing", "warning", ["scopes"], message, {
    remedies: [addAll(absent, scopes)],
  });
}

function addAll(absent: readonly string[], scopes: readonly string[]): Remedy {
  const names = absent.join(", ");
  return remedy(
    { en: `Add ${names} to scopes`, nb: `Legg ${names} til scopes` },
    absent.map((value, index) => ({ kind: "set", path: ["scopes", scopes.length + index], value }) as const),
    true,
  );
}

function retiredProblem(index: number, scopes: readonly string[], meant: ReadonlySet<string>): Problem {
  const absent = submissionScopes.filter((scope) => !meant.has(scope));
  if (absent.length === 0) {
    const message = {
      en: `${retiredScope} is being phased out: Skatteetaten no longer lists it, and submission stands on altinn:instances.read and altinn:instances.write, which are here. Keep it only while your application still asks for it.`,
      nb: `${retiredScope} fases ut: Skatteetaten oppgir det ikke lenger, og innsending bygger på altinn:instances.read og altinn:instances.write, som er med her. Behold det bare så lenge applikasjonen fortsatt ber om det.`,
    };
    const fix = remove(["scopes", index], retiredScope, false);
    return problem("scope-retired", "information", ["scopes", index], message, { remedies: [fix] });
  }
  const message = {
    en: `${retiredScope} is being phased out, and Skatteetaten no longer lists it. Submission takes altinn:instances.read and altinn:instances.write; ${absent.length === 1 ? `${absent.join("")} is missing` : "neither is"} here.`,
    nb: `${retiredScope} fases ut, og Skatteetaten oppgir det ikke lenger. Innsending krever altinn:instances.read og altinn:instances.write; ${absent.length === 1 ? `${absent.join("")} mangler her` : "ingen av dem er med her"}.`,
  };
  const replace = remedy(
    { en: `Replace it with ${absent.join(", ")}`, nb: `Bytt det ut med ${absent.join(", ")}` },
    [
      {
        kind: "set",
        path: ["scopes"],
        value: [...scopes.slice(0, index), ...absent, ...scopes.slice(index + 1)],
      },
    ],
    true,
  );
  return problem("scope-retired", "warning", ["scopes", index], message, { remedies: [replace] });
}
