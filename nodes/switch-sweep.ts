import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'switch-sweep',
  version: 1,
  title: 'Switch sweep',
  category: 'Sweeps',
  description: 'Off and on as an axis, for thinking or reflection: everything behind it is made both ways.',
  params: z.object({
    order: z.enum(['off, on', 'on, off']).default('off, on').meta({ title: 'Order' }),
  }),
  inputs: {},
  outputs: { on: { kind: 'switch', title: 'Switch' } },
  axis: ({ order }) => (order === 'off, on' ? [false, true] : [true, false]),
  run: ({ at }) => ({ on: at as boolean }),
});
