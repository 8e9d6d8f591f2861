import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SetAside } from '../../../../app/wire-care.ts';
import type { SettingsReply } from '../../../../app/settings-wire.ts';
import { httpErrorSchema, type Job } from '../../../../app/wire.ts';
import { makePicture, temporaryFolder } from '../../../support/pictures.ts';
import { offlineId, openTestServer } from '../../../support/server.ts';

const remoteId = 'model-api.runcomfy.net/stepfun-ai/stepx-edit2';
const variables = { RUNCOMFY_API_TOKEN: 'rc-secret-token-1' };
const key = (digit: number) => String(digit).padStart(64, '0');
const input = {
  prompt: 'invert',
  negative_prompt: '',
  seed: 7,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'png',
};

/** A service that takes every edit and counts them. */
function counting() {
  const submitted: string[] = [];
  const send = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return Response.json({ status: 'in_progress' });
    submitted.push(((await request.json()) as { prompt: string }).prompt);
    return Response.json({ request_id: `r${submitted.length}` });
  };
  return { submitted, send };
}

async function folderWithJobs(): Promise<string> {
  const folder = join(await temporaryFolder(), 'data');
  const server = await openTestServer({ folder, variables, send: counting().send });
  const { sha256 } = (await server.json(server.upload(await makePicture()))) as { sha256: string };
  await server.ask('PUT', `/api/jobs/${key(1)}`, { service: remoteId, input: { ...input, image: sha256 } });
  await expect
    .poll(async () => ((await server.json(server.ask('GET', `/api/jobs/${key(1)}`))) as Job).status)
    .toBe('submitted');
  await server.close();
  return folder;
}

async function reopened(folder: string) {
  const service = counting();
  const server = await openTestServer({ folder, variables, send: service.send });
  const { sha256 } = (await server.json(server.upload(await makePicture()))) as { sha256: string };
  return {
    ...server,
    service,
    put: (digit: number, id = remoteId) =>
      server.ask('PUT', `/api/jobs/${key(digit)}`, { service: id, input: { ...input, image: sha256 } }),
    asides: async () => (await server.json(server.ask('GET', '/api/set-aside'))) as SetAside[],
  };
}

const codeOf = async (response: Response) => httpErrorSchema.parse(await response.json()).error.code;

describe('a job book that is gone', () => {
  it('is told, and nothing that costs money is sent before the user has agreed; offline goes on', async () => {
    const folder = await folderWithJobs();
    for (const ending of ['', '-wal', '-shm']) await rm(join(folder, `jobs.sqlite${ending}`), { force: true });
    const { put, asides, ask, json, service, warnings } = await reopened(folder);
    const [aside] = await asides();
    expect(aside).toMatchObject({ what: 'job-book', keysMayBeLost: true, files: [] });
    expect(aside!.message).toContain('may be asked for, and paid for, again');
    expect(warnings).toEqual([aside!.message]);

    const refused = await put(1);
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'keys-may-be-lost']);
    expect(service.submitted).toEqual([]);
    expect((await put(2, offlineId)).status).toBe(409);
    await ask('PUT', '/api/settings', { service: 'offline' });
    expect((await put(2, offlineId)).status).toBe(200);
    const settings = (await json(ask('PUT', '/api/settings', { service: 'remote' }))) as SettingsReply;
    expect(settings.setAside).toEqual({ count: 1, keysMayBeLost: true });

    expect(await json(ask('POST', `/api/set-aside/${aside!.id}/seen`))).toEqual([]);
    expect((await put(1)).status).toBe(200);
    await expect.poll(() => service.submitted).toEqual(['invert']);
  });

  it('stays a reason to wait over a restart, until the user has agreed', async () => {
    const folder = await folderWithJobs();
    await writeFile(join(folder, 'jobs.sqlite'), '');
    await (await reopened(folder)).close();
    const second = await reopened(folder);
    expect(await codeOf(await second.put(5))).toBe('keys-may-be-lost');
    const [aside] = await second.asides();
    await second.ask('POST', `/api/set-aside/${aside!.id}/seen`);
    await second.close();
    const third = await reopened(folder);
    expect(await third.asides()).toEqual([]);
    expect((await third.put(5)).status).toBe(200);
  });
});

