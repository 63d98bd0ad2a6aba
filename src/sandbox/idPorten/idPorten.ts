import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "koa";
import type { Provider } from "oidc-provider";
import type { SandboxClient } from "../clients.ts";
import type { Faults } from "../faults.ts";
import type { Service } from "../http.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store.ts";
import { openGrants } from "./adapter.ts";
import type { IdPortenContext } from "./context.ts";
import { authorize, handlers } from "./endpoints.ts";
import { handleLogin, loginPath } from "./interactions.ts";
import { generateSigningKey, openKeys, verifyJwt } from "./keys.ts";
import { createProvider, paths } from "./provider.ts";

/** How many keys stay published after rotations. */
const publishedKeys = 3;

export interface IdPortenOptions {
  readonly issuer: string;
  readonly store: Store;
  readonly faults: Faults;
  readonly log: Log;
  readonly clients: readonly SandboxClient[];
  /** Seconds since 1970. */
  readonly now: () => number;
}

export interface IdPorten extends Service {
  readonly clients: () => readonly SandboxClient[];
  /** Adds a client, or replaces the one of the same id. */
  readonly putClient: (client: SandboxClient) => void;
  readonly rotateKeys: () => Promise<void>;
  /**
   * The claims of an access token that this ID-porten signed and that has not expired: what an API checks. Null
   * otherwise. A revoked token passes, as it does at an API that asks nobody.
   */
  readonly verifyAccessToken: (token: string) => Record<string, unknown> | null;
}

/** ID-porten's clock as its answers show it, where it is to be off. */
function skewClock(context: IdPortenContext, ctx: Context): void {
  const skew = context.faults.peek("clockSkew")?.parameters.seconds;
  if (skew !== undefined) ctx.set("date", new Date((context.now() + skew) * 1000).toUTCString());
}

async function route(context: IdPortenContext, ctx: Context, next: () => Promise<void>): Promise<void> {
  const slow = context.faults.peek("slow");
  if (slow && (slow.parameters.endpoint === undefined || slow.parameters.endpoint === ctx.path)) {
    context.faults.take("slow");
    // A slow answer does not keep a sandbox alive that is asked to end.
    await delay(slow.parameters.milliseconds ?? 5000, undefined, { ref: false });
  }
  skewClock(context, ctx);
  const own = handlers[ctx.path];
  if (own !== undefined) await own(context, ctx, next);
  else if (ctx.path.startsWith(loginPath)) await handleLogin(context, ctx);
  else if (ctx.path === paths.authorization || ctx.path.startsWith(`${paths.authorization}/`)) {
    await authorize(context, ctx, next);
  } else await next();
}

/** Opens the sandbox's ID-porten over the store: keys, sessions and grants of an earlier run live on. */
export async function createIdPorten(options: IdPortenOptions): Promise<IdPorten> {
  const { issuer, store, faults, log, now } = options;
  const clients = new Map(options.clients.map((client) => [client.client_id, client]));
  const keys = await openKeys(store);
  const grants = await openGrants(store);
  let provider: Provider;
  let handle: ReturnType<Provider["callback"]>;

  const context: IdPortenContext = {
    issuer,
    keys,
    grants,
    faults,
    log,
    now,
    client: (clientId) => clients.get(clientId),
    clients: () => [...clients.values()],
    provider: () => provider,
    rotateKeys: async () => {
      keys.value.signing.unshift(await generateSigningKey());
      keys.value.signing.splice(publishedKeys);
      keys.changed();
      rebuild();
      log.info("the signing key was rotated");
    },
  };
  const rebuild = (): void => {
    provider = createProvider(context);
    provider.use((ctx, next) => route(context, ctx, next));
    provider.on("server_error", (_ctx, error) => log.error("ID-porten failed", error));
    provider.silent = true;
    handle = provider.callback();
  };
  rebuild();

  return {
    serves: () => true,
    handle: (request, response) => handle(request, response),
    clients: context.clients,
    putClient: (client) => {
      clients.set(client.client_id, client);
      rebuild();
    },
    rotateKeys: context.rotateKeys,
    verifyAccessToken: (accessToken) => {
      const claims = verifyJwt(keys.value.signing, accessToken);
      const expiry = claims?.["exp"];
      return claims?.["iss"] === issuer && typeof expiry === "number" && expiry > now() ? claims : null;
    },
  };
}
