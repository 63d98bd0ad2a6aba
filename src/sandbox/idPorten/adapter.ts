import type { Adapter, AdapterPayload } from "oidc-provider";
import * as v from "valibot";
import type { Section, Store } from "../store.ts";

const recordSchema = v.object({
  payload: v.record(v.string(), v.unknown()),
  /** Seconds since 1970; null for what does not expire. */
  expiresAt: v.nullable(v.number()),
});

type StoredRecord = v.InferOutput<typeof recordSchema>;

/** Sessions, grants, codes and tokens of the provider, by `Model:id`. */
const grantsSchema = v.record(v.string(), recordSchema);

export type GrantState = v.InferOutput<typeof grantsSchema>;

export function openGrants(store: Store): Promise<Section<GrantState>> {
  return store.section("idporten-grants", grantsSchema, () => ({}));
}

/** How many records may gather before the expired ones are looked for and dropped. */
const sweepThreshold = 2000;

/**
 * The provider's storage over a section of the sandbox's state.
 *
 * @param now seconds since 1970
 */
export function createAdapterFactory(grants: Section<GrantState>, now: () => number): (model: string) => Adapter {
  const records = grants.value;
  let size = Object.keys(records).length;

  const expired = (record: StoredRecord): boolean => record.expiresAt !== null && record.expiresAt <= now();
  const put = (key: string, record: StoredRecord): void => {
    if (!Object.hasOwn(records, key)) size++;
    records[key] = record;
    grants.changed();
  };
  const drop = (key: string): void => {
    if (!Object.hasOwn(records, key)) return;
    size--;
    // The keys are the provider's ids; a Map would not go into the state file as it is.
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete records[key];
    grants.changed();
  };
  const sweep = (): void => {
    for (const [key, record] of Object.entries(records)) if (expired(record)) drop(key);
  };
  sweep();
  let nextSweep = Math.max(sweepThreshold, 2 * size);

  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`;
    const find = (id: string): AdapterPayload | undefined => {
      const key = keyOf(id);
      const record = Object.hasOwn(records, key) ? records[key] : undefined;
      // An expired token is kept until the sweep, so that its reuse is answered as a reuse and not as an unknown token.
      return record === undefined ? undefined : structuredClone(record.payload);
    };
    return {
      find: (id) => Promise.resolve(find(id)),
      findByUid: (uid) => {
        const prefix = keyOf("");
        const hit = Object.entries(records).find(
          ([key, { payload }]) => key.startsWith(prefix) && payload["uid"] === uid,
        );
        return Promise.resolve(hit === undefined ? undefined : structuredClone(hit[1].payload));
      },
      findByUserCode: () => Promise.resolve(undefined),
      upsert: (id, payload, expiresIn) => {
        const plain: unknown = JSON.parse(JSON.stringify(payload));
        const expiresAt = expiresIn === undefined || !Number.isFinite(expiresIn) ? null : now() + expiresIn;
        put(keyOf(id), { payload: v.parse(recordSchema.entries.payload, plain), expiresAt });
        if (size > nextSweep) {
          sweep();
          nextSweep = Math.max(sweepThreshold, 2 * size);
        }
        return Promise.resolve();
      },
      consume: (id) => {
        const record = records[keyOf(id)];
        if (record !== undefined) {
          record.payload["consumed"] = now();
          grants.changed();
        }
        return Promise.resolve();
      },
      destroy: (id) => {
        drop(keyOf(id));
        return Promise.resolve();
      },
      revokeByGrantId: (grantId) => {
        const prefix = keyOf("");
        for (const [key, { payload }] of Object.entries(records)) {
          if (key.startsWith(prefix) && payload["grantId"] === grantId) drop(key);
        }
        return Promise.resolve();
      },
    };
  };
}
