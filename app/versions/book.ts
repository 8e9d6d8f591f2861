import { FileError } from '../../graphs/errors.ts';
import { whatChanged } from '../../graphs/difference.ts';
import { readGraphFile, writeGraphFile, type LoadedGraph } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import { documentOf } from './lineage.ts';
import type { VersionStorage } from './storage.ts';
import { superfluous } from './thinning.ts';
import { versionSchema, type Reason, type Unreadable, type Version } from './version.ts';

export type VersionBook = ReturnType<typeof createVersionBook>;

export type Titled = { readonly title: string; readonly graph: Graph };
export type VersionList = {
  /** Newest first. */
  readonly versions: readonly Version[];
  readonly unreadable: readonly Unreadable[];
  /** Which versions are those of the graph that was kept last; null when another one was opened since. */
  readonly current: string | null;
};

const ABOUT = 'about/';
const GRAPH = 'graph/';
const CURRENT = 'current';

/** [R1–R5] Keeps versions of graphs; reads and writes are done one after another, in the order in which they were asked for. */
export function createVersionBook(options: {
  storage: VersionStorage;
  nodeTypes: NodeTypes;
  now?: () => number;
  newId?: () => string;
}) {
  const {
    storage,
    nodeTypes,
    now = Date.now,
    newId = () => crypto.getRandomValues(new Uint32Array(2)).join('-'),
  } = options;
  let last: Promise<unknown> = Promise.resolve();
  /** The newest version that this page has kept: a large graph takes a while to be read back. */
  let newestHere: { readonly id: string; readonly what: Titled } | null = null;

  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  }

  async function readList(): Promise<VersionList> {
    const versions: Version[] = [];
    const unreadable: Unreadable[] = [];
    for (const [key, value] of await storage.entries(ABOUT)) {
      const parsed = versionSchema.safeParse(value);
      const id = key.slice(ABOUT.length);
      if (parsed.success && parsed.data.id === id) versions.push(parsed.data);
      else {
        const issue = parsed.error?.issues[0];
        const reason = issue ? `${issue.path.join('.') || 'its top'}: ${issue.message}` : 'it has another id';
        unreadable.push({ id, reason, text: JSON.stringify(value) ?? 'undefined' });
      }
    }
    versions.sort((a, b) => b.number - a.number || b.at - a.at);
    const current = await storage.get(CURRENT);
    return { versions, unreadable, current: typeof current === 'string' ? current : null };
  }

  async function readText(id: string): Promise<string> {
    const text = await storage.get(GRAPH + id);
    if (typeof text !== 'string') throw new FileError('The graph of this version is not there any more.');
    return text;
  }

  const read = async (id: string): Promise<LoadedGraph> => readGraphFile(await readText(id), nodeTypes);

  /** Null for one that cannot be read: nothing can be said about it. */
  const readOrNull = (id: string): Promise<LoadedGraph | null> => read(id).catch(() => null);

  /** Those that have another version before them than they had are told anew what changed. */
  async function retold(before: readonly Version[], after: readonly Version[]): Promise<Version[]> {
    const old = predecessors(before);
    const changed: Version[] = [];
    for (const [id, predecessor] of predecessors(after)) {
      const version = after.find((each) => each.id === id)!;
      if (!old.has(id) || old.get(id) === predecessor) continue;
      const [from, to] = [predecessor === null ? null : await readOrNull(predecessor), await readOrNull(id)];
      const words = from && to ? differenceOf(from, to, nodeTypes) : [];
      changed.push({ ...version, words, first: predecessor === null });
    }
    return changed;
  }

  const aboutEntry = (version: Version) => [ABOUT + version.id, version] as const;

  async function keep(
    what: Titled,
    reason: Reason,
    name: string | null,
    pictures: readonly string[],
  ): Promise<Version> {
    const { versions, current } = await readList();
    const id = newId();
    const document = documentOf(versions, what.title, current) ?? id;
    const newest = versions.find((version) => version.document === document);
    const before = !newest ? null : newestHere?.id === newest.id ? newestHere.what : await readOrNull(newest.id);
    const words = before ? differenceOf(before, what, nodeTypes) : [];
    const isSame = before !== null && words.length === 0;
    if (newest && isSame && (name === null || newest.name === null)) {
      const same = {
        ...newest,
        name: name ?? newest.name,
        ...(pictures.length > 0 ? { pictures: [...pictures] } : {}),
      };
      await storage.write({ put: [aboutEntry(same), [CURRENT, document]] });
      return same;
    }
    const text = writeGraphFile(what.title, what.graph);
    const version: Version = {
      id,
      document,
      title: what.title,
      number: (versions[0]?.number ?? 0) + 1,
      at: now(),
      reason,
      name,
      words,
      first: newest === undefined,
      nodes: Object.keys(what.graph.nodes).length,
      bytes: text.length,
      pictures: [...pictures],
    };
    const all = [version, ...versions];
    const gone = new Set(superfluous(all, now()));
    const left = all.filter((each) => !gone.has(each.id));
    await storage.write({
      put: [aboutEntry(version), [GRAPH + id, text], [CURRENT, document], ...(await retold(all, left)).map(aboutEntry)],
      remove: [...gone].flatMap(keysOf),
    });
    newestHere = { id, what: { title: what.title, graph: what.graph } };
    return version;
  }

  /** Changes what is known of a version, if it is still there. */
  async function update(id: string, change: Partial<Version>): Promise<void> {
    const version = (await readList()).versions.find((each) => each.id === id);
    if (version) await storage.write({ put: [aboutEntry({ ...version, ...change })] });
  }

  async function remove(id: string): Promise<() => Promise<void>> {
    const raw = await Promise.all(keysOf(id).map(async (key) => [key, await storage.get(key)] as const));
    const { versions } = await readList();
    const left = versions.filter((each) => each.id !== id);
    await storage.write({ put: (await retold(versions, left)).map(aboutEntry), remove: keysOf(id) });
    return () =>
      inOrder(async () => {
        const now_ = await readList();
        const put = raw.filter(([, value]) => value !== undefined);
        await storage.write({ put });
        await storage.write({ put: (await retold(now_.versions, (await readList()).versions)).map(aboutEntry) });
      });
  }

  return {
    list: () => inOrder(readList),
    /** The graph file as it was written. */
    text: (id: string) => inOrder(() => readText(id)),
    /** Throws FileError when it cannot be read. */
    read: (id: string) => inOrder(() => read(id)),
    /** Keeps this state, unless the newest version of the graph is equal; gives the version that holds it. */
    keep: (what: Titled, reason: Reason, more: { name?: string; pictures?: readonly string[] } = {}) =>
      inOrder(() => keep(what, reason, cleanName(more.name ?? ''), more.pictures ?? [])),
    /** An empty name takes it away. */
    rename: (id: string, name: string) => inOrder(() => update(id, { name: cleanName(name) })),
    /** A run has made the pictures meanwhile. */
    illustrate: (id: string, pictures: readonly string[]) =>
      inOrder(async () => {
        if (pictures.length > 0) await update(id, { pictures: [...pictures] });
      }),
    /** Gives the way back. */
    remove: (id: string) => inOrder(() => remove(id)),
    /** Another graph is open now: what is kept next belongs to the versions of its title, or to none yet. */
    begin: () => inOrder(() => storage.write({ remove: [CURRENT] })),
    /** A version of these was put back: what is kept next belongs to them. */
    follow: (document: string) => inOrder(() => storage.write({ put: [[CURRENT, document]] })),
  };
}

/** What was done between two states, the title included. */
export function differenceOf(before: Titled, after: Titled, nodeTypes: NodeTypes): string[] {
  const title = before.title === after.title ? [] : [`Titled “${after.title}”`];
  return [...title, ...whatChanged(before.graph, after.graph, nodeTypes)];
}

const keysOf = (id: string): string[] => [ABOUT + id, GRAPH + id];

function cleanName(name: string): string | null {
  return name.trim().slice(0, 100) || null;
}

/** The version before each one, of the same graph; null for the first. */
function predecessors(versions: readonly Version[]): Map<string, string | null> {
  const found = new Map<string, string | null>();
  const open = new Map<string, string>();
  for (const { id, document } of versions) {
    const newer = open.get(document);
    if (newer !== undefined) found.set(newer, id);
    open.set(document, id);
    found.set(id, null);
  }
  return found;
}
