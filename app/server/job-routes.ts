import { Hono } from 'hono';
import { jobRequestSchema, keySchema, lookupRequestSchema, type LookupReply } from '../wire.ts';
import { HttpError, limitBody, parseBody } from './http-error.ts';
import type { Jobs } from './jobs.ts';
import type { Outputs } from './outputs.ts';
import type { PictureStore } from './pictures.ts';

export type JobService = Pick<Jobs, 'put' | 'fetchMissing' | 'cancel' | 'get' | 'lookup'>;

export function jobRoutes(jobs: JobService): Hono {
  const app = new Hono();
  const unknown = () => new HttpError(404, 'no-such-job', 'The job book knows no job of this key.');
  const keyOf = (text: string): string => {
    const key = keySchema.safeParse(text);
    if (!key.success) throw new HttpError(400, 'bad-key', 'Expected a key of 64 hexadecimal digits in the address.');
    return key.data;
  };

  app.get('/:key', (c) => {
    const job = jobs.get(keyOf(c.req.param('key')));
    if (!job) throw unknown();
    return c.json(job);
  });
  app.put('/:key', limitBody(1_000_000), async (c) => {
    const key = keyOf(c.req.param('key'));
    const request = await parseBody(c, jobRequestSchema);
    // `again` is the user's own wish to try once more what was certainly never accepted, or to have a lost file back.
    const again = c.req.query('again') === '1';
    const job = jobs.put(key, request, { again });
    return c.json((again && (await jobs.fetchMissing(key))) || job);
  });
  app.delete('/:key', (c) => {
    const job = jobs.cancel(keyOf(c.req.param('key')));
    if (!job) throw unknown();
    return c.json(job);
  });
  return app;
}

interface LookupOptions {
  jobs: JobService;
  outputs: Outputs;
  pictures: Pick<PictureStore, 'missing'>;
}

/** One question before each plan: which of these keys and pictures are here already? */
export function lookupRoute({ jobs, outputs, pictures }: LookupOptions): Hono {
  const app = new Hono();
  app.post('/', limitBody(40_000_000), async (c) => {
    const request = await parseBody(c, lookupRequestSchema);
    const [known, saved, missing] = await Promise.all([
      jobs.lookup(request.keys),
      outputs.lookup(request.keys),
      pictures.missing(request.pictures),
    ]);
    const reply: LookupReply = { jobs: known, outputs: saved, missingPictures: [...missing] };
    return c.json(reply);
  });
  return app;
}
