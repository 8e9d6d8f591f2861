import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import sharp from 'sharp';
import { openJobBook } from '../../app/server/job-book.ts';
import { createJobs } from '../../app/server/jobs.ts';
import { modelId as model } from '../../app/server/offline/contract.ts';
import { createOfflineService } from '../../app/server/offline/service.ts';
import { createPictureStore } from '../../app/server/pictures.ts';
import { createRemote } from '../../app/server/remote.ts';
import { createResultFetch } from '../../app/server/result-bytes.ts';
import type { EditInput } from '../../app/wire.ts';
import { printTable } from './report.ts';

/** A sweep of 200 edits that take 300 ms each, at the offline edit service with 8 hands, over HTTP. */
const jobs = 200;
const editMs = 300;
const hands = 8;
const idealMs = (jobs / hands) * editMs;

const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'orange' } })
  .png()
  .toBuffer();
const inputUrl = (origin: string) => `${origin}/api/pictures/${createHash('sha256').update(picture).digest('hex')}`;

type Sweep = (world: { origin: string; name: string }) => Promise<void>;

const ours =
  (inFlight: number): Sweep =>
  async ({ origin, name }) => {
    const book = openJobBook(join(folder, name, 'jobs.sqlite'));
    const send = (request: Request) => fetch(request);
    const fetchResult = createResultFetch({ send, maxBytes: 1e6 });
    const remote = createRemote({ baseUrl: origin, model, token: () => 'bench', send, fetchResult });
    const runner = createJobs({
      book,
      remote: () => ({ ...remote, serviceId: 'bench', model }),
      pictures: createPictureStore(join(folder, name, 'pictures')),
      imageUrl: () => Promise.resolve(inputUrl(origin)),
      inFlight: () => inFlight,
    });
    runner.start();
    let open = jobs;
    await new Promise<void>((resolve, reject) => {
      runner.subscribe(({ status, error }) => {
        if (['failed', 'cancelled', 'unknown'].includes(status)) reject(new Error(error?.message));
        if (status === 'done' && --open === 0) resolve();
      });
      for (let seed = 1; seed <= jobs; seed++) {
        const key = createHash('sha256').update(String(seed)).digest('hex');
        runner.put(key, { service: 'bench', input: { ...input, image: '0'.repeat(64), seed } });
      }
    });
    await runner.close();
    book.close();
  };

/** What is written by hand at first: so many at once, each asked for its result at fixed intervals. Nothing is kept. */
const plain =
  (inFlight: number, intervalMs: number): Sweep =>
  async ({ origin }) => {
    const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
    let seed = 0;
    const worker = async () => {
      while (seed < jobs) {
        const body = JSON.stringify({ ...input, image_url: inputUrl(origin), seed: ++seed });
        const submitted = await fetch(`${origin}/v1/models/${model}`, { method: 'POST', headers, body });
        const { request_id: id } = (await submitted.json()) as { request_id: string };
        for (;;) {
          await wait(intervalMs);
          const result = await fetch(`${origin}/v1/requests/${id}/result`, { headers });
          const { status, output } = (await result.json()) as { status: string; output?: { image: string } };
          if (status !== 'succeeded') continue;
          await (await fetch(output?.image ?? '')).arrayBuffer();
          break;
        }
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  };

const input: Omit<EditInput, 'image'> = {
  prompt: 'make it black and white',
  negative_prompt: '',
  seed: 1,
  enable_thinking_mode: false,
  enable_reflection_mode: false,
  output_format: 'png',
};

/** How long the service alone takes for as many edits when it is never left waiting and hardly asked. */
const allAtOnce: Sweep = async ({ origin }) => {
  const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
  const submit = async (_: unknown, i: number) => {
    const body = JSON.stringify({ ...input, image_url: inputUrl(origin), seed: i + 1 });
    const submitted = await fetch(`${origin}/v1/models/${model}`, { method: 'POST', headers, body });
    return ((await submitted.json()) as { request_id: string }).request_id;
  };
  const ids = await Promise.all(Array.from({ length: jobs }, submit));
  for (;;) {
    const result = await fetch(`${origin}/v1/requests/${ids.at(-1)}/result`, { headers });
    const { status } = (await result.json()) as { status: string };
    if (status === 'succeeded') return;
    await wait(20);
  }
};

const sweeps: [name: string, sweep: Sweep][] = [
  ['the service itself, all sent at once', allAtOnce],
  ['Editloom, 10 in flight', ours(10)],
  ['Editloom, 12 in flight', ours(12)],
  ['Editloom, 8 in flight', ours(8)],
  ['Editloom, 16 in flight', ours(16)],
  ['Editloom, 64 in flight', ours(64)],
  ['plain loop, 8 in flight, every 100 ms', plain(8, 100)],
  ['plain loop, 8 in flight, every second', plain(8, 1000)],
];

const folder = mkdtempSync(join(tmpdir(), 'editloom-sweep-'));
if (process.send) await serve((message) => process.send?.(message));
else await compare();
rmSync(folder, { recursive: true, force: true });

async function compare(): Promise<void> {
  const rows = [];
  for (const [name, sweep] of sweeps) {
    const { ms, requests } = await measure(name, sweep);
    rows.push([name, (ms / 1000).toFixed(2), (ms / idealMs).toFixed(3), (requests / jobs).toFixed(2)]);
  }
  printTable(
    `${jobs} edits of ${editMs} ms, ${hands} at once, over HTTP; the ideal is ${idealMs / 1000} s`,
    ['', 's', '× ideal', 'requests per edit'],
    rows,
  );
}

/** Each sweep has a service of its own, fresh and empty, in a process of its own, as the real one is far away. */
async function measure(name: string, sweep: Sweep): Promise<{ ms: number; requests: number }> {
  const service = fork(process.argv[1] ?? '', { stdio: 'inherit' });
  const next = () => new Promise<unknown>((resolve) => service.once('message', resolve));
  const origin = String(await next());
  const began = performance.now();
  await sweep({ origin, name });
  const ms = performance.now() - began;
  const counted = next();
  service.send('stop');
  return { ms, requests: Number(await counted) };
}

async function serve(tell: (message: string | number) => void): Promise<void> {
  let requests = 0;
  let origin = '';
  const service = createOfflineService({
    folder,
    origin: () => origin,
    concurrency: () => hands,
    readPicture: () => Promise.resolve(picture),
    engine: {
      async edit(_picture: Uint8Array, _input: unknown, signal?: AbortSignal) {
        await wait(editMs, undefined, { signal });
        return {
          status: 'done' as const,
          bytes: picture,
          mediaType: 'image/png' as const,
          width: 64,
          height: 48,
          note: 'Waited.',
        };
      },
    },
  });
  const listener = getRequestListener(
    (request) => {
      if (new URL(request.url).pathname.startsWith('/v1/')) requests++;
      return service.app.fetch(request);
    },
    { overrideGlobalObjects: false },
  );
  const socket = createServer(listener);
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(socket.address() as AddressInfo).port}`;
  const stopped = new Promise((resolve) => process.once('message', resolve));
  tell(origin);
  await stopped;
  tell(requests);
  socket.closeAllConnections();
  socket.close();
  await service.close();
  process.disconnect();
}
