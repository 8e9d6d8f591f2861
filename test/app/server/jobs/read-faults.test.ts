import { expect, it } from 'vitest';
import type { Behaviour, ReadFault } from '../../../support/fault-server.ts';
import { goodToken } from '../../../support/fault-server.ts';
import { fastClock, inputUrl, startWorld } from '../../../support/job-world.ts';

const html = '<!doctype html><body>Just a moment…</body>';
const raw = (status: number, body: unknown, headers?: Record<string, string>): ReadFault => ({
  raw: () => ({ status, body, headers }),
});

it.each<[string, Behaviour]>([
  ['other words for its states', { life: ['QUEUED', 'Starting', 'in-progress', 'Rendering', 'Success'] }],
  ['hyphens and capitals', { life: ['IN-QUEUE', 'In Progress', 'COMPLETED'] }],
  ['an end at the first look', { life: ['completed'] }],
  ['"not ready" as HTTP 400', { reads: [raw(400, { error_code: 400005, message: 'not ready' })] }],
  ['500, 502 pages and 503', { reads: [raw(500, {}), raw(502, html), raw(503, html), raw(200, html)] }],
  ['429 with Retry-After', { reads: [raw(429, {}, { 'retry-after': '30' })] }],
  ['200 + an error code of the 500s', { reads: [raw(200, { error_code: 500001 })] }],
  ['cut connections', { reads: [{ cut: true }, { cut: true }, { cut: true }, { cut: true }] }],
  ['a result that lags behind its state', { reads: [raw(200, { status: 'completed', output: {} })] }],
  ['a cut file', { files: [{ cut: true }] }],
  ['a truncated file', { files: [{ truncate: true }] }],
  ['a page in place of the file', { files: [{ body: html }] }],
  ['a file that is not there yet', { files: [{ status: 404, body: 'no' }] }],
  ['an overloaded storage', { files: [{ status: 503, body: 'no' }] }],
])('survives %s, and never sends twice [M6, M7]', async (_, behaviour) => {
  const world = await startWorld();
  world.service.behave('a', behaviour);
  world.put('a');
  expect((await world.until('a', 'done', 'failed')).error).toBe(null);
  expect(world.job('a')?.artifacts).toHaveLength(1);
  expect(world.service.submissionsOf('a')).toBe(1);
  expect(world.bugs).toEqual([]);
});

it('survives a request that is not known everywhere at once, and never sends twice [M6, M7]', async () => {
  // Its first fifteen seconds are to last even where this machine is busy.
  const world = await startWorld({ speed: 10 });
  world.service.behave('a', { reads: [raw(404, { error_code: 404001 })] });
  world.put('a');
  expect((await world.until('a', 'done', 'failed')).error).toBe(null);
  expect(world.service.submissionsOf('a')).toBe(1);
  expect(world.bugs).toEqual([]);
});

it.each<[string, (urls: string[]) => Record<string, unknown>, number]>([
  ['image', ([a]) => ({ output: { image: a } }), 1],
  ['images', ([a]) => ({ output: { images: [a] } }), 1],
  ['several images', (urls) => ({ output: { images: urls } }), 2],
  ['the same picture as image and images', ([a]) => ({ output: { image: a, images: [a] } }), 1],
  ['a bare text', ([a]) => ({ output: a }), 1],
  ['a bare list', (urls) => ({ output: urls }), 2],
  ['objects with url', ([a]) => ({ output: { images: [{ url: a }] } }), 1],
  ['an address without origin', ([a = '']) => ({ output: { image: new URL(a).pathname } }), 1],
  ['the input among the pictures', ([a]) => ({ output: { images: [inputUrl, a] } }), 1],
])('finds the pictures in %s', async (_, result, count) => {
  const world = await startWorld();
  world.service.behave('a', { result });
  world.put('a');
  const job = await world.until('a', 'done');
  expect(job.artifacts).toHaveLength(count);
  expect(job.resultUrls).toHaveLength(count);
  expect(world.service.requests.file).toBe(count);
});

