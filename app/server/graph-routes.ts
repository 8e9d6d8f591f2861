import { Hono } from 'hono';
import { sha256Schema } from '../../graphs/artifact.ts';
import { MOST_FILE_BYTES } from '../../graphs/file.ts';
import type { GraphStore } from './graph-store.ts';
import { HttpError, limitBody } from './http-error.ts';
import { limitAtOnce } from './limits.ts';

/**
 *     PUT  /api/graphs/<sha256>   the text of a graph file as body; 204 when it is on disk
 *     GET  /api/graphs/<sha256>   that very text
 */
export function graphRoutes(graphs: GraphStore): Hono {
  const app = new Hono();
  // Each may take some hundred megabytes while it is read.
  const few = limitAtOnce({ atOnce: 2, waiting: 100 });
  const tooLarge = () => `Expected a graph file of at most ${MOST_FILE_BYTES / 1e6} MB, got a larger one.`;
  const nameOf = (text: string): string => {
    const name = sha256Schema.safeParse(text);
    if (!name.success)
      throw new HttpError(400, 'bad-name', 'Expected a SHA-256 of 64 hexadecimal digits in the address.');
    return name.data;
  };

  app.put('/:sha256', few, limitBody(MOST_FILE_BYTES, tooLarge), async (c) => {
    await graphs.put(nameOf(c.req.param('sha256')), await c.req.text());
    return c.body(null, 204);
  });
  app.get('/:sha256', async (c) => {
    const sha256 = nameOf(c.req.param('sha256'));
    const text = await graphs.get(sha256);
    if (text === null) throw new HttpError(404, 'no-such-graph', 'This server has no graph of that name.');
    return c.body(text, 200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });
  return app;
}
