import { readFile } from "node:fs/promises";
import { inWords, readFactsText } from "../validation/factsText.ts";
import type { TaxpayerFacts } from "../validation/taxpayerFacts.ts";
import type { Text } from "../vatReturn/text.ts";
import { failureText } from "./failureText.ts";
import { printable } from "./report/excerpt.ts";
import { UsageError } from "./usageError.ts";

/**
 * Reads files of taxpayer facts.
 * @param warn is told of facts that are in order but decide nothing
 * @throws UsageError where one can't be read or holds something that can't be used, or two tell of one organisation:
 *   facts decide rules, so none is left out silently
 */
export async function readFacts(
  files: readonly string[],
  warn: (text: Text) => void,
): Promise<readonly TaxpayerFacts[]> {
  const facts: TaxpayerFacts[] = [];
  for (const file of files) {
    const text = await contentOf(file);
    const { facts: read, problems, warnings } = readFactsText(text);
    if (problems.length > 0) {
      const told = inWords(file, text, problems).map(shown);
      throw new UsageError({
        en: told.map(({ en }) => en).join("\n"),
        nb: told.map(({ nb }) => nb).join("\n"),
      });
    }
    const again = read.find(({ organisationNumber }) =>
      facts.some((known) => known.organisationNumber === organisationNumber),
    );
    if (again !== undefined)
      throw new UsageError({
        en: `${file}: another file of facts tells of ${again.organisationNumber} already.`,
        nb: `${file}: en annen faktafil har allerede opplysninger om ${again.organisationNumber}.`,
      });
    for (const warning of inWords(file, text, warnings)) warn(shown(warning));
    facts.push(...read);
  }
  return facts;
}

/** Names in a file may hold what a terminal obeys. */
function shown({ en, nb }: Text): Text {
  return { en: printable(en), nb: printable(nb) };
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const reason = failureText(error);
    throw new UsageError({ en: `${file}: ${reason.en}`, nb: `${file}: ${reason.nb}` });
  }
}
