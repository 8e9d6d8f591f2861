import { z } from 'zod';
import { artifactSchema } from '../graphs/artifact.ts';
import { defineNode } from '../graphs/node-type.ts';

export default defineNode({
  type: 'load-image',
  version: 1,
  title: 'Load image',
  category: 'Sources',
  description: 'A photograph from your computer: choose, drop or paste a file, or give an address.',
  params: z.object({
    picture: artifactSchema
      .extend({ name: z.string().max(400) })
      .nullable()
      .default(null)
      .meta({ title: 'Picture', control: 'picture' }),
  }),
  inputs: {},
  outputs: { image: { kind: 'image', title: 'Image' } },
  check: ({ picture }) => (picture ? null : 'Choose a picture: press here, or drop or paste one.'),
  run: ({ values: { picture } }) => ({ image: picture! }),
});
