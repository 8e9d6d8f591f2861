import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { healthSchema, reportSchema } from '../../../../app/wire-care.ts';
import { makePicture, temporaryFolder } from '../../../support/pictures.ts';
import { openTestServer } from '../../../support/server.ts';
import type { Job } from '../../../../app/wire.ts';

const token = 'rc-Secret-token-1';
const remoteId = 'model-api.runcomfy.net/stepfun-ai/stepx-edit2';
const key = (digit: number) => String(digit).padStart(64, 'a');
const input = {
  prompt: 'a very private prompt',
  negative_prompt: 'nothing private',
  seed: 7,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'png',
};

/** Refuses every edit with words that hold what was asked for, as services do. */
const refusing = async (request: Request): Promise<Response> =>
  request.method === 'POST'
    ? Response.json({ error: `no: ${await request.text()} ${request.headers.get('authorization')}` }, { status: 422 })
    : Response.json({ status: 'in_progress' });

async function afterARefusal() {
  const folder = join(await temporaryFolder(), 'data');
  const server = await openTestServer({ folder, send: refusing, variables: { RUNCOMFY_API_TOKEN: token } });
  const { sha256 } = (await server.json(server.upload(await makePicture()))) as { sha256: string };
  const body = { service: remoteId, input: { ...input, image: sha256 } };
  await server.ask('PUT', `/api/jobs/${key(1)}`, body);
  const job = async () => (await server.json(server.ask('GET', `/api/jobs/${key(1)}`))) as Job;
  await expect.poll(async () => (await job()).status).toBe('failed');
  return { ...server, sha256 };
}

describe('a report of a problem', () => {
  it('tells the life of the edit, the versions and the end of the log', async () => {
    const { json, ask } = await afterARefusal();
    const report = reportSchema.parse(await json(ask('GET', `/api/report?key=${key(1)}`)));
    expect(report).toMatchObject({
      node: process.version,
      settings: { service: 'auto', address: 'https://model-api.runcomfy.net', token: 'environment' },
      jobs: { failed: 1 },
      job: { key: key(1), service: remoteId, status: 'failed', accepted: false, http: 422 },
    });
    expect(report.job!.log.map((line) => (line as { status: string }).status)).toEqual([
      'queued',
      'submitting',
      'failed',
    ]);
    expect(report.log).toContainEqual(expect.objectContaining({ msg: 'start', version: report.health.version }));
  });

  it('holds no prompt, no picture, no token and no home folder; nor does the log', async () => {
    const { folder, send, ask, sha256 } = await afterARefusal();
    await ask('PUT', '/api/settings', { baseUrl: 'https://inside.example' });
    await ask('POST', '/api/pictures/from-url', { url: 'https://private.example/cat.png' });
    const text = await (await send(`/api/report?key=${key(1)}`)).text();
    const log = readFileSync(join(folder, 'logs', 'editloom.log'), 'utf8');
    const parts = ['private', sha256, token, Buffer.from(token).toString('base64').slice(0, 12), 'inside.example'];
    for (const part of parts) {
      expect(text).not.toContain(part);
      expect(log).not.toContain(part);
    }
    expect(text).not.toContain(homedir());
    expect(log).toContain('"msg":"request"');
  });

  it('of no edit in particular tells the rest', async () => {
    const { json, ask } = await openTestServer();
    expect(reportSchema.parse(await json(ask('GET', '/api/report')))).toMatchObject({ job: null, jobs: {} });
    expect((await ask('GET', '/api/report?key=../../etc')).status).toBe(400);
    expect(reportSchema.parse(await json(ask('GET', `/api/report?key=${key(9)}`))).job).toBeNull();
  });
});

describe('health', () => {
  it('says how the server is', async () => {
    const { json, ask } = await openTestServer();
    const health = healthSchema.parse(await json(ask('GET', '/api/health')));
    expect(health).toMatchObject({ ok: true, disk: 'ok', service: 'offline', liveJobs: 0 });
    expect(health.books).toEqual({ jobs: 'ok', outputs: 'ok', requests: 'ok' });
    expect(health.freeBytes).toBeGreaterThan(0);
  });

  it('counts the jobs that go on', async () => {
    const server = await openTestServer({
      send: async (request) =>
        Response.json(request.method === 'POST' ? { request_id: 'r1' } : { status: 'in_progress' }),
      variables: { RUNCOMFY_API_TOKEN: token },
    });
    const { sha256 } = (await server.json(server.upload(await makePicture()))) as { sha256: string };
    await server.ask('PUT', `/api/jobs/${key(1)}`, { service: remoteId, input: { ...input, image: sha256 } });
    expect(await server.json(server.ask('GET', '/api/health'))).toMatchObject({ liveJobs: 1 });
  });
});
