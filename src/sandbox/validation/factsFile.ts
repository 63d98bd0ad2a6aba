import { readFile } from "node:fs/promises";
import { readTaxpayerFacts } from "../../validation/readTaxpayerFacts.ts";
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
  for (const file of files) given.push(...(await readFactsFile(file)));
  const told = new Set(given.map(({ organisationNumber }) => organisationNumber));
  return [...given, ...defaultFacts.filter(({ organisationNumber }) => !told.has(organisationNumber))];
}

async function readFactsFile(file: string): Promise<readonly TaxpayerFacts[]> {
  let content: unknown;
  try {
    content = JSON.parse((await readFile(file, "utf8")).replace(/^\ufeff/, ""));
  } catch (error) {
    throw new FactsFileError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { facts, problems } = readTaxpayerFacts(content);
  if (problems.length === 0) return facts;
  throw new FactsFileError(problems.map(({ path, message }) => `${file}, ${path}: ${message.en}`).join("\n"));
}
