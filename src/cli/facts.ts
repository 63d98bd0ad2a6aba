import { readFile } from "node:fs/promises";
import { readTaxpayerFacts } from "../validation/readTaxpayerFacts.ts";
import type { TaxpayerFacts } from "../validation/taxpayerFacts.ts";
import { failureText } from "./failureText.ts";
import { UsageError } from "./usageError.ts";

/**
 * Reads files of taxpayer facts.
 * @throws UsageError where one can't be read or holds something that can't be used, or two tell of one organisation:
 *   facts decide rules, so none is left out silently
 */
export async function readFacts(files: readonly string[]): Promise<readonly TaxpayerFacts[]> {
  const facts: TaxpayerFacts[] = [];
  for (const file of files) {
    const { facts: read, problems } = readTaxpayerFacts(await readJson(file));
    if (problems.length > 0)
      throw new UsageError({
        en: problems.map(({ path, message }) => `${placeOf(file, path)}: ${message.en}`).join("\n"),
        nb: problems.map(({ path, message }) => `${placeOf(file, path)}: ${message.nb}`).join("\n"),
      });
    const again = read.find(({ organisationNumber }) =>
      facts.some((known) => known.organisationNumber === organisationNumber),
    );
    if (again !== undefined)
      throw new UsageError({
        en: `${file}: another file of facts tells of ${again.organisationNumber} already.`,
        nb: `${file}: en annen faktafil har allerede opplysninger om ${again.organisationNumber}.`,
      });
    facts.push(...read);
  }
  return facts;
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const reason = failureText(error);
    throw new UsageError({ en: `${file}: ${reason.en}`, nb: `${file}: ${reason.nb}` });
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    throw new UsageError({ en: `${file} is not JSON: ${words}`, nb: `${file} er ikke JSON: ${words}` });
  }
}

function placeOf(file: string, path: string): string {
  return path === "" ? file : `${file}, ${path}`;
}
