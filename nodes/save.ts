import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'save',
  version: 1,
  title: 'Save',
  category: 'Results',
  description: 'Writes every picture that arrives into the outputs folder, with how it was made and its graph inside.',
  params: z.object({
    name: z.string().max(400).default('{title}/{title}-{index}').meta({
      title: 'File name',
      control: 'text',
      description:
        'Tokens: {title} {seed} {prompt} {index} {date} {axis:NAME}. A / makes a folder. A file is never overwritten.',
    }),
  }),
  inputs: { image: { kind: 'image', required: true, title: 'Image' } },
  outputs: {},
  check: ({ name }) => (name.trim() ? null : 'Write a file name.'),
  uses: 'outputs',
  run: async ({ values, outputs }) => ({ file: await outputs.save(values.image, values.name) }),
});
