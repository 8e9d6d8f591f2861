import { createStore } from 'zustand/vanilla';
import type { GalleryEntry, GalleryFacets, GalleryFilter, GalleryPage } from '../gallery-wire.ts';
import type { JobNews } from '../job-news.ts';
import type { GalleryApi } from '../services/gallery-api.ts';
import { spaced } from './spaced.ts';

/** A view and a half of a usual window. */
export const pageLength = 50;

export type GalleryState = {
  readonly filter: GalleryFilter;
  readonly status: 'loading' | 'ready' | 'failed';
  /** Why it failed; the pictures that were there before stay. */
  readonly message: string | null;
  readonly total: number;
  /** Found since the newest one that is shown. */
  readonly newer: number;
  readonly rebuilding: GalleryPage['rebuilding'];
  /** The place from which all is counted, so that nothing moves while new pictures come. */
  readonly top: string | null;
  readonly pages: ReadonlyMap<number, readonly GalleryEntry[]>;
  readonly facets: GalleryFacets | null;
  /** The place that the keys move. */
  readonly at: number;
  /** Grows whenever other pictures stand at the same places. */
  readonly round: number;
};

type World = {
  api: GalleryApi;
  filter: GalleryFilter;
  /** Shows what was found from here on, as when the gallery is opened again after a comparison. */
  top?: string | null;
  at?: number;
  /** Calls back once after `ms`; returns how to stop it. */
  setTimer?: (callback: () => void, ms: number) => () => void;
};

/** So long a place has to be in view before its pictures are asked for: whoever scrolls past does not need them. */
const restMs = 40;
/** Questions of whoever types are so far apart at least. */
const typingMs = 40;
const newsMs = 400;
const countingMs = 150;
const rebuildingMs = 700;

export type GalleryStore = ReturnType<typeof createGalleryStore>;

