import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import sharp from 'sharp';
import { expect, it, onTestFinished, vi } from 'vitest';
import { dataUri, smallPicture, startService } from '../../../support/offline-service.ts';

const picture = await smallPicture();
const sha256 = createHash('sha256').update(picture).digest('hex');

/** The service on a real port. */
async function listen() {
  let port = 0;
  const service = await startService({
    origin: () => `http://127.0.0.1:${port}`,
    readPicture: (name) => Promise.resolve(name === sha256 ? picture : null),
  });
  const server = createAdaptorServer({ fetch: service.app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  port = (server.address() as AddressInfo).port;
  return { ...service, base: `http://127.0.0.1:${port}` };
}

it.each([
  ['a data URI', () => dataUri(picture)],
  ['an address of our own server', (base: string) => `${base}/api/pictures/${sha256}`],
])('answers the documented requests over HTTP with %s', async (_, imageOf) => {
  const { base, bugs } = await listen();
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' };
  const ask = async (address: string, options: RequestInit = {}) =>
    (await (await fetch(address, { headers, ...options })).json()) as Record<string, unknown>;

  const body = JSON.stringify({
    prompt: 'change the background to orange',
    image_url: imageOf(base),
    output_format: 'png',
    // Seed 0 stands for any seed, and the light on the wall is the seed's.
    seed: 1,
  });
  const accepted = await ask(`${base}/v1/models/stepfun-ai/stepx-edit2`, { method: 'POST', body });
  const request = `${base}/v1/requests/${String(accepted.request_id)}`;
  expect(accepted).toMatchObject({
    status_url: `${request}/status`,
    result_url: `${request}/result`,
    cancel_url: `${request}/cancel`,
  });
  await vi.waitFor(async () => expect(await ask(`${request}/status`)).toMatchObject({ status: 'completed' }), {
    timeout: 30_000,
  });
  const result = await ask(`${request}/result`);
  expect(result).toMatchObject({ request_id: accepted.request_id, status: 'succeeded' });
  expect(await ask(`${request}/cancel`, { method: 'POST' })).toMatchObject({ outcome: 'not_cancellable' });

  const made = await (await fetch((result.output as { image: string }).image)).arrayBuffer();
  const pixel = async (left: number, top: number) => [
    ...(await sharp(made).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer()),
  ];
  expect(await pixel(24, 16)).toEqual([255, 0, 0]);
  const [red = 0, green = 0, blue = 0] = await pixel(0, 0);
  expect([red > 220, Math.abs(green / red - 165 / 255) < 0.03, blue < 10]).toEqual([true, true, true]);
  expect(bugs).toEqual([]);
});

it('refuses a body that is too large before it has all of it', async () => {
  const { base } = await listen();
  const response = await fetch(`${base}/v1/models/stepfun-ai/stepx-edit2`, {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: new Uint8Array(64 * 1024 * 1024 + 1),
  });
  expect([response.status, await response.json()]).toMatchObject([413, { error_code: 413001 }]);
});
