import type { GalleryEntry, GalleryFilter } from '../gallery-wire.ts';
import { modelName } from '../panels/service-words.ts';
import { priceWords } from '../storage-words.ts';

const number = new Intl.NumberFormat('en');
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export const countWords = (count: number): string => number.format(count);
export const picturesWords = (count: number): string =>
  `${number.format(count)} ${count === 1 ? 'picture' : 'pictures'}`;
export const dayWords = (time: number): string => day.format(time);
export const timeWords = (time: number): string => moment.format(time);

/** `Offline service` or `model-api.runcomfy.net`, with the model where it is another one. */
export function serviceName(id: string): string {
  const [first = '', ...model] = id.split('/');
  if (first === 'offline') return 'Offline service';
  const name = modelName(model.join('/'));
  return name ? `${first} · ${name}` : first;
}

export const graphName = (title: string): string => title || 'Graph not known';
export const nodeName = (title: string): string => title || 'Node not known';

/** What a tile is called for those who do not see it. */
export function entryWords(entry: GalleryEntry): string {
  const { prompt, seed, rating, here, madeAt, title } = entry;
  const parts = [
    prompt,
    ...(title === null ? [] : [`of ${title}`]),
    `seed ${seed}`,
    timeWords(madeAt),
    ...(rating > 0 ? [starWords(rating)] : []),
    ...(here ? [] : ['not here any more']),
  ];
  return parts.join(', ');
}

export const starWords = (rating: number): string => `${rating} ${rating === 1 ? 'star' : 'stars'}`;

export const ratingTip = (stars: number, rating: number): string =>
  rating === stars ? 'Take the rating away (0)' : `${starWords(stars)} (${stars})`;

/** At the filter, which takes nothing away from any picture. */
export const ratingFilterTip = (stars: number, rating: number): string =>
  rating === stars ? 'Show all ratings' : ratingWords(stars);

const ratingWords = (stars: number): string => (stars === 5 ? '5 stars' : `${starWords(stars)} or more`);

/** `$0.05`, `free`, `price not known` */
export function entryPrice({ service, price }: Pick<GalleryEntry, 'service' | 'price'>): string {
  return service.startsWith('offline/') ? 'free' : priceWords(price);
}

export type Chip = { readonly label: string; readonly without: GalleryFilter };

/** What is filtered by, each with the filter without it. */
export function chipsOf(filter: GalleryFilter): Chip[] {
  const without = (list: readonly string[], value: string): string[] => list.filter((one) => one !== value);
  const chips: Chip[] = [];
  if (filter.rating > 0)
    chips.push({
      label: ratingWords(filter.rating),
      without: { ...filter, rating: 0 },
    });
  if (filter.from !== null || filter.until !== null)
    chips.push({ label: spanWords(filter.from, filter.until), without: { ...filter, from: null, until: null } });
  for (const title of filter.graphs)
    chips.push({ label: graphName(title), without: { ...filter, graphs: without(filter.graphs, title) } });
  for (const title of filter.nodes)
    chips.push({ label: nodeName(title), without: { ...filter, nodes: without(filter.nodes, title) } });
  for (const one of filter.values)
    chips.push({
      label: `${one.title}: ${one.value}`,
      without: { ...filter, values: filter.values.filter((other) => other !== one) },
    });
  for (const id of filter.services)
    chips.push({ label: serviceName(id), without: { ...filter, services: without(filter.services, id) } });
  if (filter.here !== 'yes')
    chips.push({
      label: filter.here === 'no' ? 'Only those that are not here' : 'Also those that are not here',
      without: { ...filter, here: 'yes' },
    });
  return chips;
}

function spanWords(from: number | null, until: number | null): string {
  // `until` is the first moment that is not meant any more.
  if (from === null) return `Until ${dayWords((until ?? 0) - 1)}`;
  if (until === null) return `Since ${dayWords(from)}`;
  const [first, last] = [dayWords(from), dayWords(until - 1)];
  return first === last ? first : `${first} – ${last}`;
}
