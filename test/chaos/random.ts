import { createHash } from 'node:crypto';

/** Seeded numbers. `named` begins another row that depends on seed and name alone, not on what was drawn before. */
export type Random = ReturnType<typeof createRandom>;

export function createRandom(...seeds: (string | number)[]) {
  let state = createHash('sha256').update(seeds.join(' ')).digest().readUInt32LE();

  /** mulberry32 by Tommy Ettinger, in the public domain. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (probability: number): boolean => next() < probability,
    pick: <T>(list: readonly T[]): T => list[between(0, list.length - 1)]!,
    /** One of the names by its weight; null for what is missing to 1. */
    draw<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name | null {
      let rest = next();
      for (const [name, weight] of Object.entries(weights) as [Name, number][]) {
        rest -= weight;
        if (rest < 0) return name;
      }
      return null;
    },
    named: (...names: (string | number)[]) => createRandom(...seeds, ...names),
  };
}
