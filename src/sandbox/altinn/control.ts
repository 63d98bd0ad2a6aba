import * as v from "valibot";
import type { AltinnContext } from "./context.ts";
import { answerNow, catchUp } from "./feedback.ts";
import { isScenarioName, scenarios, settingsChangeSchema, validationOutcomes } from "./settings.ts";
import { instanceId } from "./wire.ts";
import { callFaultKinds, callNames, isCallFaultKind, isCallName, type CallFault } from "../callFaults.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const wait = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000));

/** A fault of one call, as the control API takes it. */
export const callFaultSchema = v.pipe(
  v.strictObject({
    call: v.pipe(
      v.string(),
      v.check(
        (name) => name === "any" || isCallName(name),
        (issue) => `there is no call ${issue.input}`,
      ),
    ),
    kind: v.pipe(
      v.string(),
      v.check(isCallFaultKind, (issue) => `there is no kind ${issue.input}`),
    ),
    mode: v.optional(v.picklist(["once", "sticky"]), "once"),
    count: v.optional(count, 1),
    skip: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
    dataType: v.optional(v.string()),
    fileName: v.optional(v.string()),
    seconds: v.optional(wait),
    milliseconds: v.optional(wait),
  }),
  v.transform(({ mode, call, kind, ...rest }): CallFault | null => {
    if ((call !== "any" && !isCallName(call)) || !isCallFaultKind(kind)) return null;
    return { ...rest, call, kind, count: mode === "sticky" ? null : rest.count };
  }),
);

export const scenarioSchema = v.strictObject({
  scenario: v.pipe(
    v.string(),
    v.check(isScenarioName, (issue) => `there is no scenario ${issue.input}`),
  ),
});

export const settingsSchema = settingsChangeSchema;

export const answerSchema = v.strictObject({ instance: v.optional(v.string()) });

/** What of calls can go wrong and how, for those who ask. */
export const knownCallFaults = { calls: ["any", ...callNames], kinds: callFaultKinds };
export const knownScenarios = { scenarios, validationOutcomes };

/** Everything the store holds, straight from it: what tests compare with. No bytes, no tokens, no persons' numbers. */
export async function truth(context: AltinnContext): Promise<Readonly<Record<string, unknown>>> {
  for (const instance of context.archive.instances) await catchUp(context, instance);
  return {
    instances: context.archive.instances.map((instance) => ({
      id: instanceId(instance),
      app: instance.app,
      organisationNumber: instance.organisationNumber,
      task: instance.process.task,
      ended: instance.process.ended !== null,
      softDeleted: instance.softDeleted !== null,
      hardDeleted: instance.hardDeleted !== null,
      /** How often `process/next` took effect. */
      steps: instance.steps,
      submission: instance.submission,
      data: instance.data.map(({ id, dataType, filename, contentType, size, sha256, locked, createdBy }) => ({
        id,
        dataType,
        filename,
        contentType,
        size,
        sha256,
        locked,
        createdBy,
      })),
    })),
    counts: context.calls.counts(),
  };
}

/** Makes the authority answer what waits for it; one instance by its guid or its whole id, or all. */
export function answerWaiting(context: AltinnContext, instance: string | undefined): number {
  return answerNow(context, instance?.split("/").at(-1) ?? null);
}
