import { randomUUID } from "node:crypto";
import { answer, json, type Answer } from "../answer.ts";
import type { Service } from "../http.ts";
import { SandboxRequest } from "../request.ts";
import { largestBody, serveCall } from "../serveCall.ts";
import type { AltinnContext } from "../altinn/context.ts";
import { bearer } from "../altinn/tokens.ts";
import { escapeXml } from "../xmlText.ts";
import { withOutcome } from "./outcomes.ts";
import { validationResultXml } from "./resultXml.ts";
import { faultWords } from "./faultWords.ts";

/** Where the validation API answers, below the sandbox's address. */
export const validationPath = "/api/mva/grensesnittstoette/mva-melding/valider";
const requiredScope = "skatteetaten:mvameldingvalidering";
const errorNamespace = "urn:no:skatteetaten:datasamarbeid:feil:v1";

type Format = "xml" | "json";

/** The authority's validation API. Takes ID-porten's access token, never Altinn's. */
export function createValidation(context: AltinnContext): Service {
  const surroundings = { faults: context.faults, calls: context.calls, log: context.log, words: faultWords };
  return {
    serves: (path) => path === validationPath || path.startsWith(`${validationPath}/`),
    handle: async (raw, response) => {
      const request = new SandboxRequest(raw);
      const subject = { name: "validateReturn", dataType: null, fileName: null } as const;
      await serveCall(surroundings, request, response, subject, () => validate(context, request));
    },
  };
}

async function validate(context: AltinnContext, request: SandboxRequest): Promise<Answer> {
  const body = await request.body(largestBody);
  const accept = request.header("accept") ?? "*/*";
  const format: Format = /json/.test(accept) && !/xml/.test(accept) ? "json" : "xml";
  const refuse = (status: number, code: string, message: string): Answer => refusal(status, code, message, format);
  if (request.path !== validationPath) return refuse(404, "SANDKASSE-404", "Adressen finnes ikke.");
  if (request.method !== "POST") return refuse(405, "SANDKASSE-405", "Valideringen tar bare imot POST.");
  const token = bearer(request.header("authorization"));
  const claims = token === null ? null : context.verifyIdPortenToken(token);
  if (claims === null) {
    return refuse(401, "SANDKASSE-401", "Tokenet mangler, er utløpt eller er ikke utstedt av ID-porten.");
  }
  const { scope } = claims;
  if (typeof scope !== "string" || !scope.split(" ").includes(requiredScope)) {
    return refuse(403, "SANDKASSE-403", `Tokenet mangler scopet ${requiredScope}.`);
  }
  if (format === "json" || !/xml|\*\/\*|application\/\*/.test(accept)) {
    return refuse(406, "SANDKASSE-406", "Valideringsresultatet finnes bare som XML.");
  }
  if (!/^(application|text)\/xml\b/.test(request.header("content-type") ?? "")) {
    return refuse(400, "SANDKASSE-400", "Meldingen må sendes som application/xml.");
  }
  if (body.kind === "tooLarge") return refuse(400, "SANDKASSE-400", "Meldingen er for stor.");
  if (body.bytes.length === 0) return refuse(400, "SANDKASSE-400", "Det er ikke sendt noen melding.");
  const { validationOutcome } = context.settings.now;
  const judged = await context.judge.vatReturn(body.bytes);
  const given = validationOutcome === "rules" ? judged : withOutcome(judged, validationOutcome);
  return answer(200, validationResultXml(given), "application/xml;charset=UTF-8", { korrelasjonsid: randomUUID() });
}

function refusal(status: number, code: string, message: string, format: Format): Answer {
  const correlationId = randomUUID();
  const headers = { korrelasjonsid: correlationId };
  if (format === "json") return json(status, { kode: code, melding: message, korrelasjonsid: correlationId }, headers);
  const parts = [
    `<feil xmlns="${errorNamespace}">`,
    `<kode>${code}</kode>`,
    `<melding>${escapeXml(message)}</melding>`,
    `<korrelasjonsid>${correlationId}</korrelasjonsid>`,
    `</feil>`,
  ];
  return answer(status, parts.join(""), "application/xml;charset=UTF-8", headers);
}
