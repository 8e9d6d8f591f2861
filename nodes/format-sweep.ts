import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'format-sweep',
  version: 1,
  title: 'Format sweep',
  category: 'Sweeps',
  description: 'JPEG and PNG as an axis: everything behind it is made in both file formats.',
  params: z.object({
    order: z.enum(['jpeg, png', 'png, jpeg']).default('jpeg, png').meta({ title: 'Order' }),
  }),
  inputs: {},
  outputs: { format: { kind: 'format', title: 'Format' } },
  axis: ({ order }) => (order === 'jpeg, png' ? (['jpeg', 'png'] as const) : (['png', 'jpeg'] as const)),
  run: ({ at }) => ({ format: at }),
});
