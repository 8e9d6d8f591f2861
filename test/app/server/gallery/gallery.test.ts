import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { GalleryAsk } from '../../../../app/gallery-wire.ts';
import type { Gallery } from '../../../../app/server/gallery/gallery.ts';
import { asked, begin, filtered, hashOf, openGalleryWorld } from '../../../support/gallery-world.ts';

const prompts = async (gallery: Gallery, filter: GalleryAsk['filter'] = {}) =>
  (await gallery.page(asked({ filter }))).entries.map(({ prompt }) => prompt);

it('[L1] shows what was made, newest first, with all that a tile needs', async () => {
  const world = await openGalleryWorld();
  world.make({ prompt: 'first' });
  world.make({
    prompt: 'second',
    seed: 9,
    title: 'Mugs',
    node: 'Colours',
    point: [{ title: 'Seed', value: '9' }],
    service: 'api.example/m',
  });
  const page = await world.open().page(asked());
  expect(page).toMatchObject({ total: 2, newer: 0, next: null, rebuilding: null });
  expect(page.entries.map(({ prompt }) => prompt)).toEqual(['second', 'first']);
  expect(page.entries[0]).toEqual({
    key: hashOf('key 2'),
    sha256: hashOf('picture 2'),
    width: 640,
    height: 480,
    mediaType: 'image/png',
    bytes: 1000,
    prompt: 'second',
    seed: 9,
    service: 'api.example/m',
    price: 0.05,
    madeAt: begin + 2000,
    title: 'Mugs',
    made: {
      graph: hashOf('graph'),
      node: 'edit1',
      nodeTitle: 'Colours',
      index: 0,
      point: [{ title: 'Seed', value: '9' }],
    },
    rating: 0,
    here: true,
  });
});

it('what never became a picture is not in it', async () => {
  const world = await openGalleryWorld();
  world.make({ prompt: 'made' });
  world.book.create({ ...world.book.get(hashOf('key 1'))!, key: hashOf('other'), createdAt: 1 });
  world.book.change(hashOf('other'), { status: 'failed', error: { code: 'x', message: 'No.' } });
  expect(await prompts(world.open())).toEqual(['made']);
});

it.each([
  ['orange', ['Change the background to ORANGE']],
  ['back oran', ['Change the background to ORANGE']],
  ['ORANGE back', ['Change the background to ORANGE']],
  ['ange', []],
  ['fenetre', ['Une fenêtre à l’été']],
  ['FENÊTRE ete', ['Une fenêtre à l’été']],
  ['背景', ['背景をオレンジに変える']],
  ['オレンジ', ['背景をオレンジに変える']],
  ['"or* OR NEAR(', ['Change the background to ORANGE NEAR the window']],
  ["x' OR 1=1 --", []],
  [
    '  ',
    [
      'Change the background to ORANGE NEAR the window',
      '背景をオレンジに変える',
      'Une fenêtre à l’été',
      'Change the background to ORANGE',
    ],
  ],
])('[L3] looks for %j word by word, from the beginning, without case and accents', async (words, found) => {
  const world = await openGalleryWorld();
  for (const prompt of ['Change the background to ORANGE', 'Une fenêtre à l’été', '背景をオレンジに変える'])
    world.make({ prompt });
  if (found.some((text) => text.includes('NEAR')))
    world.make({ prompt: 'Change the background to ORANGE NEAR the window' });
  expect(await prompts(world.open(), { words })).toEqual(found);
});

it.each([
  ['तस्वी', ['हिन्दी तस्वीर']],
  ['தமிழ்', ['தமிழ் படம்']],
  ['עִבְרִית', ['תמונה עִבְרִית']],
  ['خُبْز', ['خُبْز']],
  ['க\u0300', []],
  ['\u0301', []],
  ['ガラス', ['ガラス'.normalize('NFD')]],
])('[L3] looks for %j, whose signs the index does not take for letters', async (words, found) => {
  const world = await openGalleryWorld();
  for (const prompt of ['हिन्दी तस्वीर', 'தமிழ் படம்', 'תמונה עִבְרִית', 'خُبْز', 'ガラス'.normalize('NFD')])
    world.make({ prompt });
  expect(await prompts(world.open(), { words })).toEqual(found);
});

