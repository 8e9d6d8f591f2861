import type { Paid, PaidPicture, StoredPicture } from './storage-wire.ts';

const number = new Intl.NumberFormat('en');
const money = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});

export const pictureCount = (count: number): string =>
  `${number.format(count)} ${count === 1 ? 'picture' : 'pictures'}`;

/** `23 MB`, as disks are sold: a million bytes. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return `${value} ${value === 1 ? 'byte' : 'bytes'}`;
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : number.format(Math.round(value))} ${units[unit]}`;
}

/** A price that is not known is never shown as nothing. */
export const priceWords = (price: number | null): string => (price === null ? 'price not known' : money.format(price));

export function paidSum(pictures: readonly Pick<StoredPicture, 'paid' | 'price'>[]): Paid {
  const sum = { count: 0, known: 0, unknown: 0 };
  for (const { paid, price } of pictures) {
    if (!paid) continue;
    sum.count++;
    if (price === null) sum.unknown++;
    else sum.known += price;
  }
  return { ...sum, known: Math.round(sum.known * 1e6) / 1e6 };
}

/** `$0.15 (1 price not known)` */
export function paidWords({ count, known, unknown }: Paid): string {
  if (unknown === count) return count === 1 ? 'price not known' : 'prices not known';
  const rest = unknown === 0 ? '' : ` (${unknown} ${unknown === 1 ? 'price' : 'prices'} not known)`;
  return `${money.format(known)}${rest}`;
}

export function pictureName({ prompt, madeFor }: Pick<PaidPicture, 'prompt' | 'madeFor'>): string {
  if (prompt === null) return 'a picture of unknown origin';
  return madeFor === null ? `“${prompt}”` : `“${prompt}” of “${madeFor}”`;
}
