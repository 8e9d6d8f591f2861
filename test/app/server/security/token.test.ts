import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Artifact } from '../../../../graphs/artifact.ts';
import { extract } from '../../../../app/embed/embed.ts';
import { withoutSecretVariables } from '../../../../app/server/open-folder.ts';
import { createRedact } from '../../../../app/server/redact.ts';
import { createRemote } from '../../../../app/server/remote.ts';
import { RemoteError } from '../../../../app/server/remote-errors.ts';
import type { Job, SavedOutput } from '../../../../app/wire.ts';
import { makePicture } from '../../../support/pictures.ts';
import { spellingsIn, spellingsOf } from '../../../support/secret-spellings.ts';
import { startTestServer } from '../../../support/server.ts';

const token = 'rc-Very+secret/"0123\\456789=?>~~x';
const remoteId = 'model-api.runcomfy.net/stepfun-ai/stepx-edit2';
const key = (digit: number) => String(digit).padStart(64, '0');

describe('taking a secret out', () => {
  it.each(spellingsOf(token).filter(({ name }) => name !== 'UTF-16'))(
    'works for the spelling $name',
    ({ name, bytes }) => {
      const redact = createRedact(() => token);
      expect(spellingsIn(redact(`before ${bytes.toString()} behind`), token)).toEqual([]);
      expect(spellingsIn(`before ${bytes.toString()} behind`, token)).toContain(name);
    },
  );

  it('works for a secret as long as any, and in the midst of a picture’s megabytes', () => {
    let long = 'seed';
    while (long.length < 4096) long += createHash('sha512').update(long).digest('base64');
    long = long.slice(0, 4096);
    expect(createRedact(() => long)(`<${long}>`)).toMatch(/^<…+>$/);
    const answer = `{"image":"data:image/png;base64,${'A'.repeat(2_000_000)}","error":"${encodeURIComponent(token)}"}`;
    expect(spellingsIn(createRedact(() => token)(answer), token)).toEqual([]);
  });

  it('leaves everything else as it is', () => {
    const text = '{"a": "rc-Very secret", "b": [1, 2], "c": "\\u00e9"}';
    expect(createRedact(() => token)(text)).toBe(text);
    expect(createRedact(() => null)(text)).toBe(text);
    expect(createRedact(() => 'short')('a short text')).toBe('a short text');
  });
});

it('the file manager, and what is started from it, gets neither token nor password', () => {
  const variables = {
    PATH: '/bin',
    RUNCOMFY_API_TOKEN: 'a',
    RUNCOMFY_TOKEN: 'b',
    EDITLOOM_PASSWORD: 'c',
    EDITLOOM_S3_SECRET_KEY: 'd',
  };
  expect(withoutSecretVariables(variables)).toEqual({ PATH: '/bin' });
});

it.each([301, 302, 303, 307, 308])('the token follows no redirect, not even a %i', async (status) => {
  const heard: (string | undefined)[] = [];
  const elsewhere = await listenTo((request, response) => {
    heard.push(request.headers.authorization);
    response.end('{}');
  });
  const service = await listenTo((_, response) => void response.writeHead(status, { location: elsewhere }).end());
  const remote = createRemote({
    baseUrl: service,
    model: 'stepfun-ai/stepx-edit2',
    token: () => token,
    send: (request) => fetch(request),
    fetchResult: () => Promise.reject(new Error('Nothing is fetched here')),
  });
  const { signal } = new AbortController();
  const input = { prompt: 'a', negative_prompt: '', seed: 1, image_url: 'https://a.example/b.png' };
  const rest = { enable_thinking_mode: true, enable_reflection_mode: true, output_format: 'png' as const };
  await expect(remote.submit({ ...input, ...rest }, signal)).rejects.toThrow(RemoteError);
  await expect(remote.look('r1', signal)).rejects.toThrow(RemoteError);
  expect(await remote.cancel('r1', signal)).toBe('unknown');
  expect(await remote.price(signal)).toBeNull();
  expect(heard).toEqual([]);
});

