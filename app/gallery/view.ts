import type { GalleryFilter, GalleryName } from '../gallery-wire.ts';

/** What one was looking at, to come back to it from another dialog. */
export type GalleryView = {
  readonly filter: GalleryFilter;
  readonly top: string | null;
  /** The tile that the keys move. */
  readonly at: number;
  readonly selection: ReadonlyMap<string, GalleryName>;
  /** The picture is shown large. */
  readonly open: boolean;
};

export const noFilter: GalleryFilter = {
  words: '',
  graphs: [],
  nodes: [],
  values: [],
  services: [],
  rating: 0,
  from: null,
  until: null,
  here: 'yes',
};

/** All that a filter asks for apart from words. */
export type Narrowing = Omit<GalleryFilter, 'words'>;
export const narrowingOf = ({ filter: { words: _, ...rest } }: { readonly filter: GalleryFilter }): Narrowing => rest;

/** Is anything filtered by, apart from words? */
export function isFiltered({ words: _, ...filter }: GalleryFilter): boolean {
  const { graphs, nodes, values, services, rating, from, until, here } = filter;
  return (
    [graphs, nodes, values, services].some((list) => list.length > 0) ||
    rating > 0 ||
    from !== null ||
    until !== null ||
    here !== 'yes'
  );
}

/** With the value where it was not among them, without it where it was. */
export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}
