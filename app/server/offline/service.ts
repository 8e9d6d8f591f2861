import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { OpenBookOptions } from '../durable/open-book.ts';
import { fetchPublic, type PublicFetch } from '../public-fetch.ts';
import { picturePolicy } from '../security-headers.ts';
import { createAnswers, shortened } from './answers.ts';
import { findModel, listCategories, listModels, parseCatalogueQuery } from './catalogue.ts';
import { limits, modelId, parseInput, refusal } from './contract.ts';
import { createInputReader } from './input-picture.ts';
import { openRequests, type OfflineRequest } from './requests.ts';
import { openStorage } from './storage.ts';
import { startWork, type Engine } from './work.ts';

export type OfflineServiceOptions = {
  /** For its requests and pictures; made if missing. */
  folder: string;
  /** Where our server is reached, such as http://127.0.0.1:5174. */
  origin: () => string;
  /** Stays the caller's to close, after the service. */
  engine: Engine;
  /** Pictures of our own server, by the SHA-256 in their address. */
  readPicture: (sha256: string) => Promise<Uint8Array | null>;
  /** 0 = as fast as it can … 1 = as slow as the real model. */
  delay?: () => number;
  /** How many requests are worked on at once. */
  concurrency?: () => number;
  fetchPublic?: PublicFetch;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  now?: () => number;
  /** Told of mistakes of our own. What a user sent wrong is an answer, not a bug. */
  onBug?: (error: unknown) => void;
  bookOptions?: OpenBookOptions;
};

export type OfflineService = { app: Hono; close: () => Promise<void> };

/**
 * The built-in edit service: RunComfy's queue API at /v1/* and its storage at /offline-storage/*, with an engine on this
 * machine behind it. Any client of RunComfy can be pointed at it.
 */
