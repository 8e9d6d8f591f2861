import { z } from 'zod';
import { sha256Schema } from '../graphs/artifact.ts';
import { defineNode } from '../graphs/node-type.ts';

const choiceSchema = z.object({ picked: z.array(sha256Schema).max(100), at: z.number().int().min(0) });

export default defineNode({
  type: 'pick',
  version: 1,
  title: 'Pick',
  category: 'Sweeps',
  description: 'Waits for you: shows all pictures along some axes, and only those that you choose go on.',
  params: z.object({
    count: z.number().int().min(1).max(100).default(1).meta({ title: 'How many' }),
    over: z.array(z.string().max(200)).max(100).default([]).meta({
      title: 'Choose among',
      control: 'axes',
      description:
        'The axes to choose along: one choice is made at each point of the others. All of them, while none is chosen.',
    }),
    choices: z.record(z.string().max(2000), choiceSchema).default({}).meta({ title: 'Choices', control: 'none' }),
  }),
  inputs: { image: { kind: 'image', required: true, title: 'Image' } },
  outputs: { image: { kind: 'image', title: 'Image' } },
  gathers: { port: 'image', over: 'over' },
  picks: { count: 'count', choices: 'choices' },
  run: ({ values }) => ({ image: values.image }),
});
