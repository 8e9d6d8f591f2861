import { expect, it } from 'vitest';
import { createResultAddresses } from '../../../app/server/result-addresses.ts';
import { jobOf } from '../../support/fake-feed.ts';

const shaOf = (number: number) => number.toString(16).padStart(64, '0');

function done(number: number) {
  const artifact = { sha256: shaOf(number), width: 1, height: 1, mediaType: 'image/png' as const, bytes: 1 };
  return jobOf(shaOf(number), number, { status: 'done', artifacts: [artifact], resultUrls: [`https://r/${number}`] });
}

it('keeps the addresses of the latest few thousand results, each for some hours', () => {
  let now = 0;
  const addresses = createResultAddresses(() => now);
  for (let number = 1; number <= 20_000; number++) addresses.remember(done(number));
  const found = Array.from({ length: 20_000 }, (_, i) => addresses.find('test', shaOf(i + 1))).filter(Boolean);
  expect({ count: found.length, last: found.at(-1) }).toEqual({ count: 5000, last: 'https://r/20000' });
  now = 7 * 3_600_000;
  expect(addresses.find('test', shaOf(20_000))).toBeNull();
});
