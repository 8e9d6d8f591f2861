import { expect, it } from 'vitest';
import { jobSchema, type Job } from '../../../app/wire.ts';
import { onePixelPng } from '../../support/one-pixel.ts';
import { inputOf, keyOf } from '../../support/job-world.ts';
import { openTestServer } from '../../support/server.ts';

const remoteId = 'api.example/stepfun-ai/stepx-edit2';

/** A server with jobs whose answers were lost by a service that then answers reads as the test says. */
async function startLost(prompts: readonly string[], read: () => Response) {
  const server = await openTestServer({
    variables: { RUNCOMFY_API_TOKEN: 'good-token', EDITLOOM_BASE_URL: 'https://api.example' },
    send: async (request) => {
      if (request.method === 'POST') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      return read();
    },
  });
  const { sha256 } = (await server.json(server.upload(onePixelPng()))) as { sha256: string };
  for (const prompt of prompts) {
    const body = { service: remoteId, input: { ...inputOf(prompt), image: sha256 } };
    expect((await server.ask('PUT', `/api/jobs/${keyOf(prompt)}`, body)).status).toBe(200);
  }
  const unknown = async () => jobSchema.array().parse(await server.json(server.ask('GET', '/api/jobs?status=unknown')));
  await expect.poll(async () => (await unknown()).length, { timeout: 20_000 }).toBe(prompts.length);
  const job = async (prompt: string) => (await server.json(server.ask('GET', `/api/jobs/${keyOf(prompt)}`))) as Job;
  return { ...server, unknown, job };
}

it('lists the jobs whose outcome is unknown, whatever graph they were for, and no others', async () => {
  const { unknown, ask } = await startLost(['a', 'b'], () => new Response('{}'));
  expect((await unknown()).map(({ input }) => input.prompt)).toEqual(['a', 'b']);
  expect((await ask('GET', '/api/jobs')).status).toBe(400);
});

it('settles some of them, and answers with how they are now', async () => {
  const { ask, json, unknown } = await startLost(['a', 'b', 'c'], () => new Response('{}'));
  const settle = (keys: string[], as: string) => ask('POST', '/api/jobs/settle', { keys, as });
  const settled = jobSchema.array().parse(await json(settle([keyOf('a'), keyOf('nobody')], 'forgotten')));
  expect(settled.map(({ status, error }) => [status, error?.code])).toEqual([['cancelled', 'forgotten']]);
  expect((await settle([keyOf('b')], 'thrown away')).status).toBe(400);
  expect((await settle([], 'lost')).status).toBe(400);
  expect((await unknown()).map(({ key }) => key)).toEqual([keyOf('b'), keyOf('c')]);
});

it('follows a request that is named, and gives it up where the service does not know it', async () => {
  const { ask, json, job } = await startLost(['a'], () => new Response('{"error_code":404001}', { status: 404 }));
  const look = (body: unknown) => ask('POST', `/api/jobs/${keyOf('a')}/look`, body);
  expect(await json(look({ requestId: ' req-1 ' }))).toMatchObject({ status: 'submitted', requestId: 'req-1' });
  await expect.poll(async () => (await job('a')).error?.code, { timeout: 20_000 }).toBe('not-ours');
  expect(await job('a')).toMatchObject({ status: 'unknown', requestId: null });
});

it.each([
  ['what is no id', { requestId: '../../v1/models' }, 400],
  ['an id that is too long', { requestId: 'x'.repeat(129) }, 400],
  ['no id at all, where we hold none either', {}, 400],
])('refuses %s', async (_, body, status) => {
  const { ask, job } = await startLost(['a'], () => new Response('{}'));
  expect((await ask('POST', `/api/jobs/${keyOf('a')}/look`, body)).status).toBe(status);
  expect((await ask('POST', `/api/jobs/${keyOf('nobody')}/look`, { requestId: 'x' })).status).toBe(404);
  expect((await job('a')).status).toBe('unknown');
});
