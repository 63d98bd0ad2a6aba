import { createRequire } from "node:module";
import { join } from "node:path";
import type * as vscode from "vscode";
import type { Environment } from "../../services/environments.ts";
import type { CachedDiscovery, DiscoveryCache, IdPortenContext } from "../../services/idPorten/context.ts";
import type { SecretStore } from "../../services/idPorten/secretStore.ts";
import type * as SignInBundle from "../../services/idPorten/signInBundle.ts";
import { createRecordingFetch, type Exchange, type Fetch } from "../../services/recordingFetch.ts";

const discoveryKey = "mvaMelding.discovery";
const secretKey = "mvaMelding.clientSecret";
/** Exchanges with ID-porten that are kept for a diagnosis. */
const keptExchanges = 20;

/** What conversations with ID-porten are made of: the code that talks to it, loaded on first use, and their context. */
export class IdPorten {
  readonly #bundleFile: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #discoveryCache: DiscoveryCache;
  readonly #secrets: SecretStore;
  readonly #exchanges: Exchange[] = [];
  readonly #fetch: Fetch;
  #bundle: typeof SignInBundle | undefined;

  constructor(extensionFolder: string, memory: vscode.Memento, secrets: SecretStore, log: vscode.LogOutputChannel) {
    this.#bundleFile = join(extensionFolder, "dist", "signIn.cjs");
    this.#log = log;
    this.#secrets = secrets;
    this.#discoveryCache = createDiscoveryCache(memory);
    this.#fetch = createRecordingFetch({
      // Looked up at each call: VS Code puts the user's proxy and certificates into the global one.
      fetch: (input, init) => globalThis.fetch(input, init),
      now: () => Date.now(),
      record: (exchange) => {
        this.#exchanges.push(exchange);
        this.#exchanges.splice(0, this.#exchanges.length - keptExchanges);
        log.debug(describeExchange(exchange));
      },
    });
  }

  /** The last exchanges, redacted. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** openid-client and everything that needs it. */
  get bundle(): typeof SignInBundle {
    this.#bundle ??= createRequire(this.#bundleFile)(this.#bundleFile) as typeof SignInBundle;
    return this.#bundle;
  }

  context(environment: Environment, signal?: AbortSignal): IdPortenContext {
    return {
      environment,
      fetch: this.#fetch,
      now: () => Date.now(),
      discoveryCache: this.#discoveryCache,
      clientSecret: () => this.clientSecret(environment),
      log: (message) => this.#log.info(message),
      ...(signal === undefined ? {} : { signal }),
    };
  }

  async clientSecret(environment: Environment): Promise<string | undefined> {
    return this.#secrets.get(secretKeyOf(environment));
  }

  /** Keeps the secret of an environment's client, or forgets it where the secret is empty. */
  async setClientSecret(environment: Environment, secret: string): Promise<void> {
    const key = secretKeyOf(environment);
    if (secret === "") await this.#secrets.delete(key);
    else await this.#secrets.store(key, secret);
  }
}

/** With issuer and client in the key, a secret can never go to another issuer than the one it was entered for. */
function secretKeyOf({ name, issuer, clientId }: Environment): string {
  return `${secretKey} ${JSON.stringify([name, issuer, clientId])}`;
}

function describeExchange({ request, response, failure, durationMilliseconds }: Exchange): string {
  const { origin, pathname } = new URL(request.url);
  const outcome = response === null ? (failure?.code ?? failure?.kind ?? "no answer") : String(response.status);
  return `${request.method} ${origin}${pathname}: ${outcome} (${durationMilliseconds} ms)`;
}

/** Keeps discovery documents between windows; what they say is checked anew by whoever reads them. */
function createDiscoveryCache(memory: vscode.Memento): DiscoveryCache {
  const kept = (): Record<string, unknown> => {
    const value = memory.get<unknown>(discoveryKey);
    return typeof value === "object" && value !== null ? { ...value } : {};
  };
  return {
    read: (issuer) => {
      const value = kept()[issuer];
      return isDiscovery(value) ? value : undefined;
    },
    write: (issuer, discovery) => {
      const others = Object.entries(kept()).filter(([other]) => other !== issuer);
      const all = discovery === undefined ? others : [...others, [issuer, discovery] as const];
      // A cache that can't be written is only slower.
      memory.update(discoveryKey, Object.fromEntries(all)).then(undefined, () => undefined);
    },
  };
}

function isDiscovery(value: unknown): value is CachedDiscovery {
  if (typeof value !== "object" || value === null || !("fetchedAt" in value) || !("metadata" in value)) return false;
  const { fetchedAt, metadata } = value;
  if (typeof fetchedAt !== "number" || typeof metadata !== "object" || metadata === null) return false;
  return "issuer" in metadata && typeof metadata.issuer === "string" && URL.canParse(metadata.issuer);
}
