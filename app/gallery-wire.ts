import { z } from 'zod';
import { mediaTypeSchema, sha256Schema } from '../graphs/artifact.ts';
import { keySchema, madeSchema, ratingSchema } from './wire.ts';

/** What the browser and our own server say to each other about the gallery; parsed on both sides. */

/** Body of PUT /api/ratings/<key>; 0 takes the rating away. Answers with the job; others hear of it on the event stream. */
export const rateSchema = z.object({ rating: ratingSchema });

/** One picture that was ever made, as a tile of the gallery needs it. GET /api/jobs/<key> has all the rest. */
export const galleryEntrySchema = z.object({
  key: keySchema,
  sha256: sha256Schema,
  width: z.number().int(),
  height: z.number().int(),
  mediaType: mediaTypeSchema,
  bytes: z.number(),
  /** The beginning of the prompt. */
  prompt: z.string(),
  seed: z.number().int(),
  /** Id of the edit service. */
  service: z.string(),
  /** US dollars; null = not known, which is never shown as 0. */
  price: z.number().nullable(),
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  /** The title of the graph that it was first asked for; null = not known. */
  title: z.string().nullable(),
  made: madeSchema.nullable(),
  rating: ratingSchema,
  /** Its file is in the picture store. */
  here: z.boolean(),
});
export type GalleryEntry = z.infer<typeof galleryEntrySchema>;

/** A place in the order of the gallery, newest first; it stays the same while new pictures come. */
export const cursorSchema = z.string().regex(/^\d{1,16}-[0-9a-f]{64}$/, 'Expected a place in the gallery');

const texts = z.array(z.string().max(400)).max(50).default([]);

/** What is looked for. Values of one kind are joined by "or", kinds by "and". */
export const galleryFilterSchema = z.object({
  /** Words of the prompt, each from its beginning; all of them have to be there. */
  words: z.string().max(400).default(''),
  /** Titles of graphs; an empty text stands for pictures of which none is known. */
  graphs: texts,
  /** Titles of nodes. */
  nodes: texts,
  /** Values of axes, by the axis's title. */
  values: z
    .array(z.object({ title: z.string().max(200), value: z.string().max(400) }))
    .max(50)
    .default([]),
  services: texts,
  /** At least so many. */
  rating: ratingSchema.default(0),
  /** Milliseconds since 1970; made at or after, and before. */
  from: z.number().int().min(0).nullable().default(null),
  until: z.number().int().min(0).nullable().default(null),
  /** Whether the picture is still here. */
  here: z.enum(['yes', 'no', 'any']).default('yes'),
});
export type GalleryFilter = z.output<typeof galleryFilterSchema>;

/** Body of POST /api/gallery: a question, asked by POST because words of prompts belong into no address. */
export const galleryAskSchema = z.object({
  filter: galleryFilterSchema.prefault({}),
  /** Counted from here on, this one included; from the newest without. */
  from: cursorSchema.nullable().default(null),
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(0).max(500).default(100),
});
export type GalleryAsk = z.input<typeof galleryAskSchema>;

/** The index of the gallery is made anew from the job book: so many changes of so many are read. */
export const rebuildingSchema = z.object({ done: z.number().int(), of: z.number().int() });

export const galleryPageSchema = z.object({
  entries: z.array(galleryEntrySchema),
  /** The place of the newest one that was found; null where there is none. */
  top: cursorSchema.nullable(),
  /** Where the next page begins; null at the end. */
  next: cursorSchema.nullable(),
  /** All that was found, from the place that was asked for. */
  total: z.number().int(),
  /** Found above the place that was asked for: they came later. */
  newer: z.number().int(),
  rebuilding: rebuildingSchema.nullable(),
});
export type GalleryPage = z.infer<typeof galleryPageSchema>;

const countSchema = z.object({ value: z.string(), count: z.number().int() });

/** Reply of POST /api/gallery/facets: what can be filtered by, counted as if that kind were not filtered by yet. */
export const galleryFacetsSchema = z.object({
  graphs: z.array(countSchema),
  nodes: z.array(countSchema),
  axes: z.array(z.object({ title: z.string(), values: z.array(countSchema), more: z.number().int() })),
  services: z.array(countSchema),
  /** Pictures with exactly this rating, 0 to 5. */
  ratings: z.array(z.number().int()).length(6),
  /** The first and the last day on which something was found, in milliseconds. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  here: z.number().int(),
  gone: z.number().int(),
});
export type GalleryFacets = z.infer<typeof galleryFacetsSchema>;

/** Enough of a picture to save, compare or remove it without having looked at it. */
export const galleryNameSchema = galleryEntrySchema.pick({
  key: true,
  sha256: true,
  mediaType: true,
  prompt: true,
  seed: true,
});
export type GalleryName = z.infer<typeof galleryNameSchema>;
/** Reply of POST /api/gallery/names: all that is found, for "select all". */
export const galleryNamesSchema = z.array(galleryNameSchema);

/** Body of POST /api/gallery/entries; replies with those that there are, newest first. */
export const galleryKeysSchema = z.object({ keys: z.array(keySchema).max(20_000) });
export const galleryEntriesSchema = z.array(galleryEntrySchema);

/** Body of POST /api/gallery/zip. The names are the page's: without folders, each once, and safe on every system. */
export const galleryZipSchema = z.object({
  files: z
    .array(
      z.object({
        sha256: sha256Schema,
        name: z
          .string()
          .regex(/^[^\p{C}<>:"/\\|?*. ][^\p{C}<>:"/\\|?*]{0,150}\.(png|jpg|webp)$/u, 'Expected the name of a picture'),
      }),
    )
    .min(1)
    .max(60_000)
    .refine(
      (files) => new Set(files.map(({ name }) => name.toLowerCase())).size === files.length,
      'Expected each name once',
    ),
});
export type GalleryZip = z.infer<typeof galleryZipSchema>;
