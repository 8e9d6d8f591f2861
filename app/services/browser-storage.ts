/** What this browser keeps for Editloom, as far as it tells. */
export type BrowserStorage = {
  /** Bytes of all that this site keeps, and how many it may; null where the browser does not tell. */
  readonly usage: number | null;
  readonly quota: number | null;
  /** Whether the browser promised not to clear it by itself; null where there is no such promise. */
  readonly persisted: boolean | null;
  readonly drafts: { readonly bytes: number; readonly count: number };
  readonly versions: { readonly bytes: number; readonly count: number };
  /** Pictures that drafts and versions name, by their SHA-256. */
  readonly named: readonly string[];
};

/** `navigator.storage` is there only for pages of https or of this machine. */
const manager = (): StorageManager | undefined => (navigator as { storage?: StorageManager }).storage;

export async function readBrowserStorage(): Promise<BrowserStorage> {
  const estimate = await manager()
    ?.estimate()
    .catch(() => undefined);
  const named = new Set<string>();
  const drafts = await readDatabase('editloom', named, /^(draft|previous)/);
  // Each version lies there twice: what it is about, and its graph.
  const versions = await readDatabase('editloom-versions', named, /^graph\//);
  return {
    usage: estimate?.usage ?? null,
    quota: estimate?.quota ?? null,
    persisted: await isPersisted(),
    drafts,
    versions,
    named: [...named],
  };
}

export const isPersisted = async (): Promise<boolean | null> =>
  (await manager()
    ?.persisted()
    .catch(() => null)) ?? null;

/** Asks the browser never to clear this by itself. Some ask the user then, so only at a fitting moment. */
export const askToPersist = async (): Promise<boolean | null> =>
  (await manager()
    ?.persist()
    .catch(() => null)) ?? null;

/**
 * Sizes what lies in a database, counts the entries whose names say that they are whole graphs, and collects the names of
 * pictures. Never makes a database that is not there.
 */
async function readDatabase(
  name: string,
  named: Set<string>,
  isGraph: RegExp,
): Promise<{ bytes: number; count: number }> {
  const sum = { bytes: 0, count: 0 };
  const present = await indexedDB.databases?.().catch(() => []);
  if (!present?.some((database) => database.name === name)) return sum;
  const database = await open(name);
  if (!database) return sum;
  try {
    for (const store of database.objectStoreNames) await readStore(database, { store, named, isGraph, sum });
  } finally {
    database.close();
  }
  return sum;
}

function open(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const opening = indexedDB.open(name);
    // It was removed just now: an empty one in its place would be in the way of its owner.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onsuccess = () => {
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    opening.onerror = (event) => {
      event.preventDefault();
      resolve(null);
    };
  });
}

function readStore(
  database: IDBDatabase,
  {
    store,
    named,
    isGraph,
    sum,
  }: { store: string; named: Set<string>; isGraph: RegExp; sum: { bytes: number; count: number } },
): Promise<void> {
  return new Promise((resolve, reject) => {
    // One after the other: all versions at once may be a lot of memory.
    const walking = database.transaction(store).objectStore(store).openCursor();
    walking.onerror = () => reject(walking.error ?? new Error('The browser’s storage could not be read.'));
    walking.onsuccess = () => {
      const cursor = walking.result;
      if (!cursor) return resolve();
      if (isGraph.test(String(cursor.key))) sum.count++;
      sum.bytes += measure(cursor.value, named);
      cursor.continue();
    };
  });
}

/** About as many bytes as it takes; names of pictures found on the way are collected. */
export function measure(value: unknown, named: Set<string>): number {
  if (typeof value === 'string') {
    for (const [sha256] of value.matchAll(/\b[0-9a-f]{64}\b/g)) named.add(sha256);
    return value.length;
  }
  if (value instanceof Blob) return value.size;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 0;
  for (const [key, part] of Object.entries(value)) bytes += key.length + measure(part, named);
  return bytes;
}
