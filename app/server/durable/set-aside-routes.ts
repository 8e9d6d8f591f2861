import { basename } from 'node:path';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { HttpError } from '../http-error.ts';
import type { SetAsideList } from './set-aside.ts';

/** What was set aside: the list, its files, and the word that the user has seen it. */
export function setAsideRoutes(setAside: SetAsideList): Hono {
  const app = new Hono();
  app.get('/', (c) => c.json(setAside.list()));
  app.post('/:id/seen', (c) => {
    if (!setAside.markSeen(c.req.param('id'))) throw new HttpError(404, 'no-such-entry', 'There is no such entry.');
    return c.json(setAside.list());
  });
  app.get('/files/:name{.+}', async (c) => {
    const file = setAside.file(c.req.param('name'));
    if (!file) throw new HttpError(404, 'no-such-file', 'There is no such file among what was set aside.');
    const { size } = await stat(file);
    return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'content-disposition': `attachment; filename="${basename(file)}"`,
    });
  });
  return app;
}
