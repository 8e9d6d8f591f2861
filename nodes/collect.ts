import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'collect',
  version: 1,
  title: 'Collect',
  category: 'Sweeps',
  description: 'Takes axes away: all pictures along them go on as one list, to nodes that want a list.',
  params: z.object({
    over: z.array(z.string().max(200)).max(100).default([]).meta({
      title: 'Axes',
      control: 'axes',
      description: 'The axes that end here; all of them, while none is chosen.',
    }),
  }),
  inputs: { image: { kind: 'image', required: true, title: 'Image' } },
  outputs: { images: { kind: 'images', title: 'Images' } },
  gathers: { port: 'image', over: 'over' },
  // What is gathered arrives as a list.
  run: ({ values }) => ({ images: [values.image].flat() }),
});
