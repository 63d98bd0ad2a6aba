import assert from "node:assert/strict";
import type { SignInProblem } from "../../../src/services/idPorten/problem.ts";
import type { RefreshOutcome } from "../../../src/services/idPorten/refresh.ts";
import { createMemorySecretStore } from "../../../src/services/idPorten/secretStore.ts";
import type { SecretStore } from "../../../src/services/idPorten/secretStore.ts";
import type { Session } from "../../../src/services/idPorten/session.ts";
import { createSessionKeeper } from "../../../src/services/idPorten/sessionKeeper.ts";
import type { SessionKeeper } from "../../../src/services/idPorten/sessionKeeper.ts";
import { createSessionStore } from "../../../src/services/idPorten/sessionStore.ts";
import type { SessionStore } from "../../../src/services/idPorten/sessionStore.ts";
import { aSession, start } from "./aSession.ts";
import { problemOf } from "./support.ts";

const unreachable: SignInProblem = { code: "unreachable", host: "x", kind: "refused", systemCode: "ECONNREFUSED" };

describe("the session keeper", () => {
  const clock = { now: start };
  let secrets: SecretStore;
  let store: SessionStore;
  /** Refresh tokens that were sent, in order. */
  let sent: string[];
  /** What ID-porten does with the next one. */
  let answer: (session: Session) => Promise<RefreshOutcome> | RefreshOutcome;

  beforeEach(() => {
    clock.now = start;
    secrets = createMemorySecretStore();
    store = createSessionStore({ secrets });
    sent = [];
    answer = renewed;
  });

  function renewed(session: Session): RefreshOutcome {
    const number = sent.length + 1;
    return {
      kind: "renewed",
      session: {
        ...session,
        expiresAt: new Date(clock.now + 120_000).toISOString(),
        tokens: { access: `access-${number}`, refresh: `refresh-${number}` },
        refreshSentAt: null,
      },
    };
  }

  function window(ofStore: SessionStore = store): SessionKeeper {
    return createSessionKeeper({
      store: ofStore,
      now: () => clock.now,
      patienceMilliseconds: 200,
      refresh: async (session, beforeSending) => {
        try {
          await beforeSending();
        } catch (error) {
          return { kind: "notUsed", problem: (error as { problem: SignInProblem }).problem };
        }
        sent.push(session.tokens.refresh ?? "none");
        return answer(session);
      },
    });
  }

  it("hands out a session that lasts as it is", async () => {
    await store.put(aSession());
    assert.equal((await window().fresh("session")).tokens.access, "access-1");
    assert.deepEqual(sent, []);
  });

  it("renews one that is about to run out, and stores it before handing it out", async () => {
    await store.put(aSession());
    clock.now += 95_000;
    const session = await window().fresh("session");
    assert.equal(session.tokens.access, "access-2");
    assert.deepEqual(await store.get("session"), session);
    assert.deepEqual(sent, ["refresh-1"]);
  });

  it("sends each refresh token once for many callers at once, and again only the next time", async () => {
    await store.put(aSession());
    const keeper = window();
    for (let round = 0; round < 3; round++) {
      clock.now += 100_000;
      const tokens = await Promise.all(Array.from({ length: 10 }, () => keeper.fresh("session")));
      assert.equal(new Set(tokens.map((session) => session.tokens.access)).size, 1);
    }
    assert.deepEqual(sent, ["refresh-1", "refresh-2", "refresh-3"]);
  });

  it("sends each refresh token once for two windows", async () => {
    await store.put(aSession());
    const otherStore = createSessionStore({ secrets });
    clock.now += 100_000;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    answer = async (session) => {
      await held;
      return renewed(session);
    };
    const first = window().fresh("session");
    while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = window(otherStore).fresh("session");
    release();
    assert.equal((await first).tokens.access, "access-2");
    assert.equal((await second).tokens.access, "access-2");
    assert.deepEqual(sent, ["refresh-1"]);
  });

  it("uses what another window has stored meanwhile", async () => {
    await store.put(aSession());
    clock.now += 100_000;
    const other = createSessionStore({ secrets });
    await other.update("session", (session) => ({
      ...session,
      expiresAt: new Date(clock.now + 120_000).toISOString(),
      tokens: { access: "access-other", refresh: "refresh-other" },
    }));
    assert.equal((await window().fresh("session")).tokens.access, "access-other");
    assert.deepEqual(sent, []);
  });

  it("ends the session on invalid_grant", async () => {
    await store.put(aSession());
    clock.now += 100_000;
    answer = () => ({ kind: "ended", problem: { code: "sessionEnded", environment: "sandbox", server: null } });
    await problemOf(window().fresh("session"), "sessionEnded");
    assert.equal(await store.get("session"), undefined);
  });

  it("keeps session and refresh token when ID-porten can't be reached, and tries again later", async () => {
    await store.put(aSession());
    clock.now += 100_000;
    answer = () => ({ kind: "notUsed", problem: unreachable });
    assert.equal((await window().fresh("session")).tokens.access, "access-1", "it still lasts 20 s");
    clock.now += 30_000;
    await problemOf(window().fresh("session"), "unreachable");
    answer = renewed;
    assert.equal((await window().fresh("session")).tokens.access, "access-4");
    assert.deepEqual(sent, ["refresh-1", "refresh-1", "refresh-1"]);
  });

  it("never sends a refresh token again after an answer was lost, but keeps the session while it lasts", async () => {
    await store.put(aSession());
    clock.now += 100_000;
    answer = () => ({ kind: "uncertain", problem: { ...unreachable, kind: "reset" } });
    assert.equal((await window().fresh("session")).tokens.access, "access-1");
    assert.equal((await store.get("session"))?.tokens.refresh, null);
    clock.now += 30_000;
    await problemOf(window().fresh("session"), "sessionExpired");
    assert.ok((await store.get("session")) !== undefined, "the session is kept");
    assert.deepEqual(sent, ["refresh-1"]);
  });

  it("does not send again what a window sent before it was killed", async () => {
    await store.put(aSession({ refreshSentAt: new Date(start + 100_000).toISOString() }));
    clock.now = start + 125_000;
    await problemOf(window().fresh("session"), "refreshUncertain");
    assert.deepEqual(sent, []);
  });

  it("does not bring back a session that was signed out while it was renewed", async () => {
    await store.put(aSession());
    clock.now += 100_000;
    answer = async (session) => {
      await store.remove("session");
      return renewed(session);
    };
    await problemOf(window().fresh("session"), "sessionEnded");
    assert.deepEqual(await store.list(), []);
  });

  it("says that a session without refresh token has expired", async () => {
    await store.put(aSession({ tokens: { access: "a", refresh: null } }));
    assert.equal((await window().fresh("session")).tokens.access, "a");
    clock.now += 119_000;
    await problemOf(window().fresh("session"), "sessionExpired");
    await problemOf(window().fresh("unknown"), "sessionEnded");
  });
});
