import { z } from 'zod';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'contact-sheet',
  version: 1,
  title: 'Contact sheet',
  category: 'Results',
  description: 'Writes one sheet of all pictures of a list into the outputs folder, labelled by their values.',
  params: z.object({
    name: z.string().max(400).default('{title}/{title}-sheet').meta({
      title: 'File name',
      control: 'file-name',
      description: 'Tokens: {title} {index} {date} {axis:NAME}. A / makes a folder. A file is never overwritten.',
    }),
    format: z.enum(['png', 'pdf']).default('png').meta({ title: 'Format' }),
    cell: z.enum(['small', 'medium', 'large']).default('medium').meta({ title: 'Cells' }),
  }),
  inputs: { images: { kind: 'images', required: true, title: 'Images' } },
  outputs: {},
  check: ({ name }) => (name.trim() ? null : 'Write a file name.'),
  uses: 'outputs',
  run: async ({ values, outputs }) => ({ file: await outputs.saveSheet(values.images, values.name, values) }),
});
