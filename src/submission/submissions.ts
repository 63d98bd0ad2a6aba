import { createAltinnClient } from "../services/altinn/client.ts";
import type { AltinnClient } from "../services/altinn/client.ts";
import { createHttpCaller, sleep as realSleep, standardTimeouts } from "../services/http.ts";
import type { HttpOptions } from "../services/http.ts";
import { createRecordingFetch } from "../services/recordingFetch.ts";
import type { Exchange, Fetch } from "../services/recordingFetch.ts";
import { createRedactor } from "../services/redaction.ts";
import type { Redactor } from "../services/redaction.ts";
import { abandonSubmission } from "./abandon.ts";
import type { RunContext } from "./activeRun.ts";
import { adoptDraft, adoptInstance } from "./adopt.ts";
import type { AdoptionInput } from "./adopt.ts";
import { createAltinnTokens } from "./altinnTokens.ts";
import type { IdPortenTokenSource } from "./altinnTokens.ts";
import { moveHome } from "./home.ts";
import type { SubmissionEnvironment } from "./home.ts";
import type { Journal } from "./journal.ts";
import { standardPace } from "./pace.ts";
import type { Pace } from "./pace.ts";
import { runSubmission } from "./run.ts";
import type { RunOptions } from "./run.ts";
import type { SubmissionStore } from "./store.ts";
import { deleteUnknownDraft, findUnknownInstances } from "./unknownInstances.ts";
import type { UnknownInstance } from "./unknownInstances.ts";

/** What a door of the product (editor, terminal) brings along for submitting. */
export interface SubmissionSetting {
  readonly environment: SubmissionEnvironment;
  readonly store: SubmissionStore;
  readonly idPortenToken: IdPortenTokenSource;
  /** The plain one: exchanges are recorded here. */
  readonly fetch: Fetch;
  /** Shared with whoever signs in, so that what one has seen the other removes too. */
  readonly redactor?: Redactor;
  /** Told what the user need not know; never a token or a personal number. */
  readonly log?: (message: string) => void;
  readonly now?: () => Date;
  readonly sleep?: HttpOptions["sleep"];
  readonly random?: () => number;
  readonly timeouts?: HttpOptions["timeouts"];
  readonly pace?: Pace;
}

export interface RunInput extends RunOptions {
  readonly onProgress?: (journal: Journal) => void;
}

/** The submissions of one environment: what editor and terminal do with them. Errors are those of `runSubmission`. */
export interface Submissions {
  /** Starts, resumes, and looks for the verdict. */
  run(id: string, input?: RunInput): Promise<Journal>;
  abandon(id: string, input?: Omit<RunInput, "goal">): Promise<Journal>;
  /** Settles by hand which draft belongs to a submission whose creation got no answer. */
  adoptDraft(id: string, instanceId: string): Promise<Journal>;
  /** The unfinished instances of organisations that no journal here knows. */
  findUnknown(organisationNumbers: readonly string[], signal?: AbortSignal): Promise<readonly UnknownInstance[]>;
  adopt(instanceId: string, input: Omit<AdoptionInput, "environment">, signal?: AbortSignal): Promise<Journal>;
  /** Deletes a draft that no journal here knows, for good. */
  deleteUnknown(instanceId: string, signal?: AbortSignal): Promise<void>;
}

/** How often a repeatable call is made in all. */
const attempts = 4;

/**
 * Puts store, client, tokens and transcript together. Every exchange of a run is recorded, redacted, with the run.
 * @throws ProductionRefusedError where an address is one of production's.
 */
export function createSubmissions(setting: SubmissionSetting): Submissions {
  const { environment, store } = setting;
  const now = setting.now ?? (() => new Date());
  const redactor = setting.redactor ?? createRedactor();

  const connect = (
    record: (exchange: Exchange) => void,
    whole: AbortSignal | undefined,
  ): Pick<RunContext, "altinn" | "ensureToken"> => {
    const recording = createRecordingFetch({ fetch: setting.fetch, record, now: () => now().getTime(), redactor });
    const caller = createHttpCaller({
      fetch: recording,
      sleep: setting.sleep ?? realSleep,
      random: setting.random ?? Math.random,
      timeouts: setting.timeouts ?? standardTimeouts,
      attempts,
    });
    const altinn: AltinnClient = createAltinnClient(environment, caller, () => tokens.current(whole));
    const tokens = createAltinnTokens(
      async (fresh, signal) => {
        const token = await setting.idPortenToken(fresh, signal);
        redactor.remember(token.value);
        return token;
      },
      async (idPortenToken, signal) => {
        const token = await altinn.exchange(idPortenToken, signal);
        redactor.remember(token);
        return token;
      },
      () => now().getTime(),
    );
    return {
      altinn,
      ensureToken: async (fresh, signal) => {
        if (fresh) await tokens.renew(signal);
        else await tokens.current(signal);
      },
    };
  };

  /** Works on one submission, with a transcript that is whole on the disk when the work ends. */
  const on = async (id: string, input: RunInput, work: (context: RunContext) => Promise<Journal>): Promise<Journal> => {
    moveHome(await store.load(id), environment);
    const transcript = transcriptWriter(store, id, setting.log);
    try {
      return await work({
        ...connect(transcript.record, input.signal),
        environment,
        store,
        now,
        sleep: setting.sleep ?? realSleep,
        pace: setting.pace ?? standardPace,
        onProgress: input.onProgress ?? (() => undefined),
      });
    } finally {
      await transcript.written();
    }
  };
  const unrecorded = (signal: AbortSignal | undefined): AltinnClient => connect(() => undefined, signal).altinn;

  return {
    run: (id, input = {}) => on(id, input, (context) => runSubmission(id, context, input)),
    abandon: (id, input = {}) => on(id, input, (context) => abandonSubmission(id, context, input.signal)),
    adoptDraft: (id, instanceId) => on(id, {}, (context) => adoptDraft(id, instanceId, context)),
    findUnknown: (organisationNumbers, signal) =>
      findUnknownInstances(organisationNumbers, environment.appUrl, unrecorded(signal), store, signal),
    deleteUnknown: (instanceId, signal) => deleteUnknownDraft(instanceId, unrecorded(signal), store, signal),
    async adopt(instanceId, input, signal) {
      // There is nowhere to keep them before it is a submission.
      const exchanges: Exchange[] = [];
      const { altinn } = connect((exchange) => exchanges.push(exchange), signal);
      const adopted = await adoptInstance(instanceId, { ...input, environment }, altinn, store, now(), signal);
      const transcript = transcriptWriter(store, adopted.id, setting.log);
      for (const exchange of exchanges) transcript.record(exchange);
      await transcript.written();
      return adopted;
    },
  };
}

/** Appends to a transcript in the background, what has come together meanwhile at a time. A failure ends no submission. */
function transcriptWriter(
  store: SubmissionStore,
  id: string,
  log: SubmissionSetting["log"],
): { readonly record: (exchange: Exchange) => void; readonly written: () => Promise<void> } {
  const pending: string[] = [];
  let writing = Promise.resolve();
  const recorder = store.recorder(id);
  const write = async (): Promise<void> => {
    const lines = pending.splice(0);
    if (lines.length > 0) await recorder.append(lines);
  };
  return {
    record: (exchange) => {
      pending.push(JSON.stringify(exchange));
      writing = writing
        .then(write)
        .catch((error: unknown) => log?.(`The transcript of ${id} could not be written: ${String(error)}`));
    },
    written: async () => {
      await writing;
      await recorder.close();
    },
  };
}