/** What the gallery shows, page by page, as it is looked at. */
export function createGalleryStore({ api, filter, top = null, at = 0, setTimer = systemTimer }: World) {
  const store = createStore<GalleryState>(() => ({
    filter,
    status: 'loading',
    message: null,
    total: 0,
    newer: 0,
    rebuilding: null,
    top,
    pages: new Map(),
    facets: null,
    at,
    round: 0,
  }));
  let asking = new AbortController();
  const asked = new Set<number>();
  const failures = new Map<number, number>();
  let wanted: readonly [first: number, last: number] = [0, 0];
  let stopRest: (() => void) | null = null;
  let stopNews: (() => void) | null = null;
  let stopRebuilding = () => {};
  let stopFacets = () => {};
  let isClosed = true;
  /** New pictures may not come in at once: what is looked at would move. */
  let isHeld = false;
  let isAtTop = true;
  const search = spaced(() => void load(null, false), typingMs, setTimer);

  /** Asks anew from the newest, or from a place; what is shown stays until the answer is here. */
  async function load(from: string | null, keepPlace: boolean): Promise<void> {
    asking.abort();
    const mine = (asking = new AbortController());
    asked.clear();
    failures.clear();
    stopRebuilding();
    stopFacets();
    search.drop();
    const { filter: now, ...before } = store.getState();
    const looked = keepPlace ? entryAt(before.at)?.key : undefined;
    // The place from which was counted may be none of what is asked for now.
    if (before.status !== 'loading' || before.top !== from) store.setState({ status: 'loading', top: from });
    try {
      const page = await api.page({ filter: now, from, limit: pageLength }, mine.signal);
      if (mine !== asking || isClosed) return;
      const there = page.entries.findIndex(({ key }) => key === looked);
      store.setState(({ round, at: before }) => ({
        at: there >= 0 ? there : keepPlace ? Math.min(before, Math.max(0, page.total - 1)) : 0,
        status: 'ready',
        message: null,
        total: page.total,
        newer: page.newer,
        top: from ?? page.top,
        rebuilding: page.rebuilding,
        pages: new Map([[0, page.entries]]),
        round: round + 1,
      }));
      asked.add(0);
      fetchWanted();
      if (page.rebuilding) stopRebuilding = setTimer(() => void load(null, true), rebuildingMs);
      // Whoever types on wants pictures first.
      stopFacets = setTimer(() => void count(now, mine), store.getState().facets ? countingMs : 0);
    } catch (error) {
      if (mine !== asking || isClosed) return;
      store.setState({ status: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function count(now: GalleryFilter, mine: AbortController): Promise<void> {
    try {
      const facets = await api.facets(now, mine.signal);
      if (mine === asking && !isClosed) store.setState({ facets });
    } catch (error) {
      if (mine !== asking || isClosed) return;
      store.setState({ message: error instanceof Error ? error.message : String(error) });
    }
  }

  function fetchWanted(): void {
    const { total, top: from } = store.getState();
    const last = Math.min(Math.floor(wanted[1] / pageLength), Math.floor(Math.max(0, total - 1) / pageLength));
    for (let page = Math.floor(wanted[0] / pageLength); page <= last; page++) {
      if (asked.has(page) || from === null) continue;
      asked.add(page);
      void fetchPage(page, from, asking);
    }
  }

  async function fetchPage(page: number, from: string, mine: AbortController): Promise<void> {
    try {
      const { filter: now } = store.getState();
      const { entries } = await api.page(
        { filter: now, from, offset: page * pageLength, limit: pageLength },
        mine.signal,
      );
      if (mine !== asking || isClosed) return;
      store.setState(({ pages }) => ({ pages: new Map(pages).set(page, entries), message: null }));
    } catch (error) {
      if (mine !== asking || isClosed) return;
      const count = (failures.get(page) ?? 0) + 1;
      failures.set(page, count);
      store.setState({ message: error instanceof Error ? error.message : String(error) });
      // Asked for again while it is looked at, more and more rarely.
      setTimer(
        () => {
          if (mine !== asking || isClosed) return;
          asked.delete(page);
          fetchWanted();
        },
        Math.min(30_000, 500 * 2 ** count),
      );
    }
  }

  async function lookForNewer(): Promise<void> {
    const { top: from, filter: now, status } = store.getState();
    if (status === 'loading' || isClosed) return;
    if (from === null || (isAtTop && !isHeld)) return load(null, true);
    const { newer } = await api.page({ filter: now, from, limit: 0 });
    if (from === store.getState().top && !isClosed) store.setState({ newer });
  }

  function entryAt(index: number): GalleryEntry | undefined {
    return store.getState().pages.get(Math.floor(index / pageLength))?.[index % pageLength];
  }

  return {
    store,
    get: store.getState,
    entryAt,
    /** Begins to look up; returns how to end it. */
    open: (): (() => void) => {
      isClosed = false;
      void load(top, true);
      return () => {
        isClosed = true;
        asking.abort();
        stopRest?.();
        stopNews?.();
        stopRest = stopNews = null;
        stopRebuilding();
        stopFacets();
        search.end();
      };
    },
    moveTo: (index: number): void => store.setState({ at: index }),
    /** While something stands before the pictures, or one has scrolled away from the newest, nothing moves by itself. */
    hold: (held: boolean): void => void (isHeld = held),
    scrolled: (toTop: boolean): void => void (isAtTop = toTop),
    /** These are in view now. */
    need: (first: number, last: number): void => {
      wanted = [first, last];
      stopRest ??= setTimer(() => {
        stopRest = null;
        fetchWanted();
      }, restMs);
    },
    setFilter: (next: GalleryFilter): void => {
      // An answer to what was asked before is none to this.
      asking.abort();
      asking = new AbortController();
      store.setState({ filter: next, status: 'loading', top: null });
      search.call();
    },
    /** From the newest again. */
    reload: (): Promise<void> => load(null, false),
    /** What is shown is asked for again at its place. */
    refresh: (): Promise<void> => load(store.getState().top, true),
    /** A job has changed: a rating shows at once, a new picture is looked for soon. */
    hear: (news: JobNews): void => {
      if (news.status !== 'done') return;
      const rating = news.rating ?? 0;
      const { pages } = store.getState();
      for (const [page, entries] of pages) {
        const at = entries.findIndex(({ key }) => key === news.key);
        const entry = entries[at];
        if (!entry) continue;
        if (entry.rating !== rating)
          store.setState({ pages: new Map(pages).set(page, entries.with(at, { ...entry, rating })) });
        return;
      }
      stopNews ??= setTimer(() => {
        stopNews = null;
        lookForNewer().catch(() => undefined);
      }, newsMs);
    },
  };
}

function systemTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
