import { sign } from "../../vatReturn/decimal.ts";
import type { Text } from "../../vatReturn/text.ts";
import { outcomeWhere, whereReadable } from "./conditions.ts";
import { isFirstSubmission } from "./knownFacts.ts";
import { places } from "./places.ts";
import type { Outcome, Rule } from "./rule.ts";

const needsDecision: Text = {
  en: "The right amount and the time of sending are the sender's.",
  nb: "Avsenderen må selv vite hva som er riktig beløp, og når det skal sendes.",
};

type Shared = Pick<Rule, "needs" | "evaluated" | "quickFix" | "whyNoQuickFix">;

export const byHistory: Shared = {
  needs: "register",
  evaluated: "partly",
  quickFix: null,
  whyNoQuickFix: needsDecision,
};

/** R098 and R118: the first return of its kind for a period is not about nothing. */
export function firstNotZero(
  ruleNumber: string,
  identifier: string,
  appliesTo: Rule["appliesTo"],
  subject: Text,
): Rule {
  return {
    ...byHistory,
    number: ruleNumber,
    identifiers: [identifier],
    severity: "ugyldig",
    category: "MELDINGSINNHOLD",
    appliesTo,
    pointsTo: places.total,
    title: { en: "A first return is not 0", nb: "En første melding er ikke 0" },
    wants: {
      en: `${subject.en} that is the first for its period has a total other than 0.`,
      nb: `${subject.nb} som er den første for perioden, kan ikke ha totalen 0.`,
    },
    howToFix: {
      en: "Send nothing for a period without amounts. A return of 0 is only for correcting one sent earlier.",
      nb: "En periode uten beløp skal ikke rapporteres. En melding på 0 brukes bare til å rette en som er sendt tidligere.",
    },
    reading: {
      en: "Whether it is the first is taken from the taxpayer facts, otherwise from the option, whose default is yes.",
      nb: "Om den er den første, hentes fra skattyterfakta, ellers fra valget, som er ja om ikke annet er oppgitt.",
    },
    clearedWhere: { en: "the total is not 0", nb: "totalen ikke er 0" },
    checkReturn: (checked): Outcome => {
      const { total, source } = checked;
      const isZero = whereReadable(total, (amount) => sign(amount) === 0);
      return outcomeWhere([isZero, isFirstSubmission(checked)], () => {
        if (source.fastsattMerverdiavgift === null) return "unreadable";
        return {
          element: source.fastsattMerverdiavgift.element,
          message: {
            en: "The total is 0, and nothing has been submitted for the period before: there is nothing to send.",
            nb: "Totalen er 0, og det er ikke sendt inn noe for perioden tidligere. Da er det ingenting å rapportere.",
          },
          data: { actual: "0" },
        };
      });
    },
  };
}
