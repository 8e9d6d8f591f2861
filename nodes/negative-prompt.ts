import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'negative-prompt',
  version: 1,
  title: 'Negative prompt',
  category: 'Sources',
  description: 'What the picture shall not show: “blurry, noise”. May be empty.',
  params: z.object({
    text: z.string().max(8000).default('').meta({
      title: 'Negative prompt',
      control: 'textarea',
      placeholder: 'What is unwanted? “blurry, noise, oversaturated”',
    }),
  }),
  inputs: {},
  outputs: { text: { kind: 'text', title: 'Text' } },
  run: ({ values }) => ({ text: values.text }),
});
