import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from '../wire.ts';
import type { PictureStore } from './pictures.ts';

/** The photographs that come with Editloom, see app/samples/LICENSES.md. The first is the one on screen at first start. */
const samples = [
  { file: 'coffee.png', title: 'A cup of coffee', credit: 'Rachel Michetti, courtesy of Pikolo Espresso Bar, CC0' },
  { file: 'chelsea.png', title: 'A cat', credit: 'Stefan van der Walt, CC0' },
  { file: 'astronaut.png', title: 'An astronaut', credit: 'NASA Great Images, public domain' },
  { file: 'rocket.jpg', title: 'A rocket', credit: 'SpaceX Photos, public domain' },
];

/** Puts the samples into the store; one that was deleted meanwhile is put back. */
export function createSamples(folder: string, pictures: PictureStore): () => Promise<Sample[]> {
  let importing: Promise<Sample[]> | null = null;
  const importAll = () =>
    Promise.all(
      samples.map(async ({ file, title, credit }) => {
        const artifact = await pictures.addUpload(await readFile(join(folder, file)));
        return { title, credit, artifact };
      }),
    );
  return async () => {
    importing ??= importAll().catch((error: unknown) => {
      importing = null;
      throw error;
    });
    const imported = await importing;
    // A sample deleted from the data folder comes back rather than staying a hole.
    const gone = await pictures.missing(imported.map(({ artifact }) => artifact.sha256));
    if (gone.size === 0) return imported;
    importing = null;
    return importAll();
  };
}
