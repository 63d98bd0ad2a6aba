/** Everything that the rules look up, and nothing else: loading it is what is measured. */
export * as rates from "../../src/codeLists/rates.ts";
export * as remarks from "../../src/codeLists/remarks.ts";
export * as remarkSigns from "../../src/codeLists/remarkSigns.ts";
export * as returnCategories from "../../src/codeLists/returnCategories.ts";
export * as specifications from "../../src/codeLists/specifications.ts";
export * as vatCodes from "../../src/codeLists/vatCodes.ts";
