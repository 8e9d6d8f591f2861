import { expect, it, onTestFinished } from 'vitest';
import type { GalleryAsk, GalleryEntry, GalleryFacets, GalleryPage } from '../../../app/gallery-wire.ts';
import { createGalleryStore } from '../../../app/gallery/gallery-store.ts';
import { noFilter } from '../../../app/gallery/view.ts';
import type { JobNews } from '../../../app/job-news.ts';
import type { GalleryApi } from '../../../app/services/gallery-api.ts';

const keyOf = (number: number): string => String(number).padStart(64, '0');
const facets = { graphs: [] } as unknown as GalleryFacets;
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A server with numbered pictures, the highest the newest, whose time the test turns on. */
function setUp(count: number) {
  const server = { count, down: false };
  const asked: GalleryAsk[] = [];
  const timers: (() => void)[] = [];
  const entry = (number: number) =>
    ({ key: keyOf(number), sha256: keyOf(number), rating: 0, here: true }) as GalleryEntry;
  const api = {
    page: async ({ filter, from, offset = 0, limit = 100 }: GalleryAsk): Promise<GalleryPage> => {
      asked.push({ filter, from, offset, limit });
      if (server.down) throw new Error('no server');
      const newest = from ? Number(from.split('-')[1]) : server.count;
      const total = filter?.words ? 1 : newest;
      const here = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) =>
        entry(newest - offset - i),
      );
      return {
        entries: here,
        top: `1-${keyOf(server.count)}`,
        next: null,
        total,
        newer: server.count - newest,
        rebuilding: null,
      };
    },
    facets: async () => facets,
  } as unknown as GalleryApi;
  const gallery = createGalleryStore({
    api,
    filter: noFilter,
    setTimer: (callback) => {
      timers.push(callback);
      return () => timers.splice(timers.indexOf(callback) >>> 0, 1);
    },
  });
  onTestFinished(gallery.open());
  const tick = async () => {
    for (const timer of timers.splice(0)) timer();
    await settle();
  };
  const made = (number: number, rating?: number) =>
    gallery.hear({ key: keyOf(number), status: 'done', ...(rating !== undefined && { rating }) } as JobNews);
  return { gallery, server, asked, tick, made };
}

const first = ({ gallery }: ReturnType<typeof setUp>) => Number(gallery.entryAt(0)?.key);

it('asks for what is in view only, each page once', async () => {
  const world = setUp(20_000);
  await settle();
  await world.tick();
  expect(world.gallery.get()).toMatchObject({ status: 'ready', total: 20_000, facets });
  world.gallery.need(5000, 5040);
  world.gallery.need(12_310, 12_330);
  await world.tick();
  world.gallery.need(12_320, 12_345);
  await world.tick();
  expect(world.asked.map(({ offset }) => offset)).toEqual([0, 12_300]);
  expect(Number(world.gallery.entryAt(12_345)?.key)).toBe(20_000 - 12_345);
  expect(world.gallery.entryAt(5000)).toBeUndefined();
});

it('[L2] new pictures come in at once at the top, and what the keys stood at stays there', async () => {
  const world = setUp(50);
  await settle();
  world.gallery.moveTo(3);
  world.server.count = 52;
  world.made(52);
  await world.tick();
  expect(first(world)).toBe(52);
  expect(world.gallery.get()).toMatchObject({ at: 5, newer: 0, total: 52 });
});

it.each([
  ['scrolled away', (gallery: ReturnType<typeof setUp>['gallery']) => gallery.scrolled(false)],
  ['looking at one of them', (gallery: ReturnType<typeof setUp>['gallery']) => gallery.hold(true)],
])('[L2] whoever is %s sees nothing move, and is told how many came', async (_, away) => {
  const world = setUp(50);
  await settle();
  away(world.gallery);
  world.server.count = 53;
  world.made(53);
  await world.tick();
  expect(first(world)).toBe(50);
  expect(world.gallery.get().newer).toBe(3);
  await world.gallery.reload();
  expect(first(world)).toBe(53);
});

it('[L7] a rating shows at once, without a question', async () => {
  const world = setUp(50);
  await settle();
  const before = world.asked.length;
  world.made(48, 4);
  expect(world.gallery.entryAt(2)?.rating).toBe(4);
  await world.tick();
  expect(world.asked).toHaveLength(before);
});

it('the answer to an older question does not stand in for a newer one', async () => {
  const world = setUp(50);
  world.gallery.setFilter({ ...noFilter, words: 'x' });
  await settle();
  expect(world.gallery.get()).toMatchObject({ total: 1, status: 'ready' });
});

it('without a server it says why, keeps what was there, and goes on when asked again', async () => {
  const world = setUp(50);
  await settle();
  world.server.down = true;
  await world.gallery.refresh();
  expect(world.gallery.get()).toMatchObject({ status: 'failed', message: 'no server', total: 50 });
  expect(first(world)).toBe(50);
  world.server.down = false;
  await world.gallery.refresh();
  expect(world.gallery.get()).toMatchObject({ status: 'ready', message: null });
});

it('a page that could not be fetched is asked for again while it is looked at', async () => {
  const world = setUp(500);
  await settle();
  world.server.down = true;
  world.gallery.need(200, 240);
  await world.tick();
  expect(world.gallery.entryAt(210)).toBeUndefined();
  world.server.down = false;
  await world.tick();
  expect(Number(world.gallery.entryAt(210)?.key)).toBe(290);
});

it('[L4] while a filter is taken away nothing is asked for from the place that it had', async () => {
  const world = setUp(50);
  await settle();
  await world.tick();
  world.gallery.need(0, 20);
  world.gallery.setFilter(noFilter);
  await world.tick();
  expect(world.asked.filter(({ from }) => from !== null)).toEqual([]);
});

it('[L3] words are looked for from the first letter on, and of those that are typed fast only the last', async () => {
  const world = setUp(50);
  await settle();
  await world.tick();
  const before = world.asked.length;
  for (const words of ['t', 'te', 'tea', 'teal']) world.gallery.setFilter({ ...noFilter, words });
  expect(world.asked.slice(before).map(({ filter }) => filter?.words)).toEqual(['t']);
  expect(world.gallery.get()).toMatchObject({ status: 'loading', filter: { words: 'teal' } });
  await settle();
  expect(world.gallery.get()).toMatchObject({ status: 'loading', total: 50 });
  await world.tick();
  expect(world.asked.slice(before).map(({ filter }) => filter?.words)).toEqual(['t', 'teal']);
  expect(world.gallery.get()).toMatchObject({ status: 'ready', total: 1 });
});

it('what is typed in and what begins to be looked up shows together', async () => {
  const world = setUp(50);
  await settle();
  const seen: string[] = [];
  onTestFinished(world.gallery.store.subscribe(({ status, filter }) => void seen.push(`${status} ${filter.words}`)));
  world.gallery.setFilter({ ...noFilter, words: 'teal' });
  await settle();
  expect(seen).toEqual(['loading teal', 'ready teal']);
});
