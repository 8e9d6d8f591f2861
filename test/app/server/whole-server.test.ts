import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { extract } from '../../../app/embed/embed.ts';
import { lockDataFolder } from '../../../app/server/data-lock.ts';
import type { Engine } from '../../../app/server/offline/engine.ts';
import type { LookupReply } from '../../../app/job-news.ts';
import type { SettingsReply } from '../../../app/settings-wire.ts';
import type { Job, Sample, SavedOutput } from '../../../app/wire.ts';
import { makePicture, pixelsOf, temporaryFolder } from '../../support/pictures.ts';
import { offlineId, openTestServer, readEvents, startTestServer } from '../../support/server.ts';

const key = (digit: number) => String(digit).padStart(64, '0');
const input = {
  prompt: 'make it black and white',
  negative_prompt: '',
  seed: 7,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'png',
};

describe('the whole server on a real port', () => {
  it('has the pictures that the templates name, from the first moment', async () => {
    const { ask } = await startTestServer();
    const coffee = 'cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7';
    expect((await ask('GET', `/api/pictures/${coffee}?size=large`)).status).toBe(200);
  });

  it('goes from a sample to a saved file whose pixels are those of the finished edit', async () => {
    const server = await startTestServer();
    const { ask, json, folder } = server;
    const [sample] = (await json(ask('GET', '/api/samples'))) as Sample[];
    const events = readEvents(await ask('GET', '/api/events'));
    expect((await events.next()).data).toMatchObject({ seq: 0, service: offlineId });

    const body = { service: offlineId, input: { ...input, image: sample?.artifact.sha256 } };
    const asked = (await json(ask('PUT', `/api/jobs/${key(1)}`, body))) as Job;
    expect(asked).toMatchObject({ key: key(1), accepted: false });
    await events.nextJob(({ status }) => !['queued', 'submitting', 'submitted', 'collecting'].includes(status));
    const done = (await json(ask('GET', `/api/jobs/${key(1)}`))) as Job;
    expect(done).toMatchObject({ key: key(1), status: 'done', accepted: true, price: 0 });
    // The address that was told answers to anybody who has it, as a storage does.
    const told = await fetch(done.resultUrls[0] ?? '');
    const made = Buffer.from(await told.arrayBuffer());
    const [artifact] = done.artifacts;
    expect(made.length).toBe(artifact?.bytes);

    const save = {
      key: key(2),
      picture: artifact?.sha256,
      name: 'coffee/{date}',
      provenance: { of: key(1) },
      graph: {},
    };
    const saved = (await json(ask('POST', '/api/outputs', save))) as SavedOutput;
    const file = await readFile(join(folder, 'outputs', saved.file));
    expect(await pixelsOf(file)).toEqual(await pixelsOf(made));
    expect(extract(file)).toEqual({ editloom: 1, provenance: { of: key(1) }, graph: {} });
    const { channels } = await sharp(file).stats();
    // Black and white: the three colours are one.
    expect(channels[0]?.mean).toBeCloseTo(channels[2]?.mean ?? 0, 0);

    const known = (await json(
      ask('POST', '/api/lookup', { keys: [key(1), key(2), key(3)], pictures: [] }),
    )) as LookupReply;
    expect([known.jobs.map((job) => job.status), known.outputs]).toEqual([['done'], [saved]]);
    await events.close();
    await server.close();
  });

  it('speaks the contract of the edit service to a client that only has its address', async () => {
    const { url, send, upload, json } = await startTestServer();
    const { sha256 } = (await json(upload(await makePicture()))) as { sha256: string };
    const headers = { authorization: 'Bearer anything', 'content-type': 'application/json' };
    const body = JSON.stringify({ prompt: 'invert', image_url: `${url}/api/pictures/${sha256}` });
    const submitted = (await json(
      send('/v1/models/stepfun-ai/stepx-edit2', { method: 'POST', headers, body }),
    )) as Record<string, string>;
    expect(submitted.result_url).toBe(`${url}/v1/requests/${submitted.request_id}/result`);
    const result = async () =>
      (await (await fetch(submitted.result_url ?? '', { headers })).json()) as Record<string, unknown>;
    await expect.poll(async () => (await result()).status, { timeout: 20_000 }).toBe('succeeded');
    const { output } = (await result()) as { output: { image: string } };
    expect((await fetch(output.image)).headers.get('content-type')).toBe('image/jpeg');
  });

  it('does after the next start what was asked for before the stop, once, also when its port is another one by then', async () => {
    const held = heldEngine();
    const folder = join(await temporaryFolder(), 'data');
    const first = await startTestServer({ folder, engine: held.engine });
    const { sha256 } = (await first.json(first.upload(await makePicture()))) as { sha256: string };
    const events = readEvents(await first.ask('GET', '/api/events'));
    await first.ask('PUT', `/api/jobs/${key(1)}`, { service: offlineId, input: { ...input, image: sha256 } });
    const { seq } = await events.nextJob(({ status }) => status === 'submitted');
    const { requestId } = (await first.json(first.ask('GET', `/api/jobs/${key(1)}`))) as Job;
    await held.begun;
    await first.close();

    const second = await startTestServer({ folder });
    const later = readEvents(await second.ask('GET', `/api/events?after=${seq - 1}`));
    const done = await later.nextJob(({ status }) => status === 'done' || status === 'failed');
    expect(done).toMatchObject({ status: 'done', requestId });
    expect(second.url).not.toBe(first.url);
    await later.close();
  });
});

