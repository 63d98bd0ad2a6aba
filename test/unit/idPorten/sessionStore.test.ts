import assert from "node:assert/strict";
import fc from "fast-check";
import { createMemorySecretStore } from "../../../src/services/idPorten/secretStore.ts";
import type { SecretStore } from "../../../src/services/idPorten/secretStore.ts";
import type { Session } from "../../../src/services/idPorten/session.ts";
import { createSessionStore } from "../../../src/services/idPorten/sessionStore.ts";
import type { SessionChange, SessionStore } from "../../../src/services/idPorten/sessionStore.ts";
import { aSession } from "./aSession.ts";

const key = "mvaMelding.sessions";

describe("the session store", () => {
  function follow(store: SessionStore): string[] {
    const seen: string[] = [];
    const ids = (sessions: readonly Session[]): string => sessions.map((session) => session.id).join("+");
    store.onDidChange((change: SessionChange) =>
      seen.push(`added ${ids(change.added)} removed ${ids(change.removed)} changed ${ids(change.changed)}`),
    );
    return seen;
  }

  /** Lets every queued read and write of these stores end. */
  const settled = async (...stores: readonly SessionStore[]): Promise<void> => {
    for (let round = 0; round < 3; round++) for (const store of stores) await store.list();
  };

  it("keeps sessions under one key as JSON and removes the key with the last one", async () => {
    const secrets = createMemorySecretStore();
    const store = createSessionStore({ secrets });
    await store.put(aSession({ id: "a" }));
    assert.deepEqual(await store.get("a"), aSession({ id: "a" }));
    assert.match((await secrets.get(key)) ?? "", /^\{"version":1/);
    assert.equal((await store.remove("a"))?.id, "a");
    assert.equal(await secrets.get(key), undefined);
    assert.equal(await store.remove("a"), undefined);
  });

  it("lets two windows agree: each hears of the other's changes once, and of its own once", async () => {
    const secrets = createMemorySecretStore();
    const [one, two] = [createSessionStore({ secrets }), createSessionStore({ secrets })];
    await settled(one, two);
    const [heardByOne, heardByTwo] = [follow(one), follow(two)];
    await one.put(aSession({ id: "a" }));
    await settled(one, two);
    await two.update("a", (session) => ({ ...session, expiresAt: "2026-01-01T01:00:00.000Z" }));
    await settled(one, two);
    await two.remove("a");
    await settled(one, two);
    const expected = ["added a removed  changed ", "added  removed  changed a", "added  removed a changed "];
    assert.deepEqual(heardByOne, expected);
    assert.deepEqual(heardByTwo, expected);
    assert.deepEqual(await one.list(), []);
  });

  it("says nothing for other keys, for the same value again, and after it was disposed of", async () => {
    const secrets = createMemorySecretStore();
    const store = createSessionStore({ secrets });
    await store.put(aSession({ id: "a" }));
    const heard = follow(store);
    await secrets.store("other", "x");
    await secrets.store(key, (await secrets.get(key)) ?? "");
    await settled(store);
    store.dispose();
    await secrets.delete(key);
    await settled(store);
    assert.deepEqual(heard, []);
  });

  it("takes what is stored at the start as known", async () => {
    const secrets = createMemorySecretStore();
    await createSessionStore({ secrets }).put(aSession({ id: "a" }));
    const store = createSessionStore({ secrets });
    const heard = follow(store);
    await store.put(aSession({ id: "b", account: { id: "other", label: "Other" } }));
    assert.deepEqual(heard, ["added b removed  changed "]);
  });

  it("replaces a session of the same person that it covers, keeps one that reaches further, and keeps the label", async () => {
    const store = createSessionStore({ secrets: createMemorySecretStore() });
    await store.put(aSession({ id: "a", scopes: ["openid", "v"] }));
    await store.put(aSession({ id: "b", scopes: ["openid", "v", "s"], account: { id: "person", label: "New label" } }));
    assert.deepEqual(
      (await store.list()).map(({ id, account }) => [id, account.label]),
      [["b", "Person ABC"]],
    );
    await store.put(aSession({ id: "c", scopes: ["openid", "v"] }));
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      ["b", "c"],
    );
    await store.put(aSession({ id: "d", scopes: ["openid", "v"], issuer: "https://other.example" }));
    await store.put(aSession({ id: "e", scopes: ["openid", "v"], environment: "other" }));
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      ["b", "c", "d", "e"],
    );
  });

  it("loses no change when many are made at once", async () => {
    const store = createSessionStore({ secrets: slow(createMemorySecretStore()) });
    const ids = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await Promise.all(ids.map((id) => store.put(aSession({ id, account: { id, label: id } }))));
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      ids,
    );
  });

  it("drops a broken value with a line in the log, and keeps what is whole", async () => {
    const secrets = createMemorySecretStore();
    const logged: string[] = [];
    const store = createSessionStore({ secrets, log: (message) => logged.push(message) });
    for (const broken of ["", "x", "[]", '{"version":2,"sessions":[]}', '{"version":1}']) {
      await secrets.store(key, broken);
      assert.deepEqual(await store.list(), [], broken);
      assert.equal(await secrets.get(key), undefined, broken);
    }
    assert.ok(logged.length >= 5);
    await secrets.store(key, JSON.stringify({ version: 1, sessions: [{ id: 1 }, aSession({ id: "a" })] }));
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      ["a"],
    );
  });

  it("never throws on what it finds, and gives out only whole sessions", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const secrets = createMemorySecretStore();
        await secrets.store(key, text);
        assert.deepEqual(await createSessionStore({ secrets }).list(), []);
      }),
    );
  });
});

/** A store whose answers come later than asked for. */
function slow(secrets: SecretStore): SecretStore {
  const later = async <Result>(work: () => PromiseLike<Result>): Promise<Result> => {
    await new Promise((resolve) => setImmediate(resolve));
    return work();
  };
  return {
    get: (name) => later(() => secrets.get(name)),
    store: (name, value) => later(() => secrets.store(name, value)),
    delete: (name) => later(() => secrets.delete(name)),
    onDidChange: (listener) => secrets.onDidChange(listener),
  };
}
