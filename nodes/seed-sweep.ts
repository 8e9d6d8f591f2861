import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';
import { LARGEST_SEED } from '../graphs/ports.ts';

export default defineNode({
  type: 'seed-sweep',
  version: 1,
  title: 'Seed sweep',
  category: 'Sweeps',
  description: 'Consecutive seeds as an axis: every edit behind it is made once for each seed.',
  params: z.object({
    first: z.number().int().min(1).max(LARGEST_SEED).default(1).meta({ title: 'First seed', control: 'seed' }),
    count: z.number().int().min(0).max(1000).default(4).meta({ title: 'How many' }),
  }),
  inputs: {},
  outputs: { seed: { kind: 'seed', title: 'Seed' } },
  check: ({ first, count }) =>
    first + count - 1 > LARGEST_SEED ? `The last seed would be above ${LARGEST_SEED}: lower the first one.` : null,
  axis: ({ first, count }) => Array.from({ length: count }, (_, i) => first + i),
  run: ({ at }) => ({ seed: at as number }),
});
