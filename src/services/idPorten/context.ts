import type { Environment } from "../environments.ts";
import type { Fetch } from "../recordingFetch.ts";

/** ID-porten's description of itself, as fetched. */
export interface CachedDiscovery {
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Where discovery documents are kept between sign-ins. Nothing in them is secret. */
export interface DiscoveryCache {
  read(issuer: string): CachedDiscovery | undefined;
  write(issuer: string, discovery: CachedDiscovery | undefined): void;
}

export function createMemoryDiscoveryCache(): DiscoveryCache {
  const kept = new Map<string, CachedDiscovery>();
  return {
    read: (issuer) => kept.get(issuer),
    write: (issuer, discovery) => {
      if (discovery === undefined) kept.delete(issuer);
      else kept.set(issuer, discovery);
    },
  };
}

/** What every conversation with ID-porten needs. */
export interface IdPortenContext {
  readonly environment: Environment;
  /** The recording fetch in the product. */
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly discoveryCache: DiscoveryCache;
  /** Asked each time it is needed, for a client that authenticates; the secret is not kept. */
  readonly clientSecret?: (() => Promise<string | undefined>) | undefined;
  /** Told, in English, what happens; never a token, code or personal number. */
  readonly log?: ((message: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Per request. Default 30 s. */
  readonly requestTimeoutSeconds?: number | undefined;
}
