import { Hono } from 'hono';
import { newsOf, type SentLookupReply, type SentNews } from '../job-news.ts';
import { rateSchema } from '../gallery-wire.ts';
import {
  jobRequestSchema,
  type JobRequest,
  keySchema,
  lookAgainSchema,
  lookupRequestSchema,
  settleSchema,
} from '../wire.ts';
import { HttpError, limitBody, parseBody } from './http-error.ts';
import type { Jobs } from './jobs.ts';
import type { Outputs } from './outputs.ts';
import type { PictureStore } from './pictures.ts';

export type JobService = {
  /** Learns what it takes to say at once whether an edit may be asked for. */
  prepare?: (request: JobRequest) => Promise<void>;
} & Pick<
  Jobs,
  'put' | 'join' | 'fetchMissing' | 'cancel' | 'get' | 'lookup' | 'withStatus' | 'look' | 'settle' | 'rate'
>;

const unknown = () => new HttpError(404, 'no-such-job', 'The job book knows no job of this key.');

function keyOf(text: string): string {
  const key = keySchema.safeParse(text);
  if (!key.success) throw new HttpError(400, 'bad-key', 'Expected a key of 64 hexadecimal digits in the address.');
  return key.data;
}

export function jobRoutes(jobs: JobService): Hono {
  const app = new Hono();

  app.get('/', (c) => {
    if (c.req.query('status') === 'unknown') return c.json(jobs.withStatus('unknown'));
    throw new HttpError(400, 'bad-request', 'Expected ?status=unknown: other jobs are asked for by their keys.');
  });
  app.post('/settle', limitBody(10_000_000), async (c) => {
    const { keys, as } = await parseBody(c, settleSchema);
    return c.json(keys.flatMap((key) => jobs.settle(key, as) ?? []));
  });
  app.post('/:key/look', limitBody(100_000), async (c) => {
    const { requestId } = await parseBody(c, lookAgainSchema);
    const job = jobs.look(keyOf(c.req.param('key')), requestId);
    if (!job) throw unknown();
    return c.json(job);
  });
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
    // Whoever counts on what is under way must not pay for it by this: nothing is submitted then.
    if (c.req.query('join') === '1') {
      const joined = jobs.join(key, request);
      if (!joined) throw unknown();
      return c.json((await jobs.fetchMissing(key)) ?? joined);
    }
    await jobs.prepare?.(request);
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

/** PUT /api/ratings/<key>: what the user thinks of a picture. It stands in the job book, and the event stream tells of it. */
export function ratingRoutes(jobs: Pick<JobService, 'rate'>): Hono {
  const app = new Hono();
  app.put('/:key', limitBody(1000), async (c) => {
    const key = keyOf(c.req.param('key'));
    const job = jobs.rate(key, (await parseBody(c, rateSchema)).rating);
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
    const reply: SentLookupReply = {
      jobs: await newsOfAll(jobs, request.keys),
      outputs: await outputs.lookup(request.keys),
      missingPictures: [...(await pictures.missing(request.pictures))],
    };
    return c.json(reply);
  });
  return app;
}

/** In pieces, so that others are answered in between. */
async function newsOfAll(jobs: JobService, keys: readonly string[]): Promise<SentNews[]> {
  const news: SentNews[] = [];
  for (let at = 0; at < keys.length; at += piece) {
    for (const job of await jobs.lookup(keys.slice(at, at + piece))) news.push(newsOf(job));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return news;
}

const piece = 1000;