export function createOfflineService(options: OfflineServiceOptions): OfflineService {
  const { folder, origin, engine, readPicture, now = Date.now, onBug = console.error } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const requests = openRequests(path.join(folder, 'requests.sqlite'), now(), options.bookOptions);
  const storage = openStorage(folder);
  const answers = createAnswers({ origin, queuePosition: requests.queuePosition });
  const work = startWork({
    requests,
    storage,
    engine,
    readInput: createInputReader({ origin, readPicture, storage, fetchPublic: options.fetchPublic ?? fetchPublic }),
    concurrency: options.concurrency ?? (() => 2),
    delay: options.delay ?? (() => 0),
    sleep: options.sleep ?? ((ms, signal) => wait(ms, undefined, { signal })),
    now,
    onBug,
  });
  // Before this is done nothing new is stored, else it would be taken for a left-over.
  const ready = storage.removeInputsExcept(requests.unfinished()).then(forgetExpired).catch(onBug);
  let closed = false;

  async function submit(c: Context, owner: string): Promise<Response> {
    const model = c.req.param('model') ?? '';
    if (!findModel(model)) {
      const message = `Expected a model of the offline edit service (${modelId}), got ${model}.`;
      return refusal('InvalidResourceIdentifier', message);
    }
    const parsed = parseInput(await c.req.text());
    if (parsed.detail) {
      const faults = parsed.detail.map(({ loc, msg }) => `${loc.slice(1).join('.') || 'body'}: ${msg}`).join('; ');
      return refusal('ValidationError', `The input does not match the schema of ${model}. ${faults}.`, parsed.detail);
    }
    await ready;
    await forgetExpired();
    const { input, ignored } = parsed;
    const id = randomUUID();
    const inputStored = input.image_url.startsWith('data:');
    if (inputStored) await storage.saveInput(id, input.image_url);
    requests.add({
      id,
      owner,
      input: inputStored ? { ...input, image_url: shortened(input.image_url) } : input,
      inputStored,
      seed: input.seed || randomInt(1, 2 ** 31),
      place: `${sha256(`storage of ${owner}`).slice(0, 16)}/${randomBytes(16).toString('hex')}`,
      note: ignored.length > 0 ? `Not in the schema of ${model} and ignored: ${ignored.join(', ')}.` : null,
      createdAt: now(),
    });
    work.wake();
    return c.json(answers.accepted(id));
  }

  function cancel(request: OfflineRequest): Response {
    // Asking twice is answered like asking once: the answer to the first may have been lost.
    const cancelled = requests.cancel(request.id, now()) || request.status === 'cancelled';
    if (cancelled && request.inputStored) storage.removeInput(request.id).catch(onBug);
    return Response.json(answers.cancel(requests.find(request.id) ?? request, cancelled), { status: 202 });
  }

  /** Requests expire with their pictures, as they do at RunComfy; else the folder would only grow. */
  async function forgetExpired(): Promise<void> {
    for (const { id, place } of requests.finishedBefore(now() - limits.keepMs)) {
      requests.remove(id);
      await Promise.all([storage.removeResults(place), storage.removeInput(id)]);
    }
  }

  /** Every route under /v1 needs some token; offline any will do, and each sees only its own requests. */
  function withOwner(answer: (c: Context, owner: string) => Response | Promise<Response>) {
    return (c: Context) => {
      const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
      if (token) return answer(c, sha256(token));
      const expected = 'Expected the header "Authorization: Bearer <token>". Offline any token will do.';
      return refusal('UserAccountError', expected);
    };
  }

  function withRequest(answer: (request: OfflineRequest, c: Context) => Response) {
    return withOwner((c, owner) => {
      const request = requests.find(c.req.param('id') ?? '');
      if (!request || (request.finishedAt ?? Infinity) < now() - limits.keepMs) {
        return refusal('ResourceNotFound', 'There is no request of this id, or it has expired.');
      }
      if (request.owner !== owner) return refusal('PermissionDeniedError', 'This request was sent with another token.');
      return answer(request, c);
    });
  }

  const limitBody = bodyLimit({
    maxSize: limits.bodyBytes,
    onError: () => refusal('PayloadTooLarge', 'Expected at most 64 MiB. Send a smaller picture, or its https address.'),
  });

  const app = new Hono();
  app.onError((error) => {
    onBug(error);
    return refusal('InternalError', `The offline edit service could not answer: ${error.message}`);
  });
  for (const ours of ['/v1/*', '/offline-storage/*']) {
    app.use(ours, async (_, next) =>
      closed ? refusal('ServiceUnavailable', 'The offline edit service has been stopped.') : next(),
    );
  }
  app.get(
    '/v1/models',
    withOwner((c) => {
      const { query, detail } = parseCatalogueQuery(c.req.query());
      return query ? c.json(listModels(query)) : refusal('ValidationError', 'The query cannot be answered.', detail);
    }),
  );
  app.get(
    '/v1/models/categories',
    withOwner((c) => c.json(listCategories())),
  );
  app.get(
    '/v1/models/:model{.+}',
    withOwner((c) => {
      const model = findModel(c.req.param('model') ?? '');
      return model ? c.json(model) : refusal('ResourceNotFound', `The only model here is ${modelId}.`);
    }),
  );
  app.post('/v1/models/:model{.+}', limitBody, withOwner(submit));
  app.get(
    '/v1/requests/:id/status',
    withRequest((request) => Response.json(answers.state(request))),
  );
  app.get(
    '/v1/requests/:id/result',
    withRequest((request, c) => {
      return Response.json(answers.result(request, { withCost: c.req.query('include_cost') === 'true' }));
    }),
  );
  app.post('/v1/requests/:id/cancel', withRequest(cancel));
  app.get('/offline-storage/:name{.+}', async (c) => {
    const file = await storage.readResult(c.req.param('name'));
    if (!file) return refusal('ResourceNotFound', 'There is no such file, or it has expired.');
    return c.body(file.bytes, 200, {
      'content-type': file.mediaType,
      'content-length': String(file.bytes.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': picturePolicy,
    });
  });
  for (const rest of ['/v1/*', '/offline-storage/*']) {
    app.all(rest, (c) => refusal('ResourceNotFound', `There is no ${c.req.method} ${c.req.path} in this API.`));
  }

  work.wake();
  return {
    app,
    async close() {
      closed = true;
      await Promise.all([ready, work.close()]);
      requests.close();
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
