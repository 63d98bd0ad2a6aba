import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
import { persons } from "../../../src/sandbox/persons.ts";
import { toCurl } from "../../../src/services/transcript/curl.ts";
import { transcriptDocument } from "../../../src/services/transcript/document.ts";
import { toHar } from "../../../src/services/transcript/har.ts";
import type { Fetch } from "../../../src/services/recordingFetch.ts";
import type { IdPortenTokenSource } from "../../../src/submission/altinnTokens.ts";
import type { Journal } from "../../../src/submission/journal.ts";
import { standardPace } from "../../../src/submission/pace.ts";
import type { Pace } from "../../../src/submission/pace.ts";
import { prepareSubmission } from "../../../src/submission/prepare.ts";
import type { SubmissionInput } from "../../../src/submission/prepare.ts";
import { createSubmissionStore, sha256 } from "../../../src/submission/store.ts";
import type { SubmissionStore } from "../../../src/submission/store.ts";
import { createSubmissions } from "../../../src/submission/submissions.ts";
import type { Submissions, SubmissionSetting } from "../../../src/submission/submissions.ts";
import { readTranscript } from "../../../src/submission/transcript.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";
import { claims, control, manager, signIn } from "../sandbox/support.ts";
import { sampleReturn, startAltinn } from "../sandbox/altinn/support.ts";
import type { AltinnSandbox } from "../sandbox/altinn/support.ts";

export { accountantWithoutSigning, manager, sampleOrganisation } from "../sandbox/altinn/support.ts";
export type { AltinnSandbox } from "../sandbox/altinn/support.ts";

/** Two attachments, one of them with letters that a header can't hold. */
export const attachments = [
  { fileName: "bilag 1.pdf", contentType: "application/pdf", bytes: Buffer.from("%PDF-1.7 one") },
  { fileName: "økonomi.pdf", contentType: "application/pdf", bytes: Buffer.from("%PDF-1.7 two") },
] as const;

