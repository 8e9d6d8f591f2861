import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { artifactSchema, type Artifact } from '../../../graphs/artifact.ts';
import { lookupReplySchema } from '../../../app/job-news.ts';
import { FetchRefused } from '../../../app/server/public-fetch.ts';
import { serviceInfoSchema, settingsReplySchema } from '../../../app/settings-wire.ts';
import { helloSchema, httpErrorSchema, jobSchema, sampleSchema } from '../../../app/wire.ts';
import { makePicture, temporaryFolder } from '../../support/pictures.ts';
import { offlineId, openTestServer, readEvents } from '../../support/server.ts';

const key = 'ab'.repeat(32);
const input = {
  prompt: 'black and white',
  negative_prompt: '',
  seed: 7,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'png',
};

async function errorOf(reply: Response) {
  return { status: reply.status, ...httpErrorSchema.parse(await reply.json()).error };
}

describe('replies', () => {
  it('all have the shape that the page expects', async () => {
    const { ask, json, upload } = await openTestServer();
    const artifact = artifactSchema.parse(await json(upload(await makePicture())));
    const body = { service: offlineId, input: { ...input, image: artifact.sha256 } };
    expect(jobSchema.parse(await json(ask('PUT', `/api/jobs/${key}`, body)))).toMatchObject({ key, status: 'queued' });
    expect(jobSchema.parse(await json(ask('GET', `/api/jobs/${key}`)))).toMatchObject({ key });
    expect(jobSchema.parse(await json(ask('DELETE', `/api/jobs/${key}`)))).toMatchObject({ key });
    settingsReplySchema.parse(await json(ask('GET', '/api/settings')));
    settingsReplySchema.parse(await json(ask('PUT', '/api/settings', { inFlight: 2 })));
    settingsReplySchema.parse(await json(ask('PUT', '/api/token', { token: 'rc-secret-1' })));
    settingsReplySchema.parse(await json(ask('DELETE', '/api/token')));
    expect(serviceInfoSchema.parse(await json(ask('GET', '/api/service')))).toMatchObject({ id: offlineId, price: 0 });
    lookupReplySchema.parse(await json(ask('POST', '/api/lookup', { keys: [key], pictures: [key] })));
    const events = readEvents(await ask('GET', '/api/events'));
    helloSchema.parse((await events.next()).data);
    await events.close();
    expect(await json(ask('GET', '/api/health'))).toMatchObject({ ok: true });
  });

  it.each([
    ['GET', '/api/nothing', undefined, 404, 'no-such-route'],
    ['GET', `/api/jobs/${key}`, undefined, 404, 'no-such-job'],
    ['DELETE', `/api/jobs/${key}`, undefined, 404, 'no-such-job'],
    ['GET', '/api/jobs/abc', undefined, 400, 'bad-key'],
    [
      'PUT',
      `/api/jobs/${key}`,
      { service: offlineId, input: { ...input, image: key, prompt: ' ' } },
      400,
      'bad-request',
    ],
    ['PUT', `/api/jobs/${key}`, { service: 'other/service', input: { ...input, image: key } }, 409, 'other-service'],
    ['PUT', '/api/settings', { inFlight: -1 }, 400, 'bad-settings'],
    ['PUT', '/api/token', { token: 'two words' }, 400, 'bad-token'],
    ['PUT', '/api/token', 'text', 400, 'bad-request'],
    ['POST', '/api/lookup', { keys: ['x'] }, 400, 'bad-request'],
    ['POST', '/api/outputs', { key }, 400, 'bad-request'],
    ['GET', `/api/pictures/${key}`, undefined, 404, 'no-such-picture'],
    ['GET', `/api/pictures/${key}?size=small`, undefined, 404, 'no-such-picture'],
    ['GET', `/api/pictures/${key}?size=huge`, undefined, 400, 'bad-request'],
    ['GET', '/api/pictures/..%2f..%2fjobs.sqlite', undefined, 404, 'no-such-picture'],
  ])('refuse %s %s with a sentence', async (method, path, body, status, code) => {
    const { ask, bugs } = await openTestServer();
    expect(await errorOf(await ask(method, path, body))).toMatchObject({ status, code });
    expect(bugs).toEqual([]);
  });

  it('refuse a body that is no JSON', async () => {
    const { send } = await openTestServer();
    const reply = await send('/api/lookup', { method: 'POST', headers: { 'x-editloom': '1' }, body: '<html>' });
    expect(await errorOf(reply)).toMatchObject({ status: 400, code: 'not-json' });
  });

  it('hide what only a programmer can read', async () => {
    const { ask, bugs } = await openTestServer({
      fetchPublic: () => Promise.reject(new Error('at /secret/place.ts:12')),
    });
    const refused = await errorOf(await ask('POST', '/api/pictures/from-url', { url: 'https://example.com/a.png' }));
    expect(refused).toMatchObject({ status: 500, code: 'bug' });
    expect(refused.message).not.toContain('secret');
    expect(bugs).toHaveLength(1);
  });
});

