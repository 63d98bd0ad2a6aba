import type { Finding } from "../../validation/finding.ts";
import { documentIdentities } from "../../vatReturn/documentType.ts";
import { readReturn } from "../validation/judge.ts";
import { validationResultXml } from "../validation/resultXml.ts";
import { answer, json, problem, type Answer } from "../answer.ts";
import type { AltinnContext } from "./context.ts";
import { listAt, readEnvelopeModel, textAt, type Model } from "./envelopeModel.ts";
import { elementOf } from "./instances.ts";
import { dataTypes } from "./metadata.ts";
import { dataTypeIds, type StoredInstance, type TaskId } from "./state.ts";

/** One of the app's own validation issues. */
export interface Issue {
  readonly severity: 1;
  readonly dataElementId: null;
  readonly field: string;
  readonly code: string;
  readonly description: string;
  readonly source: string;
}

const taskValidator = "Altinn.App.Core.Features.Validation.Default.DefaultTaskValidator-*";

/** What is too few and too many for a task, by the app's metadata. */
export function countIssues(instance: StoredInstance, task: TaskId): readonly Issue[] {
  const issue = (field: string, code: string): Issue => ({
    severity: 1,
    dataElementId: null,
    field,
    code,
    description: code,
    source: taskValidator,
  });
  return dataTypes.flatMap((dataType) => {
    if (dataType.task !== task) return [];
    const count = instance.data.filter((element) => element.dataType === dataType.id).length;
    if (count > dataType.maxCount) return [issue(dataType.id, "TooManyDataElementsOfType")];
    // The receipt is the authority's to write; nobody is asked for it.
    if (count < dataType.minCount && dataType.id !== dataTypeIds.receipt)
      return [issue(dataType.id, "TooFewDataElementsOfType")];
    return [];
  });
}

export function issuesProblem(task: TaskId, issues: readonly Issue[]): Answer {
  return problem(409, "Validation failed for task", {
    detail: `${String(issues.length)} validation errors found for task ${task}`,
    validationIssues: issues,
  });
}

const envelopeName = 'MvaMeldingInnsending ("konvolutt")';

/** What the authority's own checks say when the filling in is completed; null: nothing. */
export async function fillingInConflict(context: AltinnContext, instance: StoredInstance): Promise<Answer | null> {
  const envelopeElement = elementOf(instance, dataTypeIds.envelope);
  const returnElement = elementOf(instance, dataTypeIds.vatReturn);
  if (envelopeElement === null || returnElement === null) return null;
  const envelopeText = (await context.archive.readBytes(envelopeElement.id)).toString("utf8");
  const envelope = readEnvelopeModel(envelopeText);
  if (envelope === null) return json(409, "Valideringsfeil: konvolutten kan ikke leses.");
  const wrong = context.settings.now.statusRequired && textAt(envelope, "instansstatus") === null;
  if (wrong) return json(409, required("instansstatus"));
  const envelopeProblem = await envelopeConflict(context, envelope, envelopeText);
  if (envelopeProblem !== null) return json(409, envelopeProblem);
  const returnBytes = await context.archive.readBytes(returnElement.id);
  const sentence =
    differences(instance, envelope, returnBytes, returnElement.filename ?? "mvamelding") ??
    listConflict(instance, envelope) ??
    duplicateNames(instance);
  if (sentence !== null) return json(409, sentence);
  const judged = await context.judge.vatReturn(returnBytes);
  if (judged.verdict !== "ugyldig skattemelding") return null;
  return context.settings.now.invalidReturn === "sentence"
    ? json(409, "Valideringsfeil: Ugyldig mva-melding")
    : answer(409, validationResultXml(judged), "application/xml; charset=utf-8");
}

function required(name: string): string {
  return `Valideringsfeil: ${name} er påkrevd i MvaMeldingInnsending. Validation error: ${name} is required in MvaMeldingInnsending.`;
}

async function envelopeConflict(context: AltinnContext, envelope: Model, text: string): Promise<string | null> {
  const period = envelope["skattleggingsperiode"];
  if (period === null || period === undefined) return required("skattleggingsperiode");
  if (periodOf(envelope) === null || (textAt(envelope, "skattleggingsperiode", "aar") ?? "").trim() === "") {
    return "Valideringsfeil: skattleggingsperiode må være utfylt. Validation error: skattleggingsperiode must be filled in.";
  }
  const [finding] = await context.judge.envelope(text);
  return finding === undefined ? null : schemaSentence(finding);
}

const facets: Readonly<Record<string, string>> = {
  "illegal-value": "The Enumeration constraint failed.",
  "wrong-digits": "The Pattern constraint failed.",
  "too-long": "The actual length is greater than the MaxLength value.",
};

