import { Hono } from 'hono';
import { exportRequestSchema, sheetRequestSchema } from '../../exports/wire.ts';
import { HttpError, limitBody, parseBody } from '../http-error.ts';
import { limitAtOnce } from '../limits.ts';
import type { Outputs } from '../outputs.ts';
import { picturePolicy } from '../security-headers.ts';
import { streamOf } from '../zip.ts';
import type { Exports } from './exports.ts';

/** Ten thousand cells with how each was made. */
const maxBytes = 150_000_000;

/**
 *     POST  /api/exports        a contact sheet, its preview, a page or a zip, as a file to be saved
 *     GET   /api/exports/<id>   how far it is, and why it broke off
 */
export function exportRoutes(exports: Exports, onBug: (error: unknown) => void): Hono {
  const app = new Hono();
  // The body of one may be large, and all of it is read.
  const few = limitAtOnce({ atOnce: 2, waiting: 50 });

  app.post('/', few, limitBody(maxBytes), async (c) => {
    const { name, type, missing, pages, chunks } = await exports.make(await parseBody(c, exportRequestSchema));
    return c.body(streamOf(telling(chunks, onBug)), 200, {
      'content-type': type,
      'content-security-policy': picturePolicy,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()]/g, escape)}`,
      'x-editloom-pages': String(pages),
      'x-editloom-missing': encodeURIComponent(missing.slice(0, 40).join('')),
    });
  });

  app.get('/:id', (c) => {
    const progress = exports.progress(c.req.param('id'));
    if (!progress) throw new HttpError(404, 'no-such-export', 'This server makes no export of that name.');
    return c.json(progress);
  });

  return app;
}

/** POST /api/outputs/sheet: the sheet of a node that writes one, once per key. */
export function sheetOutputRoute(exports: Exports, outputs: Pick<Outputs, 'saveMade'>): Hono {
  const app = new Hono();
  const one = limitAtOnce({ atOnce: 1, waiting: 1000 });
  app.post('/', one, limitBody(maxBytes), async (c) => {
    const request = await parseBody(c, sheetRequestSchema);
    const make = () => exports.sheetFile(request);
    const { key, name, sheet } = request;
    return c.json(await outputs.saveMade({ key, name, extension: sheet.format, make }), 201);
  });
  return app;
}

/** What breaks off while it is sent is told to nobody else. */
async function* telling(
  chunks: AsyncGenerator<Uint8Array, void, void>,
  onBug: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof HttpError)) onBug(error);
    throw error;
  }
}
