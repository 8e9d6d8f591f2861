import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MOST_AUTOMATIC, MOST_BYTES, superfluous } from '../../../app/versions/thinning.ts';
import type { Version } from '../../../app/versions/version.ts';

const NOON = new Date(2026, 4, 20, 12).getTime();
const HOUR = 3_600_000;

const version = (id: string, hoursAgo: number, more: Partial<Version> = {}): Version => ({
  id,
  document: 'd',
  title: 'T',
  number: 1,
  at: NOON - hoursAgo * HOUR,
  reason: 'run',
  name: null,
  words: [],
  first: false,
  nodes: 1,
  bytes: 1000,
  pictures: [],
  ...more,
});

it('[R4] keeps everything of the last 24 hours, then the last one of each day for each graph', () => {
  const versions = [
    version('now', 0),
    version('night', 13),
    version('morning', 23),
    version('yesterday', 25),
    version('other', 26, { document: 'e' }),
    version('named', 27, { name: 'Best' }),
    version('late', 50),
    version('early', 59),
  ];
  expect(superfluous(versions, NOON)).toEqual(['yesterday', 'early']);
});

it('[R4] keeps no more than the limit in number and bytes, and always the newest', () => {
  const many = Array.from({ length: MOST_AUTOMATIC + 2 }, (_, i) => version(`v${i}`, i / 100));
  expect(superfluous(many, NOON)).toEqual([`v${MOST_AUTOMATIC}`, `v${MOST_AUTOMATIC + 1}`]);
  const large = (id: string, bytes: number) => version(id, 0, { bytes });
  expect(superfluous([large('huge', MOST_BYTES + 1), large('small', 10)], NOON)).toEqual(['small']);
  expect(superfluous([large('a', MOST_BYTES - 10), large('b', 20), large('c', 5)], NOON)).toEqual(['b']);
});

it('[R4] never removes what has a name, and what is left is not thinned out again', () => {
  const some = fc.array(
    fc.record({
      hours: fc.double({ min: 0, max: 500, noNaN: true }),
      document: fc.constantFrom('d', 'e'),
      name: fc.constantFrom(null, null, 'Best'),
      bytes: fc.integer({ min: 0, max: 20_000_000 }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(some, (list) => {
      const versions = list
        .toSorted((a, b) => a.hours - b.hours)
        .map(({ hours, ...more }, i) => version(`v${i}`, hours, more));
      const gone = new Set(superfluous(versions, NOON));
      const left = versions.filter(({ id }) => !gone.has(id));
      expect(versions.filter(({ id, name }) => gone.has(id) && name !== null)).toEqual([]);
      expect(superfluous(left, NOON)).toEqual([]);
      expect(left.length > 0).toBe(versions.length > 0);
    }),
  );
});
