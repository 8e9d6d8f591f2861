import type { z } from 'zod';
import type { Api } from '../api.ts';
import {
  galleryEntriesSchema,
  galleryFacetsSchema,
  galleryNamesSchema,
  galleryPageSchema,
  type GalleryAsk,
  type GalleryEntry,
  type GalleryFacets,
  type GalleryFilter,
  type GalleryName,
  type GalleryPage,
  type GalleryZip,
} from '../gallery-wire.ts';

export type GalleryApi = ReturnType<typeof createGalleryApi>;

/** The calls about all pictures ever made, loaded with the gallery only. */
export function createGalleryApi({ ask }: Pick<Api, 'ask'>) {
  const post = (path: string, value: unknown, signal?: AbortSignal): Promise<Response> =>
    ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(value),
      ...(signal && { signal }),
    });
  const json = async <S extends z.ZodType>(schema: S, path: string, value: unknown, signal?: AbortSignal) =>
    schema.parse(await (await post(path, value, signal)).json());

  return {
    page: (question: GalleryAsk, signal?: AbortSignal): Promise<GalleryPage> =>
      json(galleryPageSchema, '/api/gallery', question, signal),
    facets: (filter: GalleryFilter, signal?: AbortSignal): Promise<GalleryFacets> =>
      json(galleryFacetsSchema, '/api/gallery/facets', { filter }, signal),
    names: (filter: GalleryFilter): Promise<GalleryName[]> =>
      json(galleryNamesSchema, '/api/gallery/names', { filter }),
    entries: (keys: readonly string[]): Promise<GalleryEntry[]> =>
      json(galleryEntriesSchema, '/api/gallery/entries', { keys }),
    zip: async (files: GalleryZip['files']): Promise<Blob> => (await post('/api/gallery/zip', { files })).blob(),
  };
}
