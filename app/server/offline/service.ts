import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { fetchPublic, type PublicFetch } from '../public-fetch.ts';
import { catalogueQuerySchema, findModel, listCategories, listModels } from './catalogue.ts';
import { limits, modelId, parseInput, refusal, serviceName, statusWord } from './contract.ts';
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
};

export type OfflineService = { app: Hono; close: () => Promise<void> };

/**
 * The built-in edit service: RunComfy's queue API at /v1/* and its storage at /offline-storage/*, with an engine on this
 * machine behind it. Any client of RunComfy can be pointed at it.
 */
export function createOfflineService(options: OfflineServiceOptions): OfflineService {
  const { folder, origin, engine, readPicture, now = Date.now, onBug = console.error } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const requests = openRequests(path.join(folder, 'requests.sqlite'));
  const storage = openStorage(folder);
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
  let closed = false;

  async function submit(c: Context, owner: string): Promise<Response> {
    const model = c.req.param('model') ?? '';
    if (!findModel(model)) {
      return refusal(
        'InvalidResourceIdentifier',
        `Expected a model of the offline edit service (${modelId}), got ${model}.`,
      );
    }
    const parsed = parseInput(await c.req.text());
    if (parsed.detail) {
      return refusal('ValidationError', `The input does not match the schema of ${model}.`, parsed.detail);
    }
    await forgetOld();
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
    return c.json({ request_id: id, ...links(id) });
  }

  function links(id: string) {
    const request = `${origin()}/v1/requests/${id}`;
    return { status_url: `${request}/status`, result_url: `${request}/result`, cancel_url: `${request}/cancel` };
  }

  function stateOf(request: OfflineRequest) {
    const { id, status } = request;
    const { status_url, result_url } = links(id);
    const position = status === 'in_queue' && { queue_position: requests.queuePosition(id) };
    return { request_id: id, status: statusWord(status), ...position, status_url, result_url };
  }

  function resultOf(request: OfflineRequest, withCost: boolean) {
    const { status, input, seed, result, error, note, createdAt, finishedAt } = request;
    const url = `${origin()}/offline-storage/${result}`;
    return {
      ...stateOf(request),
      status,
      model_id: modelId,
      input,
      ...(result && { output: { image: url, images: [url] } }),
      ...(error && { error }),
      seed,
      created_at: new Date(createdAt).toISOString(),
      ...(finishedAt && { finished_at: new Date(finishedAt).toISOString() }),
      ...(withCost && finishedAt && { cost: 0 }),
      service: serviceName,
      ...(note && { note }),
    };
  }

  function cancel(request: OfflineRequest) {
    // Asking twice is answered like asking once: the answer to the first may have been lost.
    const cancelled = requests.cancel(request.id, now()) || request.status === 'cancelled';
    const { status } = requests.find(request.id) ?? request;
    return {
      request_id: request.id,
      status: statusWord(status),
      outcome: cancelled ? ('cancelled' as const) : ('not_cancellable' as const),
    };
  }

  /** Requests expire with their pictures, as they do at RunComfy; else the folder would only grow. */
  async function forgetOld(): Promise<void> {
    for (const { id, place } of requests.finishedBefore(now() - limits.keepMs)) {
      requests.remove(id);
      await Promise.all([storage.removeResults(place), storage.removeInput(id)]);
    }
  }

  const app = new Hono();
  app.onError((error) => {
    onBug(error);
    return refusal('InternalError', `The offline edit service could not answer: ${error.message}.`);
  });
  app.use(async (_, next) => {
    if (!closed) return next();
    return refusal('ServiceUnavailable', 'The offline edit service is being stopped.');
  });

  /** Every route under /v1 needs some token; offline any will do, and each sees only its own requests. */
  function withOwner(answer: (c: Context, owner: string) => Response | Promise<Response>) {
    return (c: Context) => {
      const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
      if (token) return answer(c, sha256(token));
      return refusal(
        'UserAccountError',
        'Expected the header "Authorization: Bearer <token>", got none. Offline any token will do.',
      );
    };
  }

  function withRequest(answer: (c: Context, request: OfflineRequest) => Response) {
    return withOwner((c, owner) => {
      const request = requests.find(c.req.param('id') ?? '');
      if (!request)
        return refusal(
          'ResourceNotFound',
          'Expected the id of a request that is still kept, got an unknown or expired one.',
        );
      if (request.owner !== owner) return refusal('PermissionDeniedError', 'This request was sent with another token.');
      return answer(c, request);
    });
  }

  app.get(
    '/v1/models',
    withOwner((c) => {
      const query = catalogueQuerySchema.safeParse(c.req.query());
      if (query.success) return c.json(listModels(query.data));
      const detail = query.error.issues.map(({ path: [field], code, message }) => ({
        loc: ['query', String(field)],
        msg: message,
        type: code,
      }));
      return refusal('ValidationError', 'The query does not match what the catalogue can be asked.', detail);
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
      return model
        ? c.json(model)
        : refusal('ResourceNotFound', `Expected a model of the offline edit service (${modelId}).`);
    }),
  );
  app.post(
    '/v1/models/:model{.+}',
    bodyLimit({
      maxSize: limits.bodyBytes,
      onError: () =>
        refusal(
          'PayloadTooLarge',
          'Expected a request of at most 64 MiB. Send a smaller picture, or its https address.',
        ),
    }),
    withOwner(submit),
  );
  app.get(
    '/v1/requests/:id/status',
    withRequest((c, request) => c.json(stateOf(request))),
  );
  app.get(
    '/v1/requests/:id/result',
    withRequest((c, request) => c.json(resultOf(request, c.req.query('include_cost') === 'true'))),
  );
  app.post(
    '/v1/requests/:id/cancel',
    withRequest((c, request) => c.json(cancel(request), 202)),
  );
  app.get('/offline-storage/:name{.+}', async (c) => {
    const file = await storage.readResult(c.req.param('name'));
    if (!file) return refusal('ResourceNotFound', 'There is no such file, or it has expired.');
    return c.body(file.bytes, 200, {
      'content-type': file.mediaType,
      'content-length': String(file.bytes.length),
      'x-content-type-options': 'nosniff',
    });
  });
  for (const rest of ['/v1/*', '/offline-storage/*']) {
    app.all(rest, (c) => refusal('ResourceNotFound', `There is no ${c.req.method} ${c.req.path} in this API.`));
  }

  const ready = storage.removeInputsExcept(requests.unfinished()).then(forgetOld).catch(onBug);
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

function shortened(dataUri: string): string {
  const comma = dataUri.indexOf(',') + 1;
  return `${dataUri.slice(0, Math.min(comma, 80))}… (${dataUri.length} characters)`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
