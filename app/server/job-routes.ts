import { Hono } from 'hono';
import {
  jobRequestSchema,
  keySchema,
  lookupRequestSchema,
  type Job,
  type JobRequest,
  type LookupReply,
} from '../wire.ts';
import { HttpError, limitBody, parseBody } from './http-error.ts';
import type { Outputs } from './outputs.ts';
import type { PictureStore } from './pictures.ts';

export interface JobService {
  put: (key: string, request: JobRequest) => Promise<Job> | Job;
  cancel: (key: string) => Promise<Job | null> | Job | null;
  get: (key: string) => Job | null;
  lookup: (keys: readonly string[]) => Promise<Job[]> | Job[];
}

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
    return c.json(await jobs.put(key, await parseBody(c, jobRequestSchema)));
  });
  app.delete('/:key', async (c) => {
    const job = await jobs.cancel(keyOf(c.req.param('key')));
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
