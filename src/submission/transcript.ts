import * as v from "valibot";
import type { Exchange } from "../services/recordingFetch.ts";
import type { SubmissionStore } from "./store.ts";

const headers = v.array(v.tuple([v.string(), v.string()]));
const body = v.nullable(
  v.object({
    mediaType: v.nullable(v.string()),
    size: v.number(),
    text: v.nullable(v.string()),
    truncated: v.boolean(),
  }),
);
const schema: v.GenericSchema<unknown, Exchange> = v.object({
  sequence: v.number(),
  startedAt: v.string(),
  durationMilliseconds: v.number(),
  request: v.object({ method: v.string(), url: v.pipe(v.string(), v.url()), headers, body }),
  response: v.nullable(v.object({ status: v.number(), statusText: v.string(), headers, body })),
  failure: v.nullable(v.object({ kind: v.string(), code: v.nullable(v.string()) })),
});

/** Every exchange of a submission in its order, over all its runs. A line that a crash has cut off is left out. */
export async function readTranscript(store: SubmissionStore, id: string): Promise<readonly Exchange[]> {
  return (await store.transcript(id)).flatMap((line) => {
    const parsed = v.safeParse(schema, parseJson(line));
    return parsed.success ? [parsed.output] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
