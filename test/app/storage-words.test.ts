import { expect, it } from 'vitest';
import { removalSentence } from '../../app/server/storage-words.ts';
import { measure } from '../../app/services/browser-storage.ts';
import { paidSum, paidWords, sizeWords } from '../../app/storage-words.ts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1460, '1.5 kB'],
  [23_400_000, '23 MB'],
  [999_600, '1 MB'],
  [1_500_000_000, '1.5 GB'],
  [3e15, '3,000 TB'],
])('%d bytes are shown as %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

it('a price that is not known is never shown as nothing', () => {
  const sum = (...prices: (number | null)[]) => paidWords(paidSum(prices.map((price) => ({ paid: true, price }))));
  expect([sum(0.05, 0.05, 0.05), sum(0.1, null), sum(null), sum(null, null), sum(0.1, 0.2)]).toEqual([
    '$0.15',
    '$0.10 (1 price not known)',
    'price not known',
    'prices not known',
    '$0.30',
  ]);
});

it('a removal names the pictures that were paid for, the first ones where there are many', () => {
  const one = (prompt: string, price: number | null) => ({ sha256: '0'.repeat(64), prompt, madeFor: 'Cup', price });
  const paid = [one('red', 0.05), one('blue', 0.1), one('green', null)];
  const sum = paidSum(paid.map(({ price }) => ({ paid: true, price })));
  expect(removalSentence(14, 23e6, paid, sum)).toBe(
    'Removes 14 pictures, 23 MB; 3 of them were paid for: “red” of “Cup” ($0.05), “blue” of “Cup” ($0.10), “green” of “Cup” (price not known), together $0.15 (1 price not known).',
  );
  const many = Array.from({ length: 7 }, (_, i) => one(`p${i}`, 0.01));
  expect(removalSentence(7, 1000, many, paidSum(many.map((each) => ({ paid: true, ...each }))))).toMatch(
    /“p4” of “Cup” \(\$0\.01\), 2 more, together \$0\.07\.$/,
  );
  expect(removalSentence(2, 1000, [], paidSum([]))).toBe('Removes 2 pictures, 1 kB. None of them was paid for.');
  expect(removalSentence(1, 1000, [], paidSum([]))).toBe('Removes 1 picture, 1 kB. It was not paid for.');
  expect(removalSentence(1, 1000, [one('red', 0.05)], paidSum([{ paid: true, price: 0.05 }]))).toBe(
    'Removes 1 picture, 1 kB; it was paid for: “red” of “Cup” ($0.05).',
  );
});

it('pictures are found by name in drafts and versions of any shape', () => {
  const named = new Set<string>();
  const [a, b] = ['ab'.repeat(32), 'cd'.repeat(32)];
  const bytes = measure({ text: `{"picture":{"sha256":"${a}"}}`, about: [{ covers: [b] }], count: 3 }, named);
  expect([...named]).toEqual([a, b]);
  expect(bytes).toBeGreaterThan(150);
  measure(`${a}ff`, named);
  expect(named.size).toBe(2);
});
