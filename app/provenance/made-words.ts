import type { Found } from './find-made.ts';

/** Where a picture was made, in a sentence; and what is not known of that. */
export function pictureNote({ job, place }: Pick<Found, 'job' | 'place'>): string {
  const { made, madeFor } = job;
  const graph = place?.title ?? madeFor;
  if (!made)
    return graph
      ? `Made for “${graph}”, before Editloom kept the graph with each picture: the request is all that is known.`
      : 'Made before Editloom kept the graph with each picture: the request is all that is known.';
  const point = made.point.map(({ title, value }) => `${title}: ${value}`).join(' · ');
  const where = `Made${graph ? ` by “${graph}”` : ''}, at ${made.nodeTitle}${point ? ` (${point})` : ''}.`;
  return place ? where : `${where} Its graph was not kept, or cannot be read any more.`;
}