describe('pictures', () => {
  it('are served with the type of their content, to be kept for ever, and can run nothing', async () => {
    const { ask, upload, json } = await openTestServer();
    const bytes = await makePicture('jpeg');
    const { sha256 } = (await json(upload(bytes, 'misnamed.html'))) as Artifact;
    const reply = await ask('GET', `/api/pictures/${sha256}`);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      etag: `"${sha256}"`,
    });
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(bytes);
  });

  it('are not sent again to a browser that has them', async () => {
    const { send, upload, json } = await openTestServer();
    const { sha256 } = (await json(upload(await makePicture()))) as Artifact;
    for (const [query, etag] of [
      ['', `"${sha256}"`],
      ['?size=small', `"${sha256}-small"`],
    ] as const) {
      const path = `/api/pictures/${sha256}${query}`;
      expect((await send(path)).headers.get('etag')).toBe(etag);
      expect((await send(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    }
  });

  it('come as thumbnails, too', async () => {
    const { ask, upload, json } = await openTestServer();
    const { sha256 } = (await json(upload(await makePicture()))) as Artifact;
    const reply = await ask('GET', `/api/pictures/${sha256}?size=large`);
    expect(reply.headers.get('content-type')).toBe('image/webp');
  });

  it('that are refused are named in the sentence, with the reason', async () => {
    const { upload } = await openTestServer();
    expect(await errorOf(await upload(Buffer.from('<svg/>'), 'größe "1".svg'))).toEqual({
      status: 415,
      code: 'svg',
      message: expect.stringMatching(/^größe "1"\.svg was not taken: it is an SVG drawing/),
    });
    expect(await errorOf(await upload(new Uint8Array(50_000_001), 'big.png'))).toEqual({
      status: 413,
      code: 'too-large',
      message: 'big.png was not taken: a picture may have at most 50 MB.',
    });
  });

  it('come from an address, or the sentence says why not', async () => {
    const picture = await makePicture();
    const { ask } = await openTestServer({
      async fetchPublic(url) {
        if (url.includes('inside')) throw new FetchRefused('private', 'inside is an address of this machine.');
        const bytes = url.endsWith('.png') ? picture : Buffer.from('<html>');
        return { bytes: new Uint8Array(bytes), contentType: 'image/png', url };
      },
    });
    const from = (url: string) => ask('POST', '/api/pictures/from-url', { url });
    expect(artifactSchema.parse(await (await from('https://example.com/a.png')).json()).bytes).toBe(picture.length);
    expect(await errorOf(await from('https://example.com/page%20one'))).toMatchObject({
      code: 'not-a-picture',
      message: expect.stringMatching(/^page one was not taken/),
    });
    expect(await errorOf(await from('http://inside/'))).toMatchObject({ status: 422, code: 'fetch-private' });
  });

  it('that come with Editloom are in the store when they are told', async () => {
    const { ask, json } = await openTestServer();
    const samples = z.array(sampleSchema).parse(await json(ask('GET', '/api/samples')));
    expect(samples.map(({ title }) => title)).toEqual(['A cup of coffee', 'A cat', 'An astronaut', 'A rocket']);
    for (const { artifact } of samples) expect((await ask('GET', `/api/pictures/${artifact.sha256}`)).status).toBe(200);
  });
});

describe('the page', () => {
  it('comes from the built folder: hashed files for ever, index.html anew each time, nothing from outside', async () => {
    const pageFolder = join(await temporaryFolder(), 'client');
    await mkdir(join(pageFolder, 'assets'), { recursive: true });
    await writeFile(join(pageFolder, 'index.html'), '<title>Editloom</title>');
    await writeFile(join(pageFolder, 'assets', 'main-abc.js'), 'run()');
    await writeFile(join(pageFolder, '..', 'secret.txt'), 'secret');
    const { send } = await openTestServer({ pageFolder });
    const index = await send('/');
    expect(await index.text()).toContain('Editloom');
    expect(index.headers.get('cache-control')).toBe('no-cache');
    const script = await send('/assets/main-abc.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const path of [
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/nothing.js',
      '/%ff',
    ]) {
      expect((await send(path)).status).toBe(404);
    }
  });
});

