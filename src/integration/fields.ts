import { accessFields } from "./fields/access.ts";
import { clientFields } from "./fields/client.ts";
import type { Field } from "./fields/field.ts";
import { secretFields } from "./fields/secrets.ts";
import { sessionFields } from "./fields/session.ts";

/**
 * The fields in the order in which a file has them. Portal names: Microsoft's pages on the VAT return, which show them
 * in Norwegian, and Skatteetaten's page on authentication.
 */
export const fields: readonly Field[] = [...clientFields, ...accessFields, ...sessionFields, ...secretFields];
