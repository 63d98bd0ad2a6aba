import { createPrivateKey, generateKeyPair, randomBytes, sign, verify, type JsonWebKey } from "node:crypto";
import { promisify } from "node:util";
import * as v from "valibot";
import type { Section, Store } from "../store.ts";

const generate = promisify(generateKeyPair);

const privateKeySchema = v.object({
  kty: v.literal("RSA"),
  kid: v.string(),
  use: v.literal("sig"),
  alg: v.literal("RS256"),
  n: v.string(),
  e: v.string(),
  d: v.string(),
  p: v.string(),
  q: v.string(),
  dp: v.string(),
  dq: v.string(),
  qi: v.string(),
});

/** An RSA key of ID-porten with its private half, as a JSON Web Key. */
export type SigningKey = v.InferOutput<typeof privateKeySchema>;

const keysSchema = v.object({
  /** Newest first: the first one signs, all are published. */
  signing: v.pipe(v.array(privateKeySchema), v.minLength(1)),
  cookies: v.pipe(v.array(v.string()), v.minLength(1)),
  /** Makes the pairwise subject identifiers. */
  subjectSalt: v.string(),
});

export type KeyState = v.InferOutput<typeof keysSchema>;

export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generate("rsa", { modulusLength: 2048 });
  const jwk: JsonWebKey = privateKey.export({ format: "jwk" });
  return v.parse(privateKeySchema, {
    ...jwk,
    kid: `sandbox-${randomBytes(6).toString("hex")}`,
    use: "sig",
    alg: "RS256",
  });
}

/** Opens the keys; they are made only where there are none yet, because that takes its time. */
export function openKeys(store: Store): Promise<Section<KeyState>> {
  return store.section("idporten-keys", keysSchema, async () => ({
    signing: [await generateSigningKey()],
    cookies: [randomBytes(32).toString("base64url")],
    subjectSalt: randomBytes(16).toString("base64url"),
  }));
}

type Claims = Readonly<Record<string, unknown>>;

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** A compact RS256 JSON Web Token. `keyId` says another key id than the key's own, for tokens that are to be refused. */
export function signJwt(key: SigningKey, claims: Claims, keyId: string = key.kid): string {
  const input = `${encode({ kid: keyId, alg: "RS256" })}.${encode(claims)}`;
  const privateKey = createPrivateKey({ key, format: "jwk" });
  return `${input}.${sign("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
}

/** A token with `alg` none and an empty signature: what no client may ever accept. */
export function unsignedJwt(claims: Claims): string {
  return `${encode({ alg: "none" })}.${encode(claims)}.`;
}

const claimsSchema = v.record(v.string(), v.unknown());

/** The claims of a compact JWT, unchecked; null where it is none. */
export function readClaims(jwt: string): Record<string, unknown> | null {
  const [, payload, ...rest] = jwt.split(".");
  if (payload === undefined || rest.length !== 1) return null;
  try {
    const parsed = v.safeParse(claimsSchema, JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** The claims of `jwt` if one of `keys` signed it with RS256; null otherwise. Its times are not looked at. */
export function verifyJwt(keys: readonly SigningKey[], jwt: string): Record<string, unknown> | null {
  const dot = jwt.lastIndexOf(".");
  const signature = Buffer.from(jwt.slice(dot + 1), "base64url");
  const input = Buffer.from(jwt.slice(0, Math.max(dot, 0)));
  const signed = keys.some(({ kty, n, e }) =>
    verify("sha256", input, { key: { kty, n, e }, format: "jwk" }, signature),
  );
  return signed ? readClaims(jwt) : null;
}
