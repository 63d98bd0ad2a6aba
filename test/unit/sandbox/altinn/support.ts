import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createAltinnClient, type AltinnClient } from "../../../../src/services/altinn/client.ts";
import type { Instance } from "../../../../src/services/altinn/wire.ts";
import { createHttpCaller, sleep, type HttpCaller } from "../../../../src/services/http.ts";
import { buildEnvelope } from "../../../../src/submission/envelope.ts";
import { organisations } from "../../../../src/sandbox/persons.ts";
import { parseXml } from "../../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../../src/vatReturn/vatReturn.ts";
import { manager, signIn, start, type RunningSandbox, type StartOptions } from "../support.ts";

export const sampleOrganisation = organisations.sample.organisationNumber;
export const accountantWithoutSigning = "21869040263";
export const nobody = "14877928986";
export { manager };

export interface AltinnSandbox extends RunningSandbox {
  /** What the sandbox's clock shows, in milliseconds; moved by hand. */
  readonly clock: { now: number };
}

/** A sandbox whose clock stands still unless a test moves it. */
export async function startAltinn(options: Omit<StartOptions, "now"> = {}): Promise<AltinnSandbox> {
  const clock = { now: Date.now() };
  return { ...(await start({ ...options, now: () => clock.now })), clock };
}

/** Signs a person in; the access token of ID-porten. */
export async function idPortenToken(sandbox: RunningSandbox, person = manager, scope?: string): Promise<string> {
  const login = { login_hint: `testid:${person}_idporten-loa-high`, ...(scope === undefined ? {} : { scope }) };
  const { body } = await signIn(sandbox.issuer, login);
  assert.ok(typeof body["access_token"] === "string", JSON.stringify(body));
  return body["access_token"];
}

export async function altinnToken(sandbox: RunningSandbox, person = manager, scope?: string): Promise<string> {
  const token = await idPortenToken(sandbox, person, scope);
  const { altinnPlatformUrl } = sandbox.description;
  const response = await fetch(`${altinnPlatformUrl}/authentication/api/v1/exchange/id-porten`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(response.status, 200);
  return response.text();
}

export function caller(timeout = 10_000): HttpCaller {
  return createHttpCaller({
    fetch,
    sleep,
    random: () => 0,
    timeouts: { standard: timeout, storing: timeout },
    attempts: 1,
  });
}

/** The product's own client, signed in. */
export async function clientFor(sandbox: RunningSandbox, person = manager, timeout?: number): Promise<AltinnClient> {
  const { altinnPlatformUrl: platformUrl, altinnAppUrl: appUrl } = sandbox.description;
  const token = await altinnToken(sandbox, person);
  return createAltinnClient({ platformUrl, appUrl }, caller(timeout), () => Promise.resolve(token));
}

/** A return of the samples, with the changes made to its text. */
export async function sampleReturn(
  change: (xml: string) => string = (xml) => xml,
  name = "clean-general",
): Promise<Buffer> {
  const xml = await readFile(new URL(`../../../../samples/${name}.xml`, import.meta.url), "utf8");
  const changed = change(xml);
  return Buffer.from(changed);
}

export interface EnvelopeChanges {
  readonly organisationNumber?: string;
  readonly attachmentNames?: readonly string[];
}

/** The envelope that goes with a return. */
export function envelopeFor(vatReturn: Buffer, changes: EnvelopeChanges = {}): string {
  const { root } = parseXml(vatReturn.toString("utf8"));
  assert.ok(root !== null);
  const read = readVatReturn(root);
  assert.ok(read.period !== null);
  return buildEnvelope({
    organisationNumber: changes.organisationNumber ?? read.organisasjonsnummer?.value ?? "",
    period: read.period,
    category: read.meldingskategori?.value ?? "",
    createdBy: "Test",
    createdAt: "2026-11-22T09:00:00Z",
    returnFileName: "mva-melding.xml",
    attachmentNames: changes.attachmentNames ?? [],
  });
}

export const returnUpload = (bytes: Buffer, fileName = "mva-melding.xml") =>
  ({ dataType: "mvamelding", contentType: "text/xml", fileName, bytes }) as const;
export const pdfUpload = (fileName: string) =>
  ({
    dataType: "binaerVedlegg",
    contentType: "application/pdf",
    fileName,
    bytes: Buffer.from(`%PDF-1.4 ${fileName}`),
  }) as const;

/** An instance with everything in it, ready for its first `process/next`. */
export async function filledIn(
  client: AltinnClient,
  attachments: readonly string[] = [],
  vatReturn?: Buffer,
): Promise<Instance> {
  const instance = await client.createInstance(sampleOrganisation);
  const [envelope] = instance.data;
  assert.ok(envelope !== undefined);
  const bytes = vatReturn ?? (await sampleReturn());
  await client.putEnvelope(instance.id, envelope.id, envelopeFor(bytes, { attachmentNames: attachments }));
  await client.addData(instance.id, returnUpload(bytes));
  for (const name of attachments) await client.addData(instance.id, pdfUpload(name));
  return instance;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** A call as written, without a client of ours in between. */
export async function raw(url: string, init: RequestInit & { token?: string | null } = {}): Promise<RawAnswer> {
  const { token, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (typeof token === "string") headers.set("authorization", `Bearer ${token}`);
  const response = await fetch(url, { ...rest, headers, redirect: "manual" });
  const text = await response.text();
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    json = null;
  }
  return { status: response.status, headers: response.headers, text, json };
}
