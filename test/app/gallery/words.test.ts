import { expect, it } from 'vitest';
import { galleryZipSchema, type GalleryName } from '../../../app/gallery-wire.ts';
import { fileNamesOf } from '../../../app/gallery/file-names.ts';
import { isFiltered, noFilter, toggled } from '../../../app/gallery/view.ts';
import { chipsOf, entryPrice, ratingFilterTip, ratingTip, serviceName } from '../../../app/gallery/words.ts';

const name = (prompt: string, seed = 7): GalleryName => ({
  key: 'a'.repeat(64),
  sha256: 'b'.repeat(64),
  mediaType: 'image/jpeg',
  prompt,
  seed,
});

it('each filter is a chip that takes it away', () => {
  const filter = {
    ...noFilter,
    words: 'cup',
    rating: 3,
    graphs: ['Mugs', ''],
    values: [{ title: 'Seed', value: '4' }],
    services: ['offline/1/stepfun-ai/stepx-edit2'],
    here: 'any' as const,
  };
  const chips = chipsOf(filter);
  expect(chips.map(({ label }) => label)).toEqual([
    '3 stars or more',
    'Mugs',
    'Graph not known',
    'Seed: 4',
    'Offline service',
    'Also those that are not here',
  ]);
  expect(chips[1]!.without).toEqual({ ...filter, graphs: [''] });
  expect(chips.map(({ without }) => without.words)).toEqual(chips.map(() => 'cup'));
});

it('days stand in words, the last one included', () => {
  const day = (number: number) => new Date(2031, 4, number).getTime();
  const labels = (from: number | null, until: number | null) =>
    chipsOf({ ...noFilter, from, until }).map(({ label }) => label);
  expect(labels(day(3), day(5))).toEqual(['May 3, 2031 – May 4, 2031']);
  expect(labels(day(3), day(4))).toEqual(['May 3, 2031']);
  expect(labels(day(3), null)).toEqual(['Since May 3, 2031']);
  expect(labels(null, day(4))).toEqual(['Until May 3, 2031']);
});

it('words alone are no filter', () => {
  expect(isFiltered({ ...noFilter, words: 'x' })).toBe(false);
  expect(isFiltered({ ...noFilter, until: 1 })).toBe(true);
  expect([toggled(['a'], 'b'), toggled(['a', 'b'], 'a')]).toEqual([['a', 'b'], ['b']]);
});

it('a price that is not known is not called free', () => {
  expect(entryPrice({ service: 'offline/1/x', price: null })).toBe('free');
  expect(entryPrice({ service: 'api.example/x', price: null })).toBe('price not known');
  expect(entryPrice({ service: 'api.example/x', price: 0.05 })).toBe('$0.05');
  expect(serviceName('api.example/stepfun-ai/stepx-edit2')).toBe('api.example · Step1X-Edit v1.2');
});

it('at the filter the stars say what they show, and nothing of taking a rating away', () => {
  expect([1, 3, 5].map((stars) => ratingFilterTip(stars, 3))).toEqual([
    '1 star or more',
    'Show all ratings',
    '5 stars',
  ]);
  expect([1, 3].map((stars) => ratingTip(stars, 3))).toEqual(['1 star (1)', 'Take the rating away (0)']);
});

it('[L8] names in a zip are numbered, telling, and such as every system takes', () => {
  const files = fileNamesOf([
    name('change the background: orange/teal?'),
    name('\u0000\u202e../../etc\\passwd\n* "x"'),
    name('🎈'.repeat(300)),
    name('x\ud800y'),
    name(''),
  ]);
  expect(files.map((file) => file.name)).toEqual([
    '1 change the background orange teal - seed 7.jpg',
    '2 .. .. etc passwd x - seed 7.jpg',
    `3 ${'🎈'.repeat(70)} - seed 7.jpg`,
    '4 x y - seed 7.jpg',
    '5 - seed 7.jpg',
  ]);
  expect(galleryZipSchema.safeParse({ files }).success).toBe(true);
});