it('keeps what the service says about the edit, and its price', async () => {
  const world = await startWorld();
  world.service.behave('a', { result: ([a]) => ({ output: { image: a }, note: 'Made grey.', cost: '0.05' }) });
  world.service.behave('b', { result: ([a]) => ({ output: { image: a }, cost: null }) });
  world.put('a');
  world.put('b');
  expect(await world.until('a', 'done')).toMatchObject({ note: 'Made grey.', price: 0.05 });
  expect(await world.until('b', 'done')).toMatchObject({ note: null, price: null });
});

const failedAs = (error: unknown): Behaviour => ({ life: ['in_queue', 'failed'], result: () => ({ error }) });

it.each<[string, Behaviour, RegExp]>([
  ['a text', failedAs('Unsafe prompt'), /Unsafe prompt/],
  ['an object', failedAs({ type: 'safety', message: 'Unsafe prompt' }), /Unsafe prompt/],
  ['a list', failedAs([{ details: 'Unsafe' }, { message: 'prompt' }]), /Unsafe; prompt/],
  ['an object of its own kind', failedAs({ reason: 17 }), /\{"reason":17\}/],
  ['nothing', failedAs(undefined), /gave no reason/],
  [
    'an error beside completed and an output of null',
    { life: ['completed'], result: () => ({ output: null, error: 'Unsafe' }) },
    /Unsafe/,
  ],
  [
    'an error beside completed and an empty output',
    { life: ['completed'], result: () => ({ output: {}, error: 'Unsafe' }) },
    /Unsafe/,
  ],
  ['an error beside completed', { life: ['completed'], result: () => ({ error: 'Unsafe prompt' }) }, /Unsafe prompt/],
  ['a failure_reason', { life: ['failed'], result: () => ({ failure_reason: 'Unsafe prompt' }) }, /Unsafe prompt/],
])(
  'a failed edit is failed with the reason given as %s, and only a new take repeats it',
  async (_, behaviour, words) => {
    const world = await startWorld();
    world.service.behave('a', behaviour);
    world.put('a');
    const failed = await world.until('a', 'failed');
    expect(failed).toMatchObject({ accepted: true, error: { code: 'service-failed' } });
    expect(failed.error?.message).toMatch(words);
    expect(world.put('a', true).status).toBe('failed');
    expect(world.service.submissionsOf('a')).toBe(1);
  },
);

it('a request that the service cancelled by itself is cancelled', async () => {
  const world = await startWorld();
  world.service.behave('a', { life: ['in_queue', 'CANCELED'] });
  world.put('a');
  expect(await world.until('a', 'cancelled')).toMatchObject({ accepted: true });
});