it('a damaged job book gives back its edits, follows what was paid for, and can be downloaded', async () => {
  const folder = await folderWithJobs();
  const whole = await readFile(join(folder, 'jobs.sqlite'));
  const damaged = Buffer.from(whole).fill(0x55, 0, 4000);
  await writeFile(join(folder, 'jobs.sqlite'), damaged);
  const { asides, send, json, ask, put, service } = await reopened(folder);
  expect(await json(ask('GET', `/api/jobs/${key(1)}`))).toMatchObject({ requestId: 'r1', status: 'submitted' });
  expect((await put(1)).status).toBe(200);
  expect(service.submitted).toEqual([]);
  const [aside] = await asides();
  const [file] = aside!.files;
  expect(file).toMatchObject({ bytes: damaged.length });
  const download = await send(`/api/set-aside/files/${file!.name}`);
  expect(download.headers.get('content-disposition')).toBe(`attachment; filename="${file!.name}"`);
  expect(Buffer.from(await download.arrayBuffer()).equals(damaged)).toBe(true);
});

it('an older job book in the place of the newer one is noticed', async () => {
  const folder = await folderWithJobs();
  const old = await readFile(join(folder, 'jobs.sqlite'));
  const later = await reopened(folder);
  await later.put(2);
  await expect.poll(() => later.service.submitted).toEqual(['invert']);
  await later.close();
  for (const ending of ['-wal', '-shm']) await rm(join(folder, `jobs.sqlite${ending}`), { force: true });
  await writeFile(join(folder, 'jobs.sqlite'), old);
  const { asides, put } = await reopened(folder);
  expect(await asides()).toMatchObject([{ what: 'job-book', keysMayBeLost: true }]);
  expect(await codeOf(await put(2))).toBe('keys-may-be-lost');
});

it('a damaged lock file, in which nothing stands, stops nobody', async () => {
  const folder = await folderWithJobs();
  await writeFile(join(folder, 'lock.sqlite'), 'no lock '.repeat(200));
  const { asides } = await reopened(folder);
  expect(await asides()).toEqual([]);
});

describe('the other files', () => {
  it('are set aside and told each; the token’s is never given away', async () => {
    const folder = await folderWithJobs();
    await writeFile(join(folder, 'settings.json'), '{"inFlight":');
    await writeFile(join(folder, 'token'), 'rc-secret token-2');
    await writeFile(join(folder, 'outputs.sqlite'), 'no book');
    await writeFile(join(folder, 'offline', 'requests.sqlite'), 'no book either');
    const { asides, send, put } = await reopened(folder);
    const list = await asides();
    expect(list.map(({ what }) => what).toSorted()).toEqual(['output-book', 'requests-book', 'settings', 'token']);
    for (const { what, files } of list) {
      expect(files.map(({ name }) => name)).toHaveLength(what === 'token' ? 0 : 1);
      for (const { name, bytes } of files) {
        const reply = await send(`/api/set-aside/files/${name}`);
        expect([reply.status, (await reply.arrayBuffer()).byteLength]).toEqual([200, bytes]);
      }
    }
    // None of this hides a paid edit.
    expect((await put(3)).status).toBe(200);
    const token = (await readdir(folder)).find((name) => name.startsWith('token.unreadable'));
    expect(await readFile(join(folder, token!), 'utf8')).toBe('rc-secret token-2');
    for (const name of [token!, 'token', 'jobs.sqlite', '../data/token', `settings.json/../${token!}`]) {
      expect((await send(`/api/set-aside/files/${encodeURIComponent(name)}`)).status).toBe(404);
    }
    // Windows knows owners, but not these bits.
    const mode = (await stat(join(folder, token!))).mode & 0o777;
    expect(process.platform === 'win32' ? 0 : mode & 0o077).toBe(0);
  });

  it('the list of what was set aside being unreadable hides nothing', async () => {
    const folder = await folderWithJobs();
    await writeFile(join(folder, 'jobs.sqlite'), 'no book');
    await (await reopened(folder)).close();
    await writeFile(join(folder, 'set-aside.json'), 'no list');
    const { asides, put } = await reopened(folder);
    const [aside] = await asides();
    expect(aside).toMatchObject({ what: 'list', keysMayBeLost: true });
    expect(aside!.files.map(({ name }) => name.split('.')[0]!).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'jobs',
      'set-aside',
    ]);
    expect(await codeOf(await put(1))).toBe('keys-may-be-lost');
  });
});
