import type { VersionStorage } from '../../app/versions/storage.ts';

/** IndexedDB's part in keeping versions, in memory; `fail` makes the next writes fail. */
export function memoryVersions() {
  const entries = new Map<string, unknown>();
  const fault: { next: Error | null } = { next: null };
  const storage: VersionStorage = {
    get: async (key) => structuredClone(entries.get(key)),
    entries: async (prefix) =>
      [...entries].filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key, structuredClone(value)]),
    async write({ put = [], remove = [] }) {
      await Promise.resolve();
      if (fault.next) throw fault.next;
      for (const key of remove) entries.delete(key);
      for (const [key, value] of put) entries.set(key, structuredClone(value));
    },
  };
  return { storage, entries, fault };
}