it('[L3] filters by graph, node, axis values, service, rating and time, all at once', async () => {
  const world = await openGalleryWorld();
  const seed = (value: string) => ({ title: 'Seed', value });
  const size = (value: string) => ({ title: 'Size', value });
  world.make({ prompt: 'a', title: 'Mugs', node: 'Edit', point: [seed('1'), size('small')] });
  world.make({ prompt: 'b', title: 'Mugs', node: 'Edit', point: [seed('2'), size('small')] });
  world.make({ prompt: 'c', title: 'Mugs', node: 'Sky', point: [seed('2'), size('large')], service: 'api.example/m' });
  world.make({ prompt: 'd', title: 'Cups', node: 'Edit', point: [seed('3')] });
  const old = world.make({ prompt: 'e' });
  world.book.change(old, { rating: 4 });
  const gallery = world.open();
  expect(await prompts(gallery, { graphs: ['Mugs'] })).toEqual(['c', 'b', 'a']);
  expect(await prompts(gallery, { graphs: ['Cups', ''] })).toEqual(['e', 'd']);
  expect(await prompts(gallery, { nodes: ['Sky'] })).toEqual(['c']);
  expect(await prompts(gallery, { values: [seed('2'), seed('3')] })).toEqual(['d', 'c', 'b']);
  expect(await prompts(gallery, { values: [seed('2'), seed('3'), size('small')] })).toEqual(['b']);
  expect(await prompts(gallery, { services: ['api.example/m'] })).toEqual(['c']);
  expect(await prompts(gallery, { rating: 4 })).toEqual(['e']);
  expect(await prompts(gallery, { rating: 5 })).toEqual([]);
  expect(await prompts(gallery, { from: begin + 2000, until: begin + 4000 })).toEqual(['c', 'b']);
  expect(await prompts(gallery, { graphs: ['Mugs'], words: 'a' })).toEqual(['a']);
});

it('[L3] counts by what it can be filtered, each kind as if it were not filtered by yet', async () => {
  const world = await openGalleryWorld();
  world.make({ prompt: 'a', title: 'Mugs', node: 'Edit', point: [{ title: 'Seed', value: '1' }] });
  world.make({ prompt: 'b', title: 'Mugs', node: 'Sky', point: [{ title: 'Seed', value: '2' }] });
  const rated = world.make({ prompt: 'c', title: 'Cups', service: 'api.example/m' });
  world.book.change(rated, { rating: 5 });
  const gallery = world.open();
  expect(await gallery.facets(filtered())).toEqual({
    graphs: [
      { value: 'Mugs', count: 2 },
      { value: 'Cups', count: 1 },
    ],
    nodes: [
      { value: '', count: 1 },
      { value: 'Edit', count: 1 },
      { value: 'Sky', count: 1 },
    ],
    axes: [
      {
        title: 'Seed',
        values: [
          { value: '1', count: 1 },
          { value: '2', count: 1 },
        ],
        more: 0,
      },
    ],
    services: [
      { value: 'offline/1/x', count: 2 },
      { value: 'api.example/m', count: 1 },
    ],
    ratings: [2, 0, 0, 0, 0, 1],
    first: begin + 1000,
    last: begin + 3000,
    here: 3,
    gone: 0,
  });
  const narrowed = await gallery.facets(filtered({ graphs: ['Mugs'], values: [{ title: 'Seed', value: '2' }] }));
  expect(narrowed.graphs).toEqual([{ value: 'Mugs', count: 1 }]);
  expect(narrowed.axes[0]!.values.map(({ value }) => value)).toEqual(['1', '2']);
  expect(narrowed.nodes).toEqual([{ value: 'Sky', count: 1 }]);
});

