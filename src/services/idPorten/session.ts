import { scrypt } from "node:crypto";
import * as v from "valibot";
import type { Environment } from "../environments.ts";

const text = v.pipe(v.string(), v.minLength(1));
const instant = v.pipe(v.string(), v.isoTimestamp());

/** How a stored session must look; whatever does not is dropped. */
export const sessionSchema = v.object({
  id: text,
  environment: text,
  issuer: text,
  clientId: text,
  account: v.object({ id: text, label: text }),
  scopes: v.array(text),
  acr: v.nullable(text),
  signedInAt: instant,
  expiresAt: instant,
  tokens: v.object({ access: text, refresh: v.nullable(text) }),
  refreshSentAt: v.nullable(instant),
});

/** Who signed in, without saying who that is: both values are safe to show and to keep in plain state. */
export interface Account {
  /** The same for the same person, issuer and client. Not reversible to the subject. */
  readonly id: string;
  /** Stable, unique, and never a national identity number. */
  readonly label: string;
}

/** One signed-in person in one environment. Holds tokens: for SecretStorage and memory only. */
export interface Session {
  readonly id: string;
  /** Name of the environment. */
  readonly environment: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly account: Account;
  /** Granted scopes, in the order asked for. */
  readonly scopes: readonly string[];
  /** The security level of the sign-in. */
  readonly acr: string | null;
  /** ISO 8601. */
  readonly signedInAt: string;
  /** When the access token runs out. ISO 8601. */
  readonly expiresAt: string;
  readonly tokens: { readonly access: string; readonly refresh: string | null };
  /** Set while a renewal is on its way: a refresh token that may have been spent is not sent again. */
  readonly refreshSentAt: string | null;
}

/** A session without its tokens, for showing. */
export type SessionSummary = Omit<Session, "tokens" | "refreshSentAt"> & { readonly renewable: boolean };

export function summarise(session: Session): SessionSummary {
  const { tokens, refreshSentAt, ...rest } = session;
  return { ...rest, renewable: tokens.refresh !== null && refreshSentAt === null };
}

/**
 * Whether a session belongs to an environment as it is now. After a change of issuer or client in the settings it does
 * not, and its tokens must go nowhere: they are another system's.
 */
export function belongsTo(
  session: Pick<Session, "environment" | "issuer" | "clientId">,
  environment: Pick<Environment, "name" | "issuer" | "clientId">,
): boolean {
  return (
    session.environment === environment.name &&
    session.issuer === environment.issuer &&
    session.clientId === environment.clientId
  );
}

/** Milliseconds until the access token runs out; negative afterwards. */
export function timeLeft(session: Pick<Session, "expiresAt">, now: number): number {
  return Date.parse(session.expiresAt) - now;
}

/** A subject may be a national identity number, and a fast hash of eleven digits can be turned back by trying them all. */
const hashing = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/**
 * The account of a subject. The label is the person's name if ID-porten gives one, told apart by a short mark made
 * from the id; without a name it is the mark alone.
 */
export async function accountOf(
  issuer: string,
  clientId: string,
  subject: string,
  name: string | null,
): Promise<Account> {
  const digest = await new Promise<Buffer>((resolve, reject) => {
    scrypt(subject, `${issuer}\n${clientId}`, 16, hashing, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
  const mark = crockford(digest.subarray(0, 5)).slice(0, 6);
  const shown = name?.trim() ?? "";
  const usable = shown !== "" && shown.length <= 80 && !/[0-9]{5}/.test(shown);
  return { id: digest.toString("hex"), label: usable ? `${shown} · ${mark}` : `Person ${mark}` };
}

/** Base 32 without the letters that look like digits. */
function crockford(bytes: Uint8Array): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let index = 0; index < 8; index++) {
    text = (alphabet[Number(bits & 31n)] ?? "") + text;
    bits >>= 5n;
  }
  return text;
}
