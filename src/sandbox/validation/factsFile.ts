import { readFile } from "node:fs/promises";
import { inWords, readFactsText } from "../../validation/factsText.ts";
import type { TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import { defaultFacts } from "./defaultFacts.ts";

/** A file of taxpayer facts that can't be used; the message says where and why. */
export class FactsFileError extends Error {}

/**
 * The facts of the sandbox's registers: what the files say, and of organisations they are silent on the default.
 * @throws FactsFileError
 */
export async function readFactsFiles(files: readonly string[]): Promise<readonly TaxpayerFacts[]> {
  const given: TaxpayerFacts[] = [];
  const told = new Set<string>();
  for (const file of files) {
    const facts = await readFactsFile(file);
    const again = facts.find(({ organisationNumber }) => told.has(organisationNumber))?.organisationNumber;
    if (again !== undefined) throw new FactsFileError(`${file}: another file of facts tells of ${again} already.`);
    for (const { organisationNumber } of facts) told.add(organisationNumber);
    given.push(...facts);
  }
  return [...given, ...defaultFacts.filter(({ organisationNumber }) => !told.has(organisationNumber))];
}

async function readFactsFile(file: string): Promise<readonly TaxpayerFacts[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new FactsFileError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { facts, problems } = readFactsText(text);
  if (problems.length === 0) return facts;
  throw new FactsFileError(
    inWords(file, text, problems)
      .map(({ en }) => en)
      .join("\n"),
  );
}
