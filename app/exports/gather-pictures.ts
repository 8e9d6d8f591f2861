import type { GalleryEntry } from '../gallery-wire.ts';
import type { ExportCell, ExportGrid } from './wire.ts';

/** Pictures of the gallery, one after the other, each with what was asked for below it. */
export function gatherPictures(pictures: readonly GalleryEntry[], title: string, date: string): ExportGrid {
  const digits = String(pictures.length).length;
  return {
    title,
    subject: 'Gallery',
    date,
    axes: [],
    rows: null,
    columns: null,
    cells: pictures.map((entry, index): ExportCell => {
      const { key, sha256, width, height, mediaType, bytes, prompt, seed, service, price, madeAt, here } = entry;
      const short = [...prompt.replace(/\s+/g, ' ')].slice(0, 60).join('').trim();
      return {
        index,
        point: [],
        state: here ? 'made' : 'not-made',
        words: here ? 'Made' : 'Picture gone',
        detail: null,
        picture: here ? { sha256, width, height, mediaType, bytes } : null,
        caption: `${prompt}\nSeed ${seed}`.trim(),
        name: `${String(index + 1).padStart(digits, '0')} - ${short} - ${seed}`,
        record: {
          node: entry.made?.nodeTitle ?? null,
          key,
          take: null,
          parameters: { prompt, seed },
          files: [],
          service,
          model: null,
          requestId: null,
          submittedAt: null,
          finishedAt: new Date(madeAt).toISOString(),
          price,
        },
        steps: [
          {
            title: entry.made?.nodeTitle ?? 'Edit',
            facts: [
              { title: 'Prompt', text: prompt },
              { title: 'Seed', text: String(seed) },
              { title: 'Made', text: new Date(madeAt).toLocaleString() },
              ...(entry.title === null ? [] : [{ title: 'Graph', text: entry.title }]),
            ],
          },
        ],
      };
    }),
  };
}
