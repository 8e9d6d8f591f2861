import { z } from 'zod';
import { artifactSchema } from '../graphs/artifact.ts';
import { duplicateWords } from '../graphs/duplicates.ts';
import { defineNode } from '../graphs/node-type.ts';

const MOST_PICTURES = 1000;

export default defineNode({
  type: 'image-batch',
  version: 1,
  title: 'Image batch',
  category: 'Sweeps',
  description: 'Many photographs or a whole folder as an axis: everything behind it is made once for each picture.',
  params: z.object({
    pictures: z
      .array(artifactSchema.extend({ name: z.string().max(400) }))
      .max(MOST_PICTURES, `A batch holds at most ${MOST_PICTURES.toLocaleString('en')} pictures.`)
      .default([])
      .meta({ title: 'Pictures', control: 'pictures', most: MOST_PICTURES }),
  }),
  inputs: {},
  outputs: { image: { kind: 'image', title: 'Image' } },
  check: ({ pictures }) => (pictures.length > 0 ? null : 'Choose pictures: press here, or drop files or a folder.'),
  note: ({ pictures }) =>
    duplicateWords(
      pictures.map(({ sha256 }) => sha256),
      ['picture', 'pictures'],
    ),
  axis: ({ pictures }) => pictures,
  run: ({ at }) => ({ image: at }),
});
