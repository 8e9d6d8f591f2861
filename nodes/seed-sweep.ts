import { z } from 'zod';
import { duplicateWords } from '../graphs/duplicates.ts';
import { defineNode } from '../graphs/node-type.ts';
import { LARGEST_SEED } from '../graphs/ports.ts';
import { MOST_SEEDS, readSeeds } from '../graphs/seed-list.ts';

export default defineNode({
  type: 'seed-sweep',
  version: 1,
  title: 'Seed sweep',
  category: 'Sweeps',
  description: 'Seeds as an axis, consecutive, listed or random: every edit behind it is made once for each seed.',
  params: z.object({
    as: z.enum(['range', 'list']).default('range').meta({ title: 'Seeds', prominent: true }),
    first: z
      .number()
      .int()
      .min(1)
      .max(LARGEST_SEED)
      .default(1)
      .meta({ title: 'First seed', control: 'seed', where: { as: 'range' } }),
    count: z
      .number()
      .int()
      .min(0)
      .max(MOST_SEEDS)
      .default(4)
      .meta({ title: 'How many', where: { as: 'range' } }),
    list: z
      .string()
      .max(20_000)
      .default('')
      .meta({ title: 'List', control: 'seeds', rows: 2, placeholder: '3, 17, 40-44', where: { as: 'list' } }),
  }),
  inputs: {},
  outputs: { seed: { kind: 'seed', title: 'Seed' } },
  check: ({ as, first, count, list }) => {
    if (as === 'range')
      return first + count - 1 > LARGEST_SEED
        ? `The last seed would be above ${LARGEST_SEED}: lower the first one.`
        : null;
    const { seeds, fault } = readSeeds(list);
    return fault ?? (seeds.length > 0 ? null : 'Write at least one seed, or let some be rolled.');
  },
  note: ({ as, list }) => (as === 'list' ? duplicateWords(readSeeds(list).seeds.map(String), ['seed', 'seeds']) : null),
  axis: ({ as, first, count, list }) =>
    as === 'list' ? readSeeds(list).seeds : Array.from({ length: count }, (_, i) => first + i),
  longer: ({ as, first, count, list }, by) => {
    const { seeds } = readSeeds(list);
    const length = (as === 'list' ? seeds.length : count) + by;
    const last = as === 'list' ? seeds.reduce((most, seed) => Math.max(most, seed), 0) + by : first + length - 1;
    if (length > MOST_SEEDS || last > LARGEST_SEED) return null;
    if (as === 'range') return { count: length };
    const more = by === 1 ? String(last) : `${last - by + 1}-${last}`;
    return { list: seeds.length === 0 ? more : `${list.replace(/[\s,;]+$/, '')}, ${more}` };
  },
  run: ({ at }) => ({ seed: at as number }),
});
