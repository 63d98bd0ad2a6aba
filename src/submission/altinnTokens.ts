import { ServiceError } from "../services/serviceError.ts";

/** ID-porten's access token, and when it runs out in milliseconds since 1970. */
export interface IdPortenToken {
  readonly value: string;
  readonly expiresAt: number;
}

/**
 * Gives ID-porten's token of the active session. `fresh` asks for another one than last time, by renewal or a sign-in.
 * Rejects where there is none to be had, or the user declines.
 */
export type IdPortenTokenSource = (fresh: boolean, signal: AbortSignal | undefined) => Promise<IdPortenToken>;

/** Turns ID-porten's token into Altinn's. */
export type TokenExchange = (idPortenToken: string, signal: AbortSignal | undefined) => Promise<string>;

export interface AltinnTokens {
  /** A token that lasts for another call; exchanges anew, and signs in where need be. */
  current(signal?: AbortSignal): Promise<string>;
  /** Another token than before: Altinn has refused that one. */
  renew(signal?: AbortSignal): Promise<void>;
}

/** A token with less left than this is not used for another call. Milliseconds. */
const margin = 10_000;

/**
 * Keeps Altinn's token. It lives exactly as long as the one it was exchanged for, and that may be 120 seconds: less than
 * a submission with many files, so it is looked at before every call.
 * @param now milliseconds since 1970
 */
export function createAltinnTokens(
  source: IdPortenTokenSource,
  exchange: TokenExchange,
  now: () => number,
): AltinnTokens {
  let kept: IdPortenToken | null = null;
  let flight: Promise<string> | null = null;

  const lasts = (token: IdPortenToken): boolean => token.expiresAt - now() > margin;

  const exchanged = async (idPorten: IdPortenToken, signal: AbortSignal | undefined): Promise<string> => {
    const value = await exchange(idPorten.value, signal);
    kept = { value, expiresAt: expiryOf(value) ?? idPorten.expiresAt };
    return value;
  };

  const obtain = async (fresh: boolean, signal: AbortSignal | undefined): Promise<string> => {
    const first = await source(fresh, signal);
    const renewed = fresh || lasts(first) ? first : await source(true, signal);
    try {
      return await exchanged(renewed, signal);
    } catch (error) {
      const refused = error instanceof ServiceError && error.kind === "unauthorised";
      if (!refused || fresh || renewed !== first) throw error;
      return exchanged(await source(true, signal), signal);
    }
  };

  const once = (fresh: boolean, signal: AbortSignal | undefined): Promise<string> => {
    flight ??= obtain(fresh, signal).finally(() => {
      flight = null;
    });
    return flight;
  };

  return {
    current: async (signal) => (kept !== null && lasts(kept) ? kept.value : once(false, signal)),
    async renew(signal) {
      kept = null;
      await once(true, signal);
    },
  };
}

/** The `exp` claim in milliseconds since 1970; null where the token says nothing readable. */
function expiryOf(token: string): number | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const isObject = typeof claims === "object" && claims !== null && "exp" in claims;
    return isObject && typeof claims.exp === "number" ? claims.exp * 1000 : null;
  } catch {
    return null;
  }
}
