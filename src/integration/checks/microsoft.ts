import { problem, setTo, type Check } from "../problem.ts";
import type { FieldName } from "../registration.ts";
import { microsoftSettings, productOf } from "../microsoft.ts";

/** A client for Dynamics 365 is set up by Microsoft's page: the product sends what the page says, whatever is registered. */
export const checkMicrosoft: Check = (subject) => {
  const product = productOf(subject.given);
  if (product === null) return [];
  return Object.entries(microsoftSettings).flatMap(([field, expected]: [string, unknown]) => {
    const name = field as FieldName;
    const given = subject.given[name];
    if (subject.broken.has(name) || isSame(given, expected)) return [];
    const shown = JSON.stringify(expected);
    const message = {
      en: `Microsoft's documentation of ${product} asks for ${name} ${shown}${given === undefined ? "" : `, not ${JSON.stringify(given)}`}. ${product} signs in the way the page describes, and a client that differs is refused or falls out sooner than expected.`,
      nb: `Microsofts dokumentasjon av ${product} ber om ${name} ${shown}${given === undefined ? "" : `, ikke ${JSON.stringify(given)}`}. ${product} logger inn slik siden beskriver, og en klient som avviker, blir avvist eller faller ut tidligere enn ventet.`,
    };
    return [problem("differs-from-microsoft", "warning", [name], message, { remedies: [setTo([name], expected)] })];
  });
};

function isSame(given: unknown, expected: unknown): boolean {
  if (Array.isArray(expected) && Array.isArray(given)) return expected.every((item) => given.includes(item));
  return given === expected;
}
