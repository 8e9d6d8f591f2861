import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';
import { LARGEST_SEED } from '../graphs/ports.ts';

/**
 * The fields of RunComfy's stepfun-ai/stepx-edit2 with its names, types and defaults, but for the seed: the service's
 * default 0 may mean "random", and a picture that cannot be asked for again is no use here, so seeds begin at 1.
 */
export default defineNode({
  type: 'edit',
  version: 1,
  title: 'Edit',
  category: 'Edits',
  description: 'One edit of one picture by words, made by the edit service (Step1X-Edit v1.2, or the offline service).',
  params: z.object({
    prompt: z.string().max(8000).default('').meta({
      title: 'Prompt',
      control: 'textarea',
      placeholder: 'What shall change? “change the background to orange”',
    }),
    negative_prompt: z
      .string()
      .max(8000)
      .default('')
      .meta({ title: 'Negative prompt', control: 'textarea', rows: 1, placeholder: 'What is unwanted? “blurry”' }),
    seed: z.number().int().min(1).max(LARGEST_SEED).default(1).meta({ title: 'Seed', control: 'seed' }),
    enable_thinking_mode: z.boolean().default(true).meta({
      title: 'Thinking',
      description: 'Turns abstract words (“make it feel like a cold morning”) into a concrete edit first.',
    }),
    enable_reflection_mode: z.boolean().default(true).meta({
      title: 'Reflection',
      description: 'Checks the result and corrects it, up to three rounds. Takes longer.',
    }),
    output_format: z.enum(['jpeg', 'png']).default('jpeg').meta({ title: 'Format' }),
  }),
  inputs: {
    image: { kind: 'image', required: true, title: 'Image' },
    prompt: { kind: 'text', required: true, title: 'Prompt' },
    negative_prompt: { kind: 'text', title: 'Negative prompt' },
    seed: { kind: 'seed', title: 'Seed' },
    enable_thinking_mode: { kind: 'switch', title: 'Thinking' },
    enable_reflection_mode: { kind: 'switch', title: 'Reflection' },
    output_format: { kind: 'format', title: 'Format' },
  },
  outputs: { image: { kind: 'image', title: 'Image' } },
  uses: 'edits',
  fresh: (random) => ({ seed: 1 + Math.floor(random() * 999_999) }),
  run: async ({ values, edits }) => ({ image: await edits.edit(values) }),
});
