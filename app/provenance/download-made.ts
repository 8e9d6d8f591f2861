import type { Downloaded } from './download.ts';
import { findMade, type Found } from './find-made.ts';

/** What a file of a picture carries that was found by its key. */
export function downloadOf({ job, picture, provenance, place }: Found): Downloaded {
  if (!picture) throw new Error('The picture is not here any more, so it cannot be saved.');
  const { made, madeFor } = job;
  return {
    picture,
    provenance,
    graph: place && { title: place.title, graph: place.graph },
    name: [place?.title ?? madeFor ?? '', made?.nodeTitle ?? '', ...(made?.point ?? []).map(({ value }) => value)],
  };
}

/** The same, looked up when it is wanted: for lists of pictures that know no more than their keys. */
export async function downloadOfKey(world: Parameters<typeof findMade>[0], key: string): Promise<Downloaded> {
  const found = await findMade(world, key);
  if (!found) throw new Error('The job book knows nothing of this picture any more.');
  return downloadOf(found);
}
