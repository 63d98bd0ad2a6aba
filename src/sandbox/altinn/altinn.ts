import { createJudge, type Judge } from "../validation/judge.ts";
import { faultWords } from "../validation/faultWords.ts";
import type { TaxpayerFacts } from "../../validation/taxpayerFacts.ts";
import { bareProblem, send } from "../answer.ts";
import { CallFaults } from "../callFaults.ts";
import { CallLog } from "../callLog.ts";
import type { Service } from "../http.ts";
import type { Log } from "../log.ts";
import { SandboxRequest } from "../request.ts";
import { serveCall } from "../serveCall.ts";
import type { Store } from "../store.ts";
import { App, apps, type RoutedCall } from "./app.ts";
import { Archive } from "./archive.ts";
import { Clock } from "./clock.ts";
import { appPath, type AltinnContext } from "./context.ts";
import { routePlatform } from "./platform.ts";
import { registers } from "./registers.ts";
import { CurrentSettings, type Settings } from "./settings.ts";
import { AltinnTokens } from "./tokens.ts";

/** Below the sandbox's address; the platform's own paths answer at the root as well. */
export const platformPath = "/altinn-platform";
const platformRoots = ["/authentication/api/v1/", "/storage/api/v1/"];
export const defaultApp = apps[0];

export interface AltinnOptions {
  readonly origin: string;
  readonly store: Store;
  readonly log: Log;
  readonly facts: readonly TaxpayerFacts[];
  readonly settings: Settings;
  readonly verifyIdPortenToken: AltinnContext["verifyIdPortenToken"];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Opens what the sandbox's authority and Altinn share: instances and keys of an earlier run live on. */
export async function openAltinn(options: AltinnOptions): Promise<AltinnContext> {
  const { origin, store, log, now } = options;
  const platformUrl = `${origin}${platformPath}`;
  const archive = await Archive.open(store, log);
  const judge: Judge = createJudge(registers(options.facts, archive), now);
  return {
    origin,
    platformUrl,
    archive,
    tokens: await AltinnTokens.open(store, platformUrl, now),
    settings: new CurrentSettings(options.settings),
    faults: new CallFaults(),
    calls: new CallLog(),
    clock: new Clock(now),
    judge,
    log,
    verifyIdPortenToken: options.verifyIdPortenToken,
  };
}

/** Altinn's platform and the authority's apps. */
export function createAltinn(context: AltinnContext): Service {
  const surroundings = { faults: context.faults, calls: context.calls, log: context.log, words: faultWords };
  const byPath = apps.map((app) => ({ path: `${appPath(app)}/`, app: new App(context, app) }));
  const route = (request: SandboxRequest): RoutedCall | null => {
    const { path } = request;
    const found = byPath.find((candidate) => path.startsWith(candidate.path));
    if (found !== undefined) return found.app.route(request, path.slice(found.path.length - 1));
    const onPlatform = path.startsWith(`${platformPath}/`) ? path.slice(platformPath.length) : path;
    return routePlatform(context, request, onPlatform);
  };
  return {
    serves: (path) =>
      path.startsWith(appPath("")) ||
      path.startsWith(`${platformPath}/`) ||
      platformRoots.some((root) => path.startsWith(root)),
    handle: async (raw, response) => {
      const request = new SandboxRequest(raw);
      const call = route(request);
      if (call === null) {
        await request.drain();
        send(response, bareProblem(404, "Not Found"));
        return;
      }
      await serveCall(surroundings, request, response, call, call.act);
    },
  };
}
