import { expect, it } from 'vitest';
import { duplicateWords } from '../../graphs/duplicates.ts';

it.each([
  [['a', 'b', 'c'], null],
  [['a', 'b', 'a'], '1 prompt occurs twice: made once, shown twice.'],
  [['a', 'b', 'a', 'b', 'c'], '2 prompts occur twice: made once, shown twice.'],
  [['a', 'a', 'a'], '1 prompt occurs 3 times: made once, shown 3 times.'],
  [['a', 'a', 'a', 'b', 'b'], '2 prompts occur more than once: made once, shown as often.'],
  [[], null],
])('[A4] %j: %s', (values, words) => {
  expect(duplicateWords(values, ['prompt', 'prompts'])).toBe(words);
});