it('[L2] pages stay the same while new pictures come, and tell how many came', async () => {
  const world = await openGalleryWorld();
  for (let number = 1; number <= 7; number++) world.make({ prompt: `p${number}` });
  const gallery = world.open();
  const first = await gallery.page(asked({ limit: 3 }));
  expect(first.entries.map(({ prompt }) => prompt)).toEqual(['p7', 'p6', 'p5']);
  world.make({ prompt: 'p8' });
  world.make({ prompt: 'p9' });
  const second = await gallery.page(asked({ limit: 3, from: first.next }));
  expect(second.entries.map(({ prompt }) => prompt)).toEqual(['p4', 'p3', 'p2']);
  const anywhere = await gallery.page(asked({ limit: 2, from: first.top, offset: 5 }));
  expect(anywhere).toMatchObject({ total: 7, newer: 2, next: null });
  expect(anywhere.entries.map(({ prompt }) => prompt)).toEqual(['p2', 'p1']);
});

it('[L2] pictures of the same millisecond are paged without a gap or a repeat', async () => {
  const world = await openGalleryWorld();
  for (let number = 0; number < 20; number++) world.make({ prompt: `p${number}`, at: begin });
  const gallery = world.open();
  const seen: string[] = [];
  for (let from: string | null | undefined; from !== null;) {
    const page = await gallery.page(asked({ limit: 3, ...(from && { from }) }));
    seen.push(...page.entries.map(({ prompt }) => prompt));
    from = page.next;
  }
  expect(seen).toHaveLength(20);
  expect(new Set(seen).size).toBe(20);
});

it('[L2] a rating moves no picture, and is there at once', async () => {
  const world = await openGalleryWorld();
  const key = world.make({ prompt: 'old' });
  world.make({ prompt: 'new' });
  const gallery = world.open();
  await gallery.page(asked());
  world.book.change(key, { rating: 3 });
  const { entries } = await gallery.page(asked());
  expect(entries.map(({ prompt, rating }) => [prompt, rating])).toEqual([
    ['new', 0],
    ['old', 3],
  ]);
});

it('[L4] says which pictures are not here any more, and finds those that are back', async () => {
  const world = await openGalleryWorld();
  world.make({ prompt: 'kept' });
  world.make({ prompt: 'gone' });
  const gallery = world.open();
  await gallery.page(asked());
  world.setPresent(hashOf('picture 2'), false);
  await gallery.lookAgain();
  expect(await prompts(gallery)).toEqual(['kept']);
  expect(await prompts(gallery, { here: 'no' })).toEqual(['gone']);
  expect(await gallery.facets(filtered())).toMatchObject({ here: 1, gone: 1 });
  world.setPresent(hashOf('picture 2'), true);
  await gallery.lookAgain();
  expect(await prompts(gallery)).toEqual(['gone', 'kept']);
});

it('[L4] a picture that was taken away just now is neither shown nor counted, whoever asks first', async () => {
  const world = await openGalleryWorld();
  for (const prompt of ['kept', 'gone', 'kept too']) world.make({ prompt });
  const gallery = world.open();
  await gallery.page(asked());
  world.setPresent(hashOf('picture 2'), false);
  const page = await gallery.page(asked({ limit: 2 }));
  expect(page).toMatchObject({ total: 2, entries: [{ prompt: 'kept too' }, { prompt: 'kept' }] });
  expect((await gallery.page(asked({ filter: { here: 'any' } }))).entries).toMatchObject([
    { here: true },
    { prompt: 'gone', here: false },
    { here: true },
  ]);
});

it('[L4] on a page further down it shows as gone, and what is around it stays at its place', async () => {
  const world = await openGalleryWorld();
  for (const prompt of ['last', 'gone', 'first']) world.make({ prompt });
  const gallery = world.open();
  const { top } = await gallery.page(asked());
  world.setPresent(hashOf('picture 2'), false);
  expect((await gallery.page(asked({ from: top, offset: 1 }))).entries).toMatchObject([
    { prompt: 'gone', here: false },
    { prompt: 'last', here: true },
  ]);
});

