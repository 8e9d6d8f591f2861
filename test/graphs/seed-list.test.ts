import { expect, it } from 'vitest';
import { readSeeds, rollSeeds } from '../../graphs/seed-list.ts';

it.each([
  ['3, 17, 99', [3, 17, 99]],
  ['3 17\n99;4', [3, 17, 99, 4]],
  ['40-43, 7', [40, 41, 42, 43, 7]],
  ['40–41', [40, 41]],
  [' , \n', []],
  ['2147483647', [2147483647]],
])('[A4] seeds are read as they are written: %j', (text, seeds) => {
  expect(readSeeds(text)).toEqual({ seeds, fault: null });
});

it.each([
  ['0', '“0”'],
  ['2147483648', '“2147483648”'],
  ['7, x9', '“x9”'],
  ['9-5', '“9-5”'],
  ['-3', '“-3”'],
  ['1.5', '“1.5”'],
])('[P2] what is no seed is named: %j', (text, named) => {
  expect(readSeeds(text)).toEqual({
    seeds: [],
    fault: `Expected whole numbers from 1 to 2,147,483,647, got ${named}.`,
  });
});

it('[P2] more seeds than a sweep holds are refused before they are written down', () => {
  expect(readSeeds('1-1000').seeds).toHaveLength(1000);
  expect(readSeeds('1-2147483647').fault).toBe('A sweep has at most 1,000 seeds: write fewer.');
});

it('random seeds are new ones, each once, however the dice fall', () => {
  expect(rollSeeds(3, [], () => 0)).toEqual([1, 2, 3]);
  expect(rollSeeds(3, [1, 3], () => 0)).toEqual([2, 4, 5]);
  expect(rollSeeds(2, [], () => 0.999_999_9)).toEqual([999_999, 1]);
});
