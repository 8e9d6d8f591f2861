import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'prompt',
  version: 1,
  title: 'Prompt',
  category: 'Sources',
  description: 'What the edit shall do, in words; one node may feed many edits.',
  params: z.object({
    text: z.string().max(8000).default('').meta({
      title: 'Prompt',
      control: 'textarea',
      placeholder: 'What shall change? “change the background to orange”',
    }),
  }),
  inputs: {},
  outputs: { text: { kind: 'text', title: 'Text' } },
  check: ({ text }) => (text.trim() ? null : 'Write a prompt.'),
  run: ({ values }) => ({ text: values.text }),
});