it('[L5] without its file, or with a damaged one, it is made again from the job book', async () => {
  const world = await openGalleryWorld();
  const key = world.make({ prompt: 'one', title: 'Mugs' });
  world.make({ prompt: 'two' });
  world.book.change(key, { rating: 2 });
  const before = await world.open().page(asked());
  for (const spoil of [
    () => writeFileSync(world.file, 'no SQLite at all, but long enough to be looked at '.repeat(100)),
    () => writeFileSync(world.file, ''),
  ]) {
    const gallery = world.open();
    gallery.close();
    spoil();
    expect(await world.open().page(asked())).toEqual(before);
  }
  expect(world.bugs).toEqual([]);
});

it('[L5] killed between any two pieces it goes on where it was', async () => {
  const world = await openGalleryWorld({ piece: 2 });
  for (let number = 1; number <= 9; number++) world.make({ prompt: `p${number}` });
  const all = ['p9', 'p8', 'p7', 'p6', 'p5', 'p4', 'p3', 'p2', 'p1'];
  for (let life = 1; life <= 4; life++) {
    let read = 0;
    const killed = world.open({
      book: {
        ...world.book,
        page(seq, limit) {
          if (read++ === 1) throw new Error('killed');
          return world.book.page(seq, limit);
        },
      },
    });
    // Never closed: its log lies beside the file, as after a kill.
    await expect(killed.catchUp()).rejects.toThrow('killed');
  }
  const gallery = world.open();
  expect(await prompts(gallery)).toEqual(all);
  expect((await gallery.facets(filtered())).here).toBe(9);
});

it('[L5] an index of another job book is not believed', async () => {
  const old = await openGalleryWorld();
  for (let number = 1; number <= 5; number++) old.make({ prompt: `old ${number}` });
  await old.open().page(asked());
  const other = await openGalleryWorld();
  other.make({ prompt: 'other' });
  const gallery = other.open({ file: old.file });
  expect(await prompts(gallery)).toEqual(['other']);
});

it('[L5] says how far it is while it is made again, and answers with what is there', async () => {
  const world = await openGalleryWorld({
    piece: 1,
    // Patience is over at once.
    setTimer: (callback, ms) => {
      if (ms === 200) queueMicrotask(callback);
      return () => undefined;
    },
  });
  for (let number = 1; number <= 3; number++) world.make({ prompt: `p${number}` });
  const gallery = world.open();
  const page = await gallery.page(asked());
  expect(page.rebuilding).toMatchObject({ of: 6 });
  expect(page.entries.length).toBeLessThan(3);
  await gallery.catchUp();
  expect(await gallery.page(asked())).toMatchObject({ total: 3, rebuilding: null });
});

it('[L6] the names of all that is found, for choosing all', async () => {
  const world = await openGalleryWorld();
  world.make({ prompt: 'red' });
  world.make({ prompt: 'blue' });
  expect(await world.open().names(filtered({ words: 'red' }))).toEqual([
    { key: hashOf('key 1'), sha256: hashOf('picture 1'), mediaType: 'image/png', prompt: 'red', seed: 1 },
  ]);
});

it('[L3] words that are looked for meanwhile are answered before all filters are counted, and change no count', async () => {
  const world = await openGalleryWorld();
  world.make({ prompt: 'teal', title: 'Mugs', point: [{ title: 'Seed', value: '1' }] });
  world.make({ prompt: 'teal', title: 'Cups', point: [{ title: 'Seed', value: '2' }] });
  world.make({ prompt: 'sand', title: 'Cups', point: [{ title: 'Seed', value: '2' }] });
  const gallery = world.open();
  const alone = await gallery.facets(filtered({ words: 'teal' }));
  const answered: string[] = [];
  const [counted] = await Promise.all([
    gallery.facets(filtered({ words: 'teal' })).finally(() => answered.push('counts')),
    prompts(gallery, { words: 'sand' }).finally(() => answered.push('pictures')),
  ]);
  expect(answered).toEqual(['pictures', 'counts']);
  expect(counted).toEqual(alone);
  expect(counted).toMatchObject({
    here: 2,
    graphs: [
      { value: 'Cups', count: 1 },
      { value: 'Mugs', count: 1 },
    ],
  });
});
