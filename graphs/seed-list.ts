import { LARGEST_SEED } from './ports.ts';

export const MOST_SEEDS = 1000;

/** Seeds as they are written: numbers with commas, spaces or line breaks between them; `5-9` stands for 5, 6, 7, 8, 9. */
export function readSeeds(text: string): { seeds: readonly number[]; fault: string | null } {
  const seeds: number[] = [];
  for (const word of text.split(/[\s,;]+/)) {
    if (word === '') continue;
    const [, first, last] = /^(\d{1,10})(?:[-–](\d{1,10}))?$/.exec(word) ?? [];
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    if (first === undefined || from < 1 || to > LARGEST_SEED || to < from)
      return fault(
        `Expected whole numbers from 1 to ${LARGEST_SEED.toLocaleString('en')}, got “${word.slice(0, 40)}”.`,
      );
    if (seeds.length + to - from + 1 > MOST_SEEDS)
      return fault(`A sweep has at most ${MOST_SEEDS.toLocaleString('en')} seeds: write fewer.`);
    for (let seed = from; seed <= to; seed++) seeds.push(seed);
  }
  return { seeds, fault: null };
}

/** So many seeds that are neither among `taken` nor twice; `random` is in [0, 1). */
export function rollSeeds(count: number, taken: readonly number[], random: () => number): number[] {
  const used = new Set(taken);
  const rolled: number[] = [];
  while (rolled.length < count) {
    let seed = 1 + Math.floor(random() * 999_999);
    while (used.has(seed)) seed = seed === 999_999 ? 1 : seed + 1;
    used.add(seed);
    rolled.push(seed);
  }
  return rolled;
}

const fault = (message: string) => ({ seeds: [], fault: message });
