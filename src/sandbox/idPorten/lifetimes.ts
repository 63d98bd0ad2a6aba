import type { SandboxClient } from "../clients.ts";

/** No scope of the authority lets an access token live longer than eight hours, whatever the client registered. */
const longestOfScope: readonly { readonly prefix: string; readonly seconds: number }[] = [
  { prefix: "skatteetaten:mvamelding", seconds: 8 * 3600 },
];

/** Seconds that an id_token lives. */
export const idTokenLifetime = 120;

/** Single sign-on: seconds without activity, and seconds in all. */
export const sessionIdle = 30 * 60;
export const sessionMaximum = 120 * 60;

/** Seconds left of the whole authorization, which began at `since`. */
export function authorizationLeft(client: SandboxClient, since: number, now: number): number {
  return Math.max(1, client.authorization_lifetime - (now - since));
}

/** Seconds that an access token lives: what the client registered, cut by its scopes and by the authorization. */
export function accessTokenLifetime(
  client: SandboxClient,
  scopes: ReadonlySet<string>,
  since: number,
  now: number,
): number {
  const caps = longestOfScope
    .filter(({ prefix }) => [...scopes].some((scope) => scope.startsWith(prefix)))
    .map(({ seconds }) => seconds);
  return Math.max(1, Math.min(client.access_token_lifetime, authorizationLeft(client, since, now), ...caps));
}

/**
 * Seconds until a refresh token that is not used expires. A registered lifetime of 0 sets no limit of its own: the
 * authorization's remains.
 */
export function refreshTokenLifetime(client: SandboxClient, since: number, now: number): number {
  const left = authorizationLeft(client, since, now);
  return client.refresh_token_lifetime === 0 ? left : Math.min(client.refresh_token_lifetime, left);
}
