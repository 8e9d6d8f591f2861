import { z } from 'zod';
import { sha256Schema } from '../graphs/artifact.ts';
import { defineNode } from '../graphs/node-type.ts';
import { shortName } from '../graphs/point-name.ts';

const choiceSchema = z.object({ picked: z.array(sha256Schema).max(100), at: z.number().int().min(0) });

/** Older Editlooms kept choices under names of any length. */
function withShortNames<T>(choices: Record<string, T>): Record<string, T> {
  const names = Object.keys(choices);
  if (names.every((name) => shortName(name) === name)) return choices;
  return Object.fromEntries(names.map((name) => [shortName(name), choices[name]!]));
}

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
    choices: z
      .record(z.string(), choiceSchema)
      .transform(withShortNames)
      .default({})
      .meta({ title: 'Choices', control: 'none' }),
    order: z.array(z.string().max(200)).max(10_000).default([]).meta({ title: 'Order of the axes', control: 'none' }),
  }),
  inputs: { image: { kind: 'image', required: true, title: 'Image' } },
  outputs: { image: { kind: 'image', title: 'Image' } },
  gathers: { port: 'image', over: 'over' },
  picks: { count: 'count', choices: 'choices', order: 'order' },
  run: ({ values }) => ({ image: values.image }),
});