function listenTo(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

describe('the token in a whole story', () => {
  /** A service that quotes the token in each of its answers, in every spelling that it can think of. */
  function indiscreetService(picture: Uint8Array) {
    const quotes = spellingsOf(token)
      .filter(({ name }) => name !== 'UTF-16')
      .map(({ bytes }) => bytes.toString());
    const all = quotes.join(' ; ');
    const headers = { 'x-token': encodeURIComponent(token), 'retry-after': '0' };
    const authorizations = new Set<string>();
    let submitted = 0;
    const send = async (request: Request): Promise<Response> => {
      const { pathname, hostname } = new URL(request.url);
      authorizations.add(`${hostname} ${request.headers.get('authorization')}`);
      if (hostname === 'files.runcomfy.net') return new Response(new Uint8Array(picture), { headers });
      if (request.method === 'POST') {
        submitted++;
        if (submitted > 1)
          return Response.json({ error_code: 422001, error_message: all, detail: quotes }, { status: 422, headers });
        return Response.json({ request_id: 'r1', echo: all }, { headers });
      }
      if (pathname.startsWith('/v1/models/'))
        return Response.json({ base_price_usd: 0.2, price_unit: all }, { headers });
      const output = { image: `https://files.runcomfy.net/x.png?token=${encodeURIComponent(token)}` };
      return Response.json(
        { status: 'succeeded', output, note: all, input: { prompt: 'blue', image_url: all } },
        { headers },
      );
    };
    return { send, authorizations };
  }

  it('appears in nothing that is sent, logged, stored, saved or packed, in whatever spelling', async () => {
    const printed: string[] = [];
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words.map(String).join(' ')));
    const service = indiscreetService(await makePicture());
    const server = await startTestServer({ send: service.send });
    const seen: Record<string, Uint8Array | string> = {};
    const keep = async (name: string, reply: Response): Promise<Response> => {
      seen[`headers of ${name}`] = JSON.stringify([...reply.headers]);
      seen[name] = new Uint8Array(await reply.clone().arrayBuffer());
      return reply;
    };
    const ask = async (method: string, path: string, body?: unknown) =>
      keep(`${method} ${path}`, await server.ask(method, path, body));

    await ask('PUT', '/api/token', { token });
    await ask('PUT', '/api/token', { token: `${token} and more` });
    await ask('PUT', '/api/token', { wrong: token });
    await ask('PUT', '/api/settings', {
      inFlight: 2,
      baseUrl: `https://model-api.runcomfy.net/${encodeURIComponent(token)}?`,
    });
    await ask('PUT', '/api/settings', { baseUrl: 'https://model-api.runcomfy.net' });
    const stream = await server.ask('GET', '/api/events');
    const heard: Uint8Array[] = [];
    const listening = (async () => {
      for await (const chunk of stream.body as AsyncIterable<Uint8Array>) heard.push(chunk);
    })().catch(() => {});
    const { sha256 } = (await (
      await keep('upload', await server.upload(await makePicture('png', { width: 61 }), `${token}.png`))
    ).json()) as Artifact;
    await keep('refused upload', await server.upload(new Uint8Array([1, 2, 3]), 'x.png'));
    const input = {
      image: sha256,
      prompt: 'blue',
      negative_prompt: '',
      seed: 1,
      enable_thinking_mode: true,
      enable_reflection_mode: true,
      output_format: 'png',
    };
    await ask('PUT', `/api/jobs/${key(1)}`, { service: remoteId, input });
    const done = await untilEnded(1);
    await ask('PUT', `/api/jobs/${key(2)}`, { service: remoteId, input: { ...input, seed: 2 } });
    const failed = await untilEnded(2);
    expect([done.status, failed.status]).toEqual(['done', 'failed']);
    // They do tell of what the service said, only without that.
    expect(done.note).toContain('…');
    expect(failed.error?.message).toContain('…');
    const save = {
      key: key(3),
      picture: done.artifacts[0]?.sha256,
      name: `cat ${token}/${encodeURIComponent(token)}`,
      provenance: { token, header: `Basic ${Buffer.from(`user:${token}`).toString('base64')}`, [token]: 1 },
      graph: { nodes: [token, encodeURIComponent(token)] },
    };
    const saved = (await (await ask('POST', '/api/outputs', save)).json()) as SavedOutput;
    for (const path of [
      '/api/settings',
      '/api/service',
      '/api/health',
      `/api/report?key=${key(2)}`,
      '/api/report',
      '/api/storage',
      '/api/set-aside',
      '/api/jobs?status=unknown',
      `/api/jobs/${key(1)}`,
      `/api/jobs/${key(2)}`,
      '/api/samples',
      saved.url,
    ])
      await ask('GET', path);
    await ask('POST', '/api/lookup', { keys: [key(1), key(2), key(3)], pictures: [sha256] });
    const zip = await ask('POST', '/api/outputs/zip', { files: [saved.file] });
    for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await zip.arrayBuffer())))) {
      seen[`in the zip: ${name}`] = bytes;
      seen[`carried by ${name}`] = JSON.stringify(extract(bytes));
      seen[`name ${name}`] = name;
    }
    expect(JSON.stringify(extract(await readFile(join(server.folder, 'outputs', saved.file))))).toContain('…');
    await server.close();
    await listening;
    seen['the event stream'] = Buffer.concat(heard);
    expect(Buffer.concat(heard).toString()).toContain(key(2));
    vi.restoreAllMocks();
    seen['the log'] = [...printed, ...server.bugs.map((bug) => (bug instanceof Error ? bug.stack : String(bug)))].join(
      '\n',
    );
    let files = 0;
    for (const name of await readdir(server.folder, { recursive: true })) {
      const file = join(server.folder, name);
      seen[`the name of ${name}`] = name;
      if (!(await stat(file)).isFile()) continue;
      files++;
      seen[`the file ${name}`] = await readFile(file);
    }
    expect(files).toBeGreaterThan(8);
    expect(Object.keys(seen).length).toBeGreaterThan(60);

    const found = Object.entries(seen).flatMap(([name, content]) =>
      spellingsIn(content, token).map((how) => `${name}: ${how}`),
    );
    expect(new Set(found.map((line) => line.split(':')[0]))).toEqual(new Set(['the file token']));
    // It did go where it has to go, and only there.
    expect(service.authorizations).toEqual(
      new Set([`model-api.runcomfy.net Bearer ${token}`, 'files.runcomfy.net null']),
    );

    async function untilEnded(digit: number): Promise<Job> {
      for (;;) {
        const job = (await (await ask('GET', `/api/jobs/${key(digit)}`)).json()) as Job;
        if (['done', 'failed', 'unknown', 'cancelled'].includes(job.status)) return job;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  });
});