describe('after a change of the edit service', () => {
  /** Just enough of RunComfy: takes every job, and finishes them when told. */
  function remote(picture: Uint8Array) {
    const submitted: string[] = [];
    let isFinished = false;
    return {
      submitted,
      finish: () => (isFinished = true),
      send: async (request: Request): Promise<Response> => {
        const { pathname, hostname } = new URL(request.url);
        if (hostname === 'files.runcomfy.net') return new Response(new Uint8Array(picture));
        if (request.method === 'POST') {
          submitted.push(((await request.json()) as { prompt: string }).prompt);
          return Response.json({ request_id: `r${submitted.length}` });
        }
        if (pathname.startsWith('/v1/models/')) return Response.json({ base_price_usd: 0.2, price_unit: 'image' });
        if (!isFinished) return Response.json({ status: 'in_progress' });
        return Response.json({ status: 'succeeded', output: { image: 'https://files.runcomfy.net/x.png' } });
      },
    };
  }
  const remoteId = 'model-api.runcomfy.net/stepfun-ai/stepx-edit2';

  it('what was paid for before is still brought home, while new jobs go to the other one', async () => {
    const service = remote(await makePicture('jpeg'));
    const server = await openTestServer({ send: service.send, variables: { RUNCOMFY_API_TOKEN: 'rc-secret-1' } });
    const { ask, json, upload } = server;
    expect(await json(ask('GET', '/api/service'))).toMatchObject({ id: remoteId, price: 0.2 });
    const { sha256 } = (await json(upload(await makePicture()))) as { sha256: string };
    const events = readEvents(await ask('GET', '/api/events'));
    await ask('PUT', `/api/jobs/${key(1)}`, { service: remoteId, input: { ...input, image: sha256 } });
    await events.nextJob((job) => job.status === 'submitted');

    const { service: now } = (await json(ask('PUT', '/api/settings', { service: 'offline' }))) as SettingsReply;
    expect(now.id).toBe(offlineId);
    await ask('PUT', `/api/jobs/${key(2)}`, { service: offlineId, input: { ...input, image: sha256 } });
    expect(await events.nextJob((job) => job.key === key(2) && job.status === 'done')).toMatchObject({
      service: offlineId,
    });
    service.finish();
    const paid = await events.nextJob((job) => job.key === key(1) && job.status === 'done');
    expect(paid.artifacts).toMatchObject([{ mediaType: 'image/jpeg' }]);
    expect(service.submitted).toEqual(['make it black and white']);
    await events.close();
  });

  it('nothing more is sent to the one before: a queued edit says so instead', async () => {
    const service = remote(await makePicture('jpeg'));
    const variables = { RUNCOMFY_API_TOKEN: 'rc-secret-1' };
    const server = await openTestServer({ send: service.send, variables });
    const { ask, json, upload } = server;
    await ask('PUT', '/api/settings', { inFlight: 1 });
    const { sha256 } = (await json(upload(await makePicture()))) as { sha256: string };
    const events = readEvents(await ask('GET', '/api/events'));
    for (const digit of [1, 2]) {
      const body = { service: remoteId, input: { ...input, prompt: `edit ${digit}`, image: sha256 } };
      await ask('PUT', `/api/jobs/${key(digit)}`, body);
    }
    await events.nextJob((job) => job.status === 'submitted');
    await ask('PUT', '/api/settings', { service: 'offline', inFlight: 4 });
    const refused = await events.nextJob((job) => job.key === key(2) && job.status === 'failed');
    expect(refused).toMatchObject({ accepted: false, error: { code: 'other-service' } });
    expect(service.submitted).toEqual(['edit 1']);
    await events.close();
  });
});

it('what a killed server left half-written is gone after the next start, and nothing else', async () => {
  const folder = join(await temporaryFolder(), 'data');
  const first = await openTestServer({ folder });
  await first.close();
  const part = `.${randomUUID()}.part`;
  const places = ['.', 'outputs/.unfinished', 'pictures/unfinished'];
  for (const place of places) {
    await mkdir(join(folder, place), { recursive: true });
    for (const name of [part, 'mine.part']) await writeFile(join(folder, place, name), 'half');
  }
  await openTestServer({ folder });
  for (const place of places) {
    const names = await readdir(join(folder, place));
    expect(names).toContain('mine.part');
    expect(names).not.toContain(part);
  }
});

describe('two servers', () => {
  it('do not share a data folder or a port', async () => {
    const { folder, url } = await startTestServer();
    await expect(startTestServer({ folder })).rejects.toThrow(/in use by another Editloom/);
    const port = new URL(url).port;
    await expect(startTestServer({ variables: { PORT: port } })).rejects.toThrow(`Port ${port} is in use`);
  });

  it('do not see the lock of one that was killed', async () => {
    const folder = await temporaryFolder();
    const script = `const db = new (require('libsql'))(process.argv[1]); db.exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => {}, 1000)`;
    const holder = spawn(process.execPath, ['-e', script, join(folder, 'lock.sqlite')]);
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    expect(() => lockDataFolder(folder)).toThrow(/in use by another Editloom/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockDataFolder(folder)();
  });
});

/** Begins an edit and never ends it. */
function heldEngine() {
  let began = () => {};
  const begun = new Promise<void>((resolve) => (began = resolve));
  const engine: Engine = {
    edit(_picture, _input, signal) {
      began();
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
    },
    close: async () => {},
  };
  return { engine, begun };
}