describe('the token', () => {
  const token = 'rc-very-secret-0123456789';

  it('appears in no reply, no log and no file but its own, not even when the edit service quotes it', async () => {
    const printed: unknown[] = [];
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...words) => void printed.push(...words));
    }
    const sent: string[] = [];
    const server = await openTestServer({
      async send(request) {
        sent.push(`${request.method} ${new URL(request.url).host} ${request.headers.get('authorization')}`);
        const message = `Token ${token} has expired`;
        return Response.json({ error_code: 400004, error_message: message }, { status: 400 });
      },
    });
    const { ask, upload, json, folder, bugs } = server;
    const replies: string[] = [];
    const keep = async (reply: Response) => replies.push(JSON.stringify([...reply.headers]) + (await reply.text()));

    await keep(await ask('PUT', '/api/token', { token }));
    await keep(await ask('PUT', '/api/token', { token: `${token} with more` }));
    await keep(await ask('PUT', '/api/token', { wrong: token }));
    await keep(await ask('GET', '/api/settings'));
    const service = serviceInfoSchema.parse(await json(ask('GET', '/api/service')));
    expect(service).toMatchObject({ kind: 'remote', id: 'model-api.runcomfy.net/stepfun-ai/stepx-edit2', price: null });
    const events = readEvents(await ask('GET', '/api/events'));
    const { sha256 } = (await json(upload(await makePicture()))) as Artifact;
    await keep(await ask('PUT', `/api/jobs/${key}`, { service: service.id, input: { ...input, image: sha256 } }));
    const failed = await events.nextJob(({ status }) => status === 'failed');
    expect(failed.error).toMatchObject({ code: 'token' });
    replies.push(JSON.stringify(failed));
    await events.close();
    const save = { key, picture: sha256, name: `cat ${token}`, provenance: { token }, graph: [token] };
    await keep(await ask('POST', '/api/outputs', save));
    await server.close();
    vi.restoreAllMocks();

    // It did go where it has to go, and only there.
    expect(new Set(sent.map((line) => line.slice(line.indexOf(' ') + 1)))).toEqual(
      new Set([`model-api.runcomfy.net Bearer ${token}`]),
    );
    expect(sent.filter((line) => line.startsWith('POST'))).toHaveLength(1);
    expect(replies.join('\n')).not.toContain(token);
    expect(JSON.stringify([printed, bugs.map(String)])).not.toContain(token);
    const holding: string[] = [];
    for (const name of await readdir(folder, { recursive: true })) {
      const file = join(folder, name);
      if (name.includes(token)) holding.push(name);
      if ((await stat(file)).isFile() && (await readFile(file)).includes(token)) holding.push(name);
    }
    expect(holding).toEqual(['token']);
  });
});

describe('a change of the settings', () => {
  it('chooses the edit service, and keys made for another are refused', async () => {
    const { ask, json } = await openTestServer({ variables: { RUNCOMFY_API_TOKEN: 'from-shell' } });
    const kindOf = async (reply: Promise<Response>) => settingsReplySchema.parse(await json(reply)).service.kind;
    expect(await kindOf(ask('GET', '/api/settings'))).toBe('remote');
    expect(await kindOf(ask('PUT', '/api/settings', { service: 'offline' }))).toBe('offline');
    const remoteId = 'model-api.runcomfy.net/stepfun-ai/stepx-edit2';
    const refused = await ask('PUT', `/api/jobs/${key}`, { service: remoteId, input: { ...input, image: key } });
    expect(await errorOf(refused)).toMatchObject({ status: 409, code: 'other-service' });
    expect(await kindOf(ask('PUT', '/api/settings', { service: 'remote', baseUrl: 'http://127.0.0.1:9' }))).toBe(
      'remote',
    );
    expect(await json(ask('GET', '/api/service'))).toMatchObject({
      id: '127.0.0.1:9/stepfun-ai/stepx-edit2',
      price: null,
    });
  });
});