it('an expired request is failed as gone, without being sent again', async () => {
  const world = await startWorld();
  world.service.behave('a', { endHeld: true });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_progress');
  world.service.forget('req_1');
  expect(await world.until('a', 'failed')).toMatchObject({
    accepted: true,
    error: { code: 'request-gone', status: 404 },
  });
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('no picture in the result is a failure that can be asked for once more, free of charge', async () => {
  const world = await startWorld();
  let urls: string[] = [];
  world.service.behave('a', { result: () => ({ output: { images: urls } }) });
  world.put('a');
  expect(await world.until('a', 'failed')).toMatchObject({ accepted: true, error: { code: 'no-picture' } });
  urls = [`${world.service.url}/storage/req_1/output/late.png`];
  expect(world.put('a', true)).toMatchObject({ status: 'submitted', error: null });
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it.each<[string, NonNullable<Behaviour['files']>[number], string]>([
  ['an expired file', { status: 404, body: 'gone' }, 'result-gone'],
  ['a file that is no picture', { body: html }, 'bad-result'],
  ['a file that is always cut off', { truncate: true }, 'bad-result'],
])('%s fails after the result was asked again; put again, it is fetched and not bought', async (_, fault, code) => {
  const world = await startWorld();
  world.service.behave('a', { files: Array.from({ length: 4 }, () => fault) });
  world.put('a');
  expect(await world.until('a', 'failed')).toMatchObject({ accepted: true, artifacts: [], error: { code } });
  expect(world.service.requests.file).toBe(4);
  world.put('a', true);
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it.each([
  'https://storage.example/x.png',
  'https://runcomfy.net.storage.example/x.png',
  'https://fakeruncomfy.net/x.png',
  'http://files.runcomfy.net/x.png',
  'https://user@files.runcomfy.net/x.png',
  'https://storage.example\\@files.runcomfy.net/x.png',
  'https://files.runcomfy.net:8443/x.png',
  'file:///etc/passwd',
  'http://127.0.0.1:1/x.png',
])('never fetches a result from %s', async (url) => {
  const fetched: string[] = [];
  const fetchResult = (address: string) => {
    fetched.push(address);
    return Promise.reject(new Error('fetched'));
  };
  const world = await startWorld({ remote: { fetchResult } });
  world.service.behave('a', { result: () => ({ output: { image: url } }) });
  world.put('a');
  expect(await world.until('a', 'failed')).toMatchObject({ accepted: true, error: { code: 'result-host' } });
  expect(fetched).toEqual([]);
});

it.each(['https://playgrounds-storage-public.runcomfy.net/a/b/output/x.png', 'https://files.runcomfy.com/x.png'])(
  'fetches a result from %s',
  async (url) => {
    const fetched: string[] = [];
    const world = await startWorld({
      remote: {
        fetchResult: (address) => {
          fetched.push(address);
          return Promise.resolve(world.service.picture);
        },
      },
    });
    world.service.behave('a', { result: () => ({ output: { image: url } }) });
    world.put('a');
    await world.until('a', 'done');
    expect(fetched).toEqual([url]);
  },
);

it('takes a picture that comes as a data URI', async () => {
  const world = await startWorld();
  const base64 = Buffer.from(world.service.picture).toString('base64');
  world.service.behave('a', { result: () => ({ output: { image: `data:image/png;base64,${base64}` } }) });
  world.put('a');
  expect((await world.until('a', 'done')).artifacts).toHaveLength(1);
});

it.each<[string, ReadFault, string]>([
  ['401', raw(401, {}), 'token'],
  ['400 400004', raw(400, { error_code: 400004 }), 'token'],
  ['403 of another account', raw(403, { error_code: 403001 }), 'permission'],
  ['402', raw(402, {}), 'balance'],
])(
  '%s while following pauses the job with a sentence; it keeps its id and goes on afterwards',
  async (_, fault, code) => {
    // The clock is as slow as life here, so only wake() can end the pause of a minute.
    const world = await startWorld({ speed: 1 });
    world.service.behave('a', { reads: [fault] });
    world.put('a');
    const paused = await world.until('a', (job) => job.error?.code === code);
    expect(paused).toMatchObject({ status: 'submitted', accepted: true, requestId: 'req_1' });
    expect(world.service.requests.read).toBe(1);
    world.jobs.wake();
    expect(await world.until('a', 'done')).toMatchObject({ error: null });
    expect(world.service.submissionsOf('a')).toBe(1);
  },
);

it('a job of another account is refused by the service and followed when its token is back', async () => {
  const world = await startWorld({ speed: 1 });
  world.service.behave('a', { endHeld: true });
  world.put('a');
  await world.until('a', 'submitted');
  world.settings.token = 'good-other-account';
  await world.until('a', (job) => job.error?.code === 'permission');
  world.settings.token = goodToken;
  world.service.letGo('a');
  world.jobs.wake();
  expect(await world.until('a', 'done')).toMatchObject({ requestId: 'req_1', error: null });
});

it('past the deadline a job is slow, not failed: it gives its place away and is still collected [M6]', async () => {
  const world = await startWorld({ deadlineMs: 20_000, speed: 2000 });
  world.settings.inFlight = 1;
  world.service.behave('a', { endHeld: true });
  world.put('a');
  world.put('b');
  const slow = await world.until('a', (job) => job.error?.code === 'slow');
  expect(slow).toMatchObject({ status: 'submitted', requestId: 'req_1' });
  await world.until('b', 'done');
  world.service.letGo('a');
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('the picture of an edit of yesterday is fetched as quickly as any, and is never called slow [M6]', async () => {
  let ahead = 0;
  const clock = fastClock(4);
  const world = await startWorld({ ...clock, now: () => clock.now() + ahead });
  world.service.behave('a', { files: Array.from({ length: 7 }, () => ({ status: 404, body: 'gone' })) });
  world.put('a');
  await world.until('a', 'failed');
  ahead = 24 * 60 * 60_000;
  const hints: unknown[] = [];
  world.jobs.subscribe(({ error }) => hints.push(error?.code));
  world.put('a', true);
  await world.until('a', 'done');
  expect(hints).not.toContain('slow');
});

it('an edit of yesterday is looked at again within seconds when the network is back [M6]', async () => {
  let ahead = 0;
  const clock = fastClock(4);
  const world = await startWorld({ ...clock, now: () => clock.now() + ahead });
  world.service.behave('a', { endHeld: true });
  world.put('a');
  await world.until('a', ({ remoteStatus }) => remoteStatus === 'in_progress');
  ahead = 24 * 60 * 60_000;
  world.service.behave('a', { reads: [{ cut: true }, { cut: true }, { cut: true }] });
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
});

it('a disk that is full delays the picture and does not lose it', async () => {
  const { StorageError } = await import('../../../../app/server/write-file.ts');
  let isFull = true;
  const world = await startWorld({
    pictures: {
      addResult: (bytes) =>
        isFull
          ? Promise.reject(new StorageError('disk-full', 'x could not be written: the disk is full.', null))
          : world.pictures.addResult(bytes),
      missing: (shas) => world.pictures.missing(shas),
    },
  });
  world.put('a');
  expect(await world.until('a', (job) => job.error?.code === 'disk-full')).toMatchObject({ status: 'collecting' });
  isFull = false;
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
});

it('a done job whose file is gone is not called done, and is fetched again when asked for', async () => {
  const { rm } = await import('node:fs/promises');
  const world = await startWorld();
  world.put('a');
  const { key, artifacts } = await world.until('a', 'done');
  expect(await world.jobs.lookup([key, 'f'.repeat(64)])).toMatchObject([{ key, status: 'done' }]);
  await rm(world.pictures.file(artifacts[0]?.sha256 ?? ''));
  expect(await world.jobs.lookup([key])).toMatchObject([{ status: 'failed', error: { code: 'picture-gone' } }]);
  expect(await world.jobs.fetchMissing(key)).toMatchObject({ status: 'submitted' });
  await world.until('a', 'collecting');
  await world.until('a', 'done');
  expect(await world.jobs.lookup([key])).toMatchObject([{ status: 'done', artifacts }]);
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('a file that was away while its result is gone at the service, and comes back, is the picture of its job again', async () => {
  const { rename } = await import('node:fs/promises');
  const world = await startWorld();
  world.put('a');
  const { key, artifacts } = await world.until('a', 'done');
  const file = world.pictures.file(artifacts[0]?.sha256 ?? '');
  await rename(file, `${file}.away`);
  world.service.behave('a', { reads: Array.from({ length: 9 }, () => raw(404, { error_code: 404001 })) });
  await world.jobs.fetchMissing(key);
  await world.until('a', 'failed');
  expect(await world.jobs.lookup([key])).toMatchObject([{ status: 'failed', error: { code: 'request-gone' } }]);
  await rename(`${file}.away`, file);
  expect(await world.jobs.lookup([key])).toMatchObject([{ status: 'done', error: null, artifacts }]);
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('a done job of a service that the settings no longer name is left as it is, although its file is gone', async () => {
  const { rm } = await import('node:fs/promises');
  const world = await startWorld();
  world.put('a');
  const { key, artifacts } = await world.until('a', 'done');
  await rm(world.pictures.file(artifacts[0]?.sha256 ?? ''));
  world.settings.serviceId = 'elsewhere/model';
  expect(await world.jobs.fetchMissing(key)).toMatchObject({ status: 'done', artifacts });
  expect(world.job('a')).toMatchObject({ status: 'done', error: null });
});
