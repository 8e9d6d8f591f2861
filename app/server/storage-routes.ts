import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import {
  cleanRequestSchema,
  namedRequestSchema,
  planRequestSchema,
  restoreRequestSchema,
  type CheckEvent,
} from '../storage-wire.ts';
import { HttpError, limitBody, parseBody } from './http-error.ts';
import { NotConfirmed } from './storage-clean.ts';
import type { Storage } from './storage.ts';

const pageSchema = z.object({
  group: z.string().max(400),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(60),
});
const editsSchema = z.coerce.number().int().min(0).max(10_000_000).default(0);
/** Half a million names, with prices. */
const maxBytes = 64_000_000;

/**
 *     GET   /api/storage             what takes room
 *     GET   /api/storage/pictures    ?group= &offset= &limit=
 *     GET   /api/storage/room        ?edits=   is there room for so many edits more?
 *     PUT   /api/storage/named       pictures that drafts and versions in this browser name
 *     POST  /api/storage/plan        what would be removed, what it cost, what has to stay
 *     POST  /api/storage/clean       409 with the names and prices where paid pictures are not confirmed
 *     POST  /api/storage/restore     one removal of the trash
 *     POST  /api/storage/check       reads all pictures again and repairs; one JSON object per line
 */
export function storageRoutes(storage: Storage, onBug: (error: unknown) => void): Hono {
  const app = new Hono();

  app.get('/', async (c) => c.json(await storage.overview()));
  app.get('/pictures', async (c) => {
    const asked = pageSchema.safeParse(c.req.query());
    if (!asked.success) throw new HttpError(400, 'bad-request', z.prettifyError(asked.error));
    return c.json(await storage.page(asked.data));
  });
  app.get('/room', async (c) => {
    const edits = editsSchema.safeParse(c.req.query('edits'));
    if (!edits.success) throw new HttpError(400, 'bad-request', 'Expected ?edits= and a number.');
    return c.json(await storage.room(edits.data));
  });
  app.put('/named', limitBody(maxBytes), async (c) => {
    storage.name((await parseBody(c, namedRequestSchema)).pictures);
    return c.body(null, 204);
  });
  app.post('/plan', limitBody(maxBytes), async (c) =>
    c.json(await storage.plan(await parseBody(c, planRequestSchema))),
  );
  app.post('/clean', limitBody(maxBytes), async (c) => {
    try {
      return c.json(await storage.clean(await parseBody(c, cleanRequestSchema)));
    } catch (error) {
      if (!(error instanceof NotConfirmed)) throw error;
      const { code, message, paid } = error;
      return c.json({ error: { code, message }, paid }, 409);
    }
  });
  app.post('/restore', limitBody(10_000), async (c) => {
    const { trash } = await parseBody(c, restoreRequestSchema);
    return c.json({ pictures: await storage.restore(trash) });
  });
  app.post('/check', (c) => {
    const run = storage.check();
    c.header('content-type', 'application/x-ndjson; charset=utf-8');
    return stream(c, async (lines) => {
      const stop = new AbortController();
      lines.onAbort(() => stop.abort());
      const tell = async (event: CheckEvent): Promise<void> => void (await lines.write(`${JSON.stringify(event)}\n`));
      try {
        await run(tell, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return;
        onBug(error);
        await tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
    });
  });

  return app;
}
