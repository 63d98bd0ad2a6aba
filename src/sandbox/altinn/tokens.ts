import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { generateSigningKey, signJwt, verifyJwt, type SigningKey } from "../idPorten/keys.ts";
import type { Section, Store } from "../store.ts";
import { partyUuid, userById, type AltinnUser } from "./parties.ts";

const keySchema = v.object({
  key: v.custom<SigningKey>((value) => typeof value === "object" && value !== null && "kid" in value && "d" in value),
});

/** Who calls: a person that Altinn knows, with what the token says besides. */
export interface Caller {
  readonly user: AltinnUser;
  /** 0 to 4. */
  readonly level: number;
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expires: number;
}

const levels: Readonly<Record<string, number>> = {
  "idporten-loa-low": 0,
  "idporten-loa-substantial": 3,
  "idporten-loa-high": 4,
};

const claimsSchema = v.object({
  "urn:altinn:userid": v.number(),
  "urn:altinn:authlevel": v.number(),
  scope: v.string(),
  iss: v.string(),
  exp: v.number(),
});

/** Altinn's own tokens, signed with a key that ID-porten does not have. */
export class AltinnTokens {
  readonly #key: Section<{ key: SigningKey }>;
  readonly #issuer: string;
  readonly #now: () => number;

  private constructor(key: Section<{ key: SigningKey }>, issuer: string, now: () => number) {
    this.#key = key;
    this.#issuer = issuer;
    this.#now = now;
  }

  /** @param now milliseconds since 1970 */
  static async open(store: Store, platformUrl: string, now: () => number): Promise<AltinnTokens> {
    const key = await store.section("altinn-key", keySchema, async () => ({ key: await generateSigningKey() }));
    return new AltinnTokens(key, `${platformUrl}/authentication/api/v1/openid/`, now);
  }

  /** @param expires seconds since 1970; after an exchange, when the ID-porten token expires */
  issue(user: AltinnUser, level: number, scopes: readonly string[], expires: number): string {
    const issuedAt = Math.floor(this.#now() / 1000);
    return signJwt(this.#key.value.key, {
      nameid: String(user.userId),
      "urn:altinn:userid": user.userId,
      "urn:altinn:username": user.userName,
      "urn:altinn:partyid": user.partyId,
      "urn:altinn:party:uuid": partyUuid(user.partyId),
      "urn:altinn:authenticatemethod": "IdportenTestId",
      "urn:altinn:authlevel": level,
      scope: scopes.join(" "),
      iss: this.#issuer,
      iat: issuedAt,
      nbf: issuedAt,
      exp: expires,
      jti: randomUUID(),
    });
  }

  /** Who an `Authorization` header speaks for; null for anything but a living token of Altinn's. */
  read(authorization: string | null): Caller | null {
    const token = bearer(authorization);
    const claims = token === null ? null : v.safeParse(claimsSchema, verifyJwt([this.#key.value.key], token));
    if (claims?.success !== true) return null;
    const { iss, exp, scope, "urn:altinn:userid": userId, "urn:altinn:authlevel": level } = claims.output;
    const user = userById(userId);
    if (user === null || iss !== this.#issuer || exp <= this.#now() / 1000) return null;
    return { user, level, scopes: scope.split(" "), expires: exp };
  }
}

/** The token of an `Authorization: Bearer` header. */
export function bearer(authorization: string | null): string | null {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? "")?.[1] ?? null;
}

/** ID-porten's level as Altinn counts; null for one that it does not know. */
export function authenticationLevel(acr: unknown): number | null {
  return typeof acr === "string" ? (levels[acr] ?? null) : null;
}