/** The sandbox with a clock that only pauses move: a thousand seconds of waiting last one. */
export interface Place {
  readonly sandbox: AltinnSandbox;
  readonly home: string;
  readonly store: SubmissionStore;
  /** Every access token that ID-porten has given out here. */
  readonly tokens: string[];
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const sandbox = await startAltinn({ settings: { verdictDelay: 20_000, receiptDelay: 5_000 } });
  const home = await mkdtemp(join(tmpdir(), "mva-submission-"));
  return {
    sandbox,
    home,
    store: createSubmissionStore(home),
    tokens: [],
    close: async () => {
      await sandbox.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export interface SignInChoices {
  readonly person?: string | undefined;
  /** The registered client that signs in; left out, the one whose tokens last for an hour. */
  readonly clientId?: string;
  /** A token with less left than this is not given out again. Milliseconds; a minute where left out. */
  readonly leastLeft?: number;
}

/** Signs in at the sandbox by its own clock; keeps the token until a fresh one is asked for. */
export function tokensOf(place: Place, choices: SignInChoices = {}): IdPortenTokenSource & { signIns: number } {
  const { person = manager, clientId = defaultClientIds.desktop, leastLeft = 60_000 } = choices;
  let kept: { value: string; expiresAt: number } | null = null;
  const source = async (fresh: boolean): Promise<{ value: string; expiresAt: number }> => {
    if (kept !== null && !fresh && kept.expiresAt > place.sandbox.clock.now + leastLeft) return kept;
    source.signIns++;
    const login = { client_id: clientId, login_hint: `testid:${person}_idporten-loa-high` };
    const { body } = await signIn(place.sandbox.issuer, login);
    assert.ok(typeof body["access_token"] === "string", JSON.stringify(body));
    const value = body["access_token"];
    place.tokens.push(value);
    kept = { value, expiresAt: Number(claims(value)["exp"]) * 1000 };
    return kept;
  };
  source.signIns = 0;
  return source;
}

export function environmentOf({ sandbox }: Place): SubmissionInput["environment"] {
  const { altinnPlatformUrl: platformUrl, altinnAppUrl: appUrl } = sandbox.description;
  return { name: "sandbox", platformUrl, appUrl };
}

export interface Changes {
  readonly person?: string;
  readonly pace?: Partial<Pace>;
  readonly fetch?: Fetch;
  readonly store?: SubmissionStore;
  readonly timeout?: number;
  readonly idPortenToken?: IdPortenTokenSource;
  readonly sleep?: SubmissionSetting["sleep"];
  readonly now?: () => Date;
}

export function submissionsOf(place: Place, changes: Changes = {}): Submissions {
  const { clock } = place.sandbox;
  const timeout = changes.timeout ?? 10_000;
  return createSubmissions({
    environment: environmentOf(place),
    store: changes.store ?? place.store,
    idPortenToken: changes.idPortenToken ?? tokensOf(place, { person: changes.person }),
    fetch: changes.fetch ?? fetch,
    now: changes.now ?? (() => new Date(clock.now)),
    random: () => 0,
    sleep: changes.sleep ?? ((milliseconds, signal) => passTime(clock, milliseconds, signal)),
    timeouts: { standard: timeout, storing: timeout },
    pace: { ...standardPace, ...changes.pace },
  });
}

/** Moves the clock, and lets as much real time pass that everything else gets its turn. */
export async function passTime(clock: { now: number }, milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds / 1000, undefined, signal === undefined ? {} : { signal });
  clock.now += milliseconds;
}

export async function prepare(place: Place, changes: Partial<SubmissionInput> = {}): Promise<Journal> {
  const bytes = changes.bytes ?? (await sampleReturn());
  const { root } = parseXml(Buffer.from(bytes).toString("utf8"));
  assert.ok(root !== null);
  const input: SubmissionInput = {
    environment: environmentOf(place),
    bytes,
    vatReturn: readVatReturn(root),
    sourcePath: "mva-melding.xml",
    fileName: "mva-melding.xml",
    attachments,
    envelope: null,
    createdBy: "Test",
    goal: "submit",
    outFolder: "",
    ...changes,
  };
  return prepareSubmission(input, place.store, new Date(place.sandbox.clock.now));
}

const truthSchema = v.object({
  instances: v.array(
    v.object({
      id: v.string(),
      task: v.nullable(v.string()),
      ended: v.boolean(),
      hardDeleted: v.boolean(),
      steps: v.number(),
      submission: v.nullable(v.object({ at: v.number() })),
      data: v.array(v.object({ dataType: v.string(), filename: v.nullable(v.string()), sha256: v.string() })),
    }),
  ),
});
export type Truth = v.InferOutput<typeof truthSchema>["instances"][number];

/** The instances that the sandbox really holds, deleted ones left out. */
export async function truthOf({ sandbox }: Place): Promise<readonly Truth[]> {
  const { body } = await control(sandbox.issuer, "GET", "/instances");
  return v.parse(truthSchema, body).instances.filter((instance) => !instance.hardDeleted);
}

/** Forgets instances and faults, so that the next test starts from nothing. */
export async function startOver(place: Place): Promise<void> {
  place.sandbox.altinn.faults.remove();
  await place.sandbox.altinn.archive.clear();
  await rm(join(place.home, "submissions"), { recursive: true, force: true });
}

/** One instance, submitted once, holding every document of the submission exactly once. */
export async function assertWhole(place: Place, journal: Journal): Promise<void> {
  const instances = await truthOf(place);
  assert.equal(instances.length, 1, `one instance, not ${instances.map(({ id }) => id).join(", ")}`);
  const [instance] = instances;
  assert.ok(instance !== undefined);
  assert.equal(instance.id, journal.instanceId);
  assert.equal(instance.steps, 2);
  assert.ok(instance.submission !== null);
  assertHoldsEverythingOnce(instance, journal);
}

export function assertHoldsEverythingOnce(instance: Truth, journal: Journal): void {
  const held = (dataType: string): string[] =>
    instance.data.filter((element) => element.dataType === dataType).map((element) => element.sha256);
  assert.deepEqual(held("mvamelding"), [journal.vatReturn.sha256]);
  assert.deepEqual(held("binaerVedlegg").sort(), journal.attachments.map((file) => file.sha256).sort());
}

/** Accepted, with everything downloaded, whole on the disk. */
export async function assertAccepted(place: Place, journal: Journal): Promise<void> {
  assert.equal(journal.state, "finished", JSON.stringify(journal.error));
  assert.equal(journal.verdict, "accepted");
  assert.equal(journal.error, null);
  assert.equal(journal.intent, null);
  assert.ok(journal.steps.every((step) => step.endedAt !== null));
  const types = journal.files.map((file) => file.dataType).sort();
  assert.deepEqual(types, ["betalingsinformasjon", "kvittering", "valideringsresultat"]);
  const truth = (await truthOf(place)).find((instance) => instance.id === journal.instanceId);
  for (const file of journal.files) {
    const stored = truth?.data.find((element) => element.dataType === file.dataType);
    assert.equal(sha256(await readFile(file.path)), stored?.sha256, file.dataType);
  }
  assert.deepEqual(await place.store.load(journal.id), journal);
}

/**
 * Looks for every token that was given out and every person's number in all that was written or can be exported.
 * @param log what else was written
 */
export async function assertNoSecrets(
  { home, store, tokens }: Place,
  log = "",
): Promise<{ readonly files: number; readonly bytes: number }> {
  const numbers = persons.map((person) => person.nationalIdentityNumber);
  const texts: [string, string][] = [["log", log]];
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    texts.push([path, await readFile(path, "latin1")]);
  }
  for (const { id } of (await store.list()).journals) {
    const exchanges = await readTranscript(store, id);
    texts.push([`HAR of ${id}`, JSON.stringify(toHar(exchanges, "1"))]);
    texts.push([`document of ${id}`, transcriptDocument(exchanges, { title: id, about: "" }, "nb")]);
    texts.push([`curl of ${id}`, exchanges.map(toCurl).join("\n")]);
  }
  const secrets = [...numbers, ...tokens, ...tokens.map((token) => token.split(".")[2] ?? "none")];
  for (const [where, content] of texts) {
    for (const secret of secrets) assert.ok(!content.includes(secret), `${where} holds a secret`);
    const jwt = /eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./.exec(content);
    assert.equal(jwt, null, `${where} holds a token`);
  }
  return { files: texts.length, bytes: texts.reduce((sum, [, content]) => sum + content.length, 0) };
}
