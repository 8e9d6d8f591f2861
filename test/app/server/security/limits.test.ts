import { crc32 } from 'node:zlib';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { describe, expect, it } from 'vitest';
import { limitAtOnce, limitRate, limitStreams } from '../../../../app/server/limits.ts';
import { openTestServer } from '../../../support/server.ts';

describe('the rate of changes', () => {
  const world = () => {
    const time = { now: 0 };
    const app = new Hono();
    app.use(
      limitRate({ now: () => time.now, addressOf: (c) => c.req.header('x-from') ?? 'a', perSecond: 10, burst: 20 }),
    );
    app.all('*', (c) => c.text('done'));
    const put = async (from = 'a') => (await app.request('/', { method: 'PUT', headers: { 'x-from': from } })).status;
    return { time, app, put };
  };

  it('is limited for each client alone, and recovers', async () => {
    const { time, app, put } = world();
    for (let count = 0; count < 20; count++) expect(await put()).toBe(200);
    expect(await put()).toBe(429);
    expect(await put('b')).toBe(200);
    expect((await app.request('/', { headers: { 'x-from': 'a' } })).status).toBe(200);
    time.now = 100;
    expect([await put(), await put()]).toEqual([200, 429]);
    time.now = 60_000;
    for (let count = 0; count < 20; count++) expect(await put()).toBe(200);
    expect(await put()).toBe(429);
  });

  it('lets a page put ten thousand jobs at one moment, and not endlessly many', async () => {
    const { ask } = await openTestServer({ now: () => 0 });
    let answered = 0;
    while ((await ask('DELETE', '/api/nothing')).status !== 429) answered++;
    expect(answered).toBe(20_000);
  });
});

it('only a few pictures are taken in at once: others wait, too many are sent away', async () => {
  const inside: (() => void)[] = [];
  const app = new Hono();
  app.post('/', limitAtOnce({ atOnce: 2, waiting: 1 }), async (c) => {
    await new Promise<void>((resolve) => inside.push(resolve));
    return c.text('done');
  });
  const post = async () => (await app.request('/', { method: 'POST' })).status;
  const first = [post(), post(), post()];
  expect(await post()).toBe(429);
  expect(inside).toHaveLength(2);
  const nextIn = async () => {
    while (inside.length === 0) await new Promise((resolve) => setImmediate(resolve));
    inside.shift()?.();
  };
  for (const _ of first) await nextIn();
  expect(await Promise.all(first)).toEqual([200, 200, 200]);
  const again = post();
  await nextIn();
  expect(await again).toBe(200);
});

it('only so many event streams are open, and a closed one makes room', async () => {
  const app = new Hono();
  app.get('/', limitStreams(2), (c) =>
    streamSSE(c, (stream) => new Promise<void>((resolve) => stream.onAbort(resolve))),
  );
  const open = () => app.request('/');
  const streams = [await open(), await open()];
  expect((await open()).status).toBe(429);
  await streams[0]?.body?.cancel();
  expect((await open()).status).toBe(200);
  expect((await open()).status).toBe(429);
});

describe('bodies', () => {
  it.each([
    ['POST', '/api/pictures', 51_000_000],
    ['POST', '/api/pictures/from-url', 200_000],
    ['PUT', '/api/settings', 200_000],
    ['PUT', '/api/token', 200_000],
    ['PUT', `/api/jobs/${'a'.repeat(64)}`, 1_100_000],
    ['POST', '/api/outputs', 21_000_000],
    ['POST', '/api/outputs/zip', 11_000_000],
  ])('%s %s takes none of %i bytes, announced or not', async (method, path, size) => {
    const { send } = await openTestServer();
    const headers = { 'x-editloom': '1', 'content-type': 'application/json' };
    const announced = await send(path, { method, headers: { ...headers, 'content-length': String(size) }, body: 'x' });
    expect(announced.status).toBe(413);
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1_000_000));
        size -= 1_000_000;
        if (size <= 0) controller.close();
      },
    });
    expect((await send(path, { method, headers, body, duplex: 'half' } as RequestInit)).status).toBe(413);
  });

  it('a picture of many pixels in few bytes is refused before it is decoded', async () => {
    const { upload } = await openTestServer();
    // The header of a PNG of 60,000 × 60,000 pixels, and nothing behind it.
    const header = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const size = Buffer.alloc(13);
    size.writeUInt32BE(60_000, 0);
    size.writeUInt32BE(60_000, 4);
    size.set([8, 2, 0, 0, 0], 8);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(Buffer.concat([Buffer.from('IHDR'), size])));
    const empty = Buffer.from('0000000049444154' + '35af061e' + '0000000049454e44ae426082', 'hex');
    const reply = await upload(Buffer.concat([header, size, check, empty]));
    expect([reply.status, await reply.json()]).toMatchObject([415, { error: { code: 'too-many-pixels' } }]);
  });
});
