import type { FaultWords } from "../serveCall.ts";
import { inventedRefusal } from "./outcomes.ts";
import { validationResultXml } from "./resultXml.ts";

/** What faults of status 409 say: a documented sentence of the app's, and a refusal by the validation. */
export const faultWords: FaultWords = {
  conflict:
    "Valideringsfeil: filnavnene i innsendingen må være unike. Validation error: file names in the submission must be unique.",
  refusal: () => validationResultXml(inventedRefusal),
};
