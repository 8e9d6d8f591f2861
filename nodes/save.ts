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
      control: 'file-name',
      description:
        'Tokens: {title} {seed} {prompt} {index} {date} {axis:NAME}. A / makes a folder. A file is never overwritten.',
    }),
    // Undefined where it is off, so that files saved before there was this switch keep their keys.
    plain: z
      .boolean()
      .optional()
      .transform((on) => on || undefined)
      .meta({
        title: 'Without details',
        control: 'switch',
        description: 'The files carry neither how they were made nor the graph, nor EXIF or the like: to give away.',
      }),
  }),
  inputs: { image: { kind: 'image', required: true, title: 'Image' } },
  outputs: {},
  check: ({ name }) => (name.trim() ? null : 'Write a file name.'),
  uses: 'outputs',
  run: async ({ values, outputs }) => ({ file: await outputs.save(values.image, values.name, values) }),
});
