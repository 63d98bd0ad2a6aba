import type { Deviation, OfficialVerdict, ValidationAnswer } from "../../validation/remote/answer.ts";
import { rules } from "../../validation/rules/index.ts";

/** An outcome that somebody asked for, whatever the rules say of the return. */
export type AskedOutcome = "accepted" | "deviating" | "incomplete" | "refused";

const root = "/mvaMeldingDto";

/** A deviation that only the authority's registers could know of, in the words of a published rule. */
function invented(ruleNumber: string, path: string, severity: OfficialVerdict): Deviation {
  const rule = rules.find((candidate) => candidate.number === ruleNumber);
  return {
    path,
    vatCode: null,
    line: null,
    column: null,
    reasons: [
      {
        reason: "Sandkassen er bedt om dette utfallet; meldingen selv er ikke årsaken.",
        severity,
        code: rule?.identifiers[0] ?? "",
        ruleDefinition: rule?.wants.nb ?? "",
        details: null,
      },
    ],
  };
}

const asked: Readonly<Record<Exclude<AskedOutcome, "accepted">, { verdict: OfficialVerdict; deviation: Deviation }>> = {
  deviating: {
    verdict: "avvikende skattemelding",
    deviation: invented(
      "R080",
      `${root}/skattegrunnlagOgBeregnetSkatt/fastsattMerverdiavgift`,
      "avvikende skattemelding",
    ),
  },
  incomplete: {
    verdict: "mangelfull skattemelding",
    deviation: invented(
      "R061",
      `${root}/skattegrunnlagOgBeregnetSkatt/skattleggingsperiode`,
      "mangelfull skattemelding",
    ),
  },
  refused: {
    verdict: "ugyldig skattemelding",
    deviation: invented("R126", `${root}/skattepliktig/organisasjonsnummer`, "ugyldig skattemelding"),
  },
};

/** The answer with the outcome that was asked for in place of the rules' own. */
export function withOutcome(answer: ValidationAnswer, outcome: AskedOutcome): ValidationAnswer {
  if (outcome === "accepted") return { verdict: "ingen avvik", deviations: [] };
  const { verdict, deviation } = asked[outcome];
  return { verdict, deviations: [...answer.deviations, deviation] };
}

/** What a fault answers that refuses a return out of the blue. */
export const inventedRefusal: ValidationAnswer = withOutcome({ verdict: "ingen avvik", deviations: [] }, "refused");
