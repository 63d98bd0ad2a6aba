import assert from "node:assert/strict";
import { ServiceError } from "../../../src/services/serviceError.ts";
import { createAltinnTokens, type AltinnTokens } from "../../../src/submission/altinnTokens.ts";

/** ID-porten and the exchange, both played; what was asked of them is in `asked`. The clock stands at 0. */
interface Stage {
  readonly clock: { now: number };
  readonly asked: string[];
  readonly tokens: AltinnTokens;
}

interface Play {
  /** Milliseconds that each sign-in lasts, in their order; the last one counts for all after it. */
  readonly lifetimes: readonly number[];
  /** How many exchanges are refused first. */
  readonly refusals?: number;
  /** Altinn's token for one of ID-porten's. */
  readonly altinnToken?: (idPortenToken: string) => string;
}

function stage({ lifetimes, refusals = 0, altinnToken = (token) => `altinn of ${token}` }: Play): Stage {
  const clock = { now: 0 };
  const asked: string[] = [];
  let signIns = 0;
  let kept: { readonly value: string; readonly expiresAt: number } | null = null;
  let refused = 0;
  const tokens = createAltinnTokens(
    (fresh) => {
      asked.push(fresh ? "sign-in" : "session");
      if (kept === null || fresh) {
        const lifetime = lifetimes[Math.min(signIns, lifetimes.length - 1)] ?? 0;
        kept = { value: `token ${++signIns}`, expiresAt: clock.now + lifetime };
      }
      return Promise.resolve(kept);
    },
    (idPortenToken) => {
      asked.push(`exchange ${idPortenToken}`);
      return refused++ < refusals ? Promise.reject(unauthorised()) : Promise.resolve(altinnToken(idPortenToken));
    },
    () => clock.now,
  );
  return { clock, asked, tokens };
}

function unauthorised(): ServiceError {
  return new ServiceError({
    service: "altinn",
    call: "exchange",
    kind: "unauthorised",
    status: 401,
    effect: "none",
    text: { en: "401", nb: "401" },
  });
}

/** A token that says itself when it runs out, in milliseconds since 1970. */
function tokenUntil(expiresAt: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ exp: expiresAt / 1000 })}.signature`;
}

describe("Altinn's token", () => {
  it("is exchanged once for as long as it lasts for another call", async () => {
    const { clock, asked, tokens } = stage({ lifetimes: [120_000] });
    assert.equal(await tokens.current(), "altinn of token 1");
    clock.now = 109_999;
    assert.equal(await tokens.current(), "altinn of token 1");
    assert.deepEqual(asked, ["session", "exchange token 1"]);
  });

  it("is another one, of another sign-in, when the first has ten seconds left", async () => {
    const { clock, asked, tokens } = stage({ lifetimes: [120_000] });
    await tokens.current();
    clock.now = 110_000;
    assert.equal(await tokens.current(), "altinn of token 2");
    clock.now = 219_999;
    assert.equal(await tokens.current(), "altinn of token 2");
    assert.deepEqual(asked, ["session", "exchange token 1", "session", "sign-in", "exchange token 2"]);
  });

  it("is never exchanged for one of ID-porten's that is about to end", async () => {
    const { asked, tokens } = stage({ lifetimes: [10_000, 120_000] });
    assert.equal(await tokens.current(), "altinn of token 2");
    assert.deepEqual(asked, ["session", "sign-in", "exchange token 2"]);
  });

  it("ends when it says so itself, not when that of ID-porten does", async () => {
    const { clock, asked, tokens } = stage({ lifetimes: [3_600_000], altinnToken: () => tokenUntil(120_000) });
    await tokens.current();
    clock.now = 109_000;
    await tokens.current();
    assert.equal(asked.length, 2);
    clock.now = 110_000;
    await tokens.current();
    assert.deepEqual(asked.slice(2), ["session", "exchange token 1"]);
  });

  it("is asked for with another sign-in where the exchange refuses the first, and not with a third", async () => {
    const once = stage({ lifetimes: [120_000], refusals: 1 });
    assert.equal(await once.tokens.current(), "altinn of token 2");
    assert.deepEqual(once.asked, ["session", "exchange token 1", "sign-in", "exchange token 2"]);
    const twice = stage({ lifetimes: [120_000], refusals: 2 });
    await assert.rejects(twice.tokens.current(), { kind: "unauthorised" });
    assert.equal(twice.asked.length, 4);
  });

  it("is renewed by a sign-in when Altinn has refused it, however long it would last", async () => {
    const { asked, tokens } = stage({ lifetimes: [3_600_000] });
    await tokens.current();
    await tokens.renew();
    assert.equal(await tokens.current(), "altinn of token 2");
    assert.deepEqual(asked.slice(2), ["sign-in", "exchange token 2"]);
  });

  it("is fetched once for calls that are made at the same time", async () => {
    const { asked, tokens } = stage({ lifetimes: [120_000] });
    const values = await Promise.all([tokens.current(), tokens.current(), tokens.current()]);
    assert.deepEqual(new Set(values), new Set(["altinn of token 1"]));
    assert.deepEqual(asked, ["session", "exchange token 1"]);
  });

  it("is asked for anew after a failure", async () => {
    const { tokens } = stage({ lifetimes: [120_000], refusals: 2 });
    await assert.rejects(tokens.current());
    assert.equal(await tokens.current(), "altinn of token 2");
  });
});
