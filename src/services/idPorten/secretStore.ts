/** A key-value store for secrets, in the shape of VS Code's SecretStorage, which fits as it is. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  /** Fires for changes made anywhere, other windows included. */
  onDidChange(listener: (change: { readonly key: string }) => unknown): { dispose(): unknown };
}

/** Keeps secrets in memory. Several holders of one of these are like several windows of one editor. */
export function createMemorySecretStore(): SecretStore {
  const kept = new Map<string, string>();
  const listeners = new Set<(change: { readonly key: string }) => unknown>();
  const changed = (key: string): void => {
    for (const listener of listeners) listener({ key });
  };
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => {
      kept.set(key, value);
      changed(key);
      return Promise.resolve();
    },
    delete: (key) => {
      kept.delete(key);
      changed(key);
      return Promise.resolve();
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
