/** Writes the JSON schema of integration files for other editors than ours. Run by `npm run docs`. */
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { integrationSchema } from "../src/integration/schema.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const file = join(folder, "idporten-integration.schema.json");
await writeFile(file, `${JSON.stringify(integrationSchema("en", true), null, 2)}\n`);