/** The first thing that the schema has against the envelope, in the manner of the framework's schema validation. */
function schemaSentence({ path, data, message }: Finding): string {
  const { namespace } = documentIdentities.envelope;
  const name =
    (path ?? "")
      .split("/")
      .at(-1)
      ?.replace(/\[\d+\]$/, "") ?? "";
  const value = data?.["found"];
  const kind = data?.["kind"] ?? "";
  const said =
    facets[kind] === undefined && kind !== "wrong-type"
      ? `The element '${name}' in namespace '${namespace}' is invalid: ${message.en}`
      : `The '${namespace}:${name}' element is invalid - The value '${value ?? ""}' is invalid according to its datatype '${data?.["type"] ?? ""}' - ${facets[kind] ?? "The string is not a valid value."}`;
  return `Valideringsfeil / Validation error: ${said}`;
}

function periodOf(envelope: Model): string | null {
  const period = envelope["skattleggingsperiode"];
  if (period === null || period === undefined || typeof period === "string") return null;
  const kinds = (period as Model)["periode"];
  if (kinds === null || kinds === undefined || typeof kinds === "string") return null;
  for (const [name, value] of Object.entries(kinds)) {
    if (typeof value === "string" && value.trim() !== "") return `${name} ${value.trim()}`;
  }
  return null;
}

/** Organisation number, category and period of instance, envelope and return. */
function differences(instance: StoredInstance, envelope: Model, returnBytes: Buffer, fileName: string): string | null {
  const number = textAt(envelope, "norskIdentifikator", "organisasjonsnummer")?.trim() ?? "";
  if (number !== instance.organisationNumber) {
    return `Valideringsfeil: Organisasjonsnummeret i instansen er forskjellig fra organisasjonsnummeret i ${envelopeName}`;
  }
  const vatReturn = readReturn(returnBytes);
  if (vatReturn === null) return null;
  const own = (vatReturn.organisasjonsnummer ?? vatReturn.identifikasjonsnummer)?.value.trim() ?? "";
  if (own !== number) return otherOrganisation(fileName);
  if (textAt(envelope, "meldingskategori")?.trim() !== vatReturn.meldingskategori?.value.trim()) {
    // "forsjellig" is the app's spelling.
    return `Valideringsfeil: Meldingskategorien i ${envelopeName} er forsjellig fra Meldingskategorien i ${fileName}`;
  }
  const kind = vatReturn.periode?.children[0];
  const period = `${kind?.localName ?? ""} ${kind?.text.trim() ?? ""}`;
  const year = textAt(envelope, "skattleggingsperiode", "aar")?.trim();
  if (period !== periodOf(envelope) || year !== vatReturn.aar?.text.trim()) {
    return `Valideringsfeil: Skattleggingsperioden i ${envelopeName} er forskjellig fra skattleggingsperioden i ${fileName}`;
  }
  return null;
}

/** The documented sentence; its explanation speaks of the list of attachments, so it serves for that as well. */
function otherOrganisation(fileName: string): string {
  return `Valideringsfeil: Organisasjonsnummeret i ${envelopeName} er forskjellig fra organisasjonsnummeret i ${fileName}`;
}

/** The envelope must list the attachments that were uploaded, and no others. */
function listConflict(instance: StoredInstance, envelope: Model): string | null {
  const listed = listAt(envelope, "vedlegg")
    .filter((entry) => textAt(entry, "vedleggstype")?.trim() !== "mva-melding")
    .map((entry) => {
      const name = textAt(entry, "vedleggsfil", "filnavn")?.trim() ?? "";
      const extension = textAt(entry, "vedleggsfil", "filekstensjon")?.trim() ?? "";
      return extension === "" ? name : `${name}.${extension}`;
    });
  const uploaded = instance.data
    .filter((element) => element.dataType === dataTypeIds.attachment)
    .map((element) => element.filename ?? "");
  const unknown = uploaded.find((name) => !listed.includes(name)) ?? listed.find((name) => !uploaded.includes(name));
  return unknown === undefined ? null : otherOrganisation(unknown);
}

/** Also asked when the return is submitted. */
export function duplicateNames(instance: StoredInstance): string | null {
  const names = instance.data
    .filter(({ dataType }) => dataType === dataTypeIds.vatReturn || dataType === dataTypeIds.attachment)
    .map(({ filename }) => filename);
  if (new Set(names).size === names.length) return null;
  return "Valideringsfeil: filnavnene i innsendingen må være unike. Validation error: file names in the submission must be unique.";
}
