import { Hono } from 'hono';
import { z } from 'zod';
import { galleryAskSchema, galleryFilterSchema, galleryKeysSchema, galleryZipSchema } from '../../gallery-wire.ts';
import { HttpError, limitBody, parseBody } from '../http-error.ts';
import type { PictureStore } from '../pictures.ts';
import { statAll } from '../storage-walk.ts';
import { maxZipBytes, zipStream } from '../zip.ts';
import type { Gallery } from './gallery.ts';

interface GalleryRouteOptions {
  gallery: Gallery;
  pictures: Pick<PictureStore, 'file'>;
}

const filterSchema = z.object({ filter: galleryFilterSchema.prefault({}) });
const maxBytes = 200_000;

/**
 *     POST  /api/gallery          one page of what a filter finds, newest first
 *     POST  /api/gallery/facets   by what it can be filtered, counted
 *     POST  /api/gallery/names    the names of all that is found
 *     POST  /api/gallery/entries  the pictures of these keys
 *     POST  /api/gallery/zip      pictures under the names that the page gives them
 *
 * Questions too are asked by POST: a filter may be longer than an address, and prompts belong into none.
 */
export function galleryRoutes({ gallery, pictures }: GalleryRouteOptions): Hono {
  const app = new Hono();

  app.post('/', limitBody(maxBytes), async (c) => c.json(await gallery.page(await parseBody(c, galleryAskSchema))));
  app.post('/facets', limitBody(maxBytes), async (c) =>
    c.json(await gallery.facets((await parseBody(c, filterSchema)).filter)),
  );
  app.post('/names', limitBody(maxBytes), async (c) =>
    c.json(await gallery.names((await parseBody(c, filterSchema)).filter)),
  );
  app.post('/entries', limitBody(2_000_000), async (c) =>
    c.json(await gallery.entries((await parseBody(c, galleryKeysSchema)).keys)),
  );
  app.post('/zip', limitBody(20_000_000), async (c) => {
    const { files } = await parseBody(c, galleryZipSchema);
    const found = new Map(
      (await statAll(files.map(({ sha256 }) => pictures.file(sha256)))).map((file) => [file.name, file]),
    );
    const entries = files.flatMap(({ sha256, name }) => {
      const file = found.get(sha256);
      return file ? [{ name, file: file.file, changedAt: new Date(file.changedAt), bytes: file.bytes }] : [];
    });
    if (entries.length < files.length) {
      const gone = files.length - entries.length;
      throw new HttpError(
        404,
        'picture-gone',
        `${gone === 1 ? 'One of these pictures is' : `${gone} of these pictures are`} not here any more. Take ${gone === 1 ? 'it' : 'them'} out of the selection.`,
      );
    }
    if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > maxZipBytes) {
      throw new HttpError(
        413,
        'too-large',
        'These pictures have more than 4 GB in all, more than a zip takes. Choose fewer.',
      );
    }
    return c.body(zipStream(entries), 200, {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="editloom-pictures.zip"',
    });
  });
  return app;
}
