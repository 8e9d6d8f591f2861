import { createStore, get, promisifyRequest, type UseStore } from 'idb-keyval';

/** Where versions are kept: IndexedDB in the browser. */
export type VersionStorage = {
  get(key: string): Promise<unknown>;
  /** Everything whose key begins so. */
  entries(prefix: string): Promise<(readonly [key: string, value: unknown])[]>;
  /** All of it or nothing. */
  write(what: { put?: readonly (readonly [key: string, value: unknown])[]; remove?: readonly string[] }): Promise<void>;
};

/** Graphs lie beside what is known of them, so the list is read without them. */
export function createVersionStorage(store: UseStore = createStore('editloom-versions', 'versions')): VersionStorage {
  return {
    get: (key) => get(key, store),
    entries: (prefix) =>
      store('readonly', async (versions) => {
        const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
        const [keys, values] = await Promise.all([
          promisifyRequest(versions.getAllKeys(range)),
          promisifyRequest(versions.getAll(range)),
        ]);
        return keys.map((key, i) => [String(key), values[i] as unknown] as const);
      }),
    write: ({ put = [], remove = [] }) =>
      store('readwrite', (versions) => {
        for (const key of remove) versions.delete(key);
        for (const [key, value] of put) versions.put(value, key);
        return promisifyRequest(versions.transaction);
      }),
  };
}
