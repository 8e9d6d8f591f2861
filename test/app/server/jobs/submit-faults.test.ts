import { expect, it } from 'vitest';
import { eventually, startWorld } from '../../../support/job-world.ts';
import { goodToken, type SubmitFault } from '../../../support/fault-server.ts';

const html = '<!doctype html><html><head><title>x</title></head><body><h1>Bad gateway</h1></body></html>';
const raw = (status: number, body: unknown, accepts = false): SubmitFault => ({
  accepts,
  raw: () => ({ status, body }),
});

it.each<[string, SubmitFault, string, RegExp]>([
  ['422 with detail', raw(422, { detail: [{ loc: ['body', 'seed'], msg: 'too large' }] }), 'input', /seed: too large/],
  ['400 without a code', raw(400, { message: 'prompt is empty' }), 'input', /prompt is empty/],
  ['413', raw(413, html), 'input-too-large', /smaller picture/],
  ['200 + error_code', raw(200, { error_code: 422001, error_message: 'bad ratio' }), 'input', /bad ratio/],
  ['200 + error_code as text', raw(200, { error_code: '400002' }), 'balance', /Top it up/],
  ['400 400002', raw(400, { error_code: 400002, message: 'Insufficient' }), 'balance', /Top it up/],
  ['402', raw(402, {}), 'balance', /Top it up/],
  ['400 400004', raw(400, { error_code: 400004 }), 'token', /valid token/],
  ['401', raw(401, { detail: 'Unauthorized' }), 'token', /valid token/],
  ['403 page of a proxy', raw(403, html), 'permission', /Check the token/],
  ['400 400001', raw(400, { error_code: 400001 }), 'model', /model/],
  ['404', raw(404, { error_code: 404001 }), 'model', /model/],
  ['a redirect that keeps the method', raw(308, ''), 'moved', /moved/],
])('%s did nothing: the job fails unaccepted and may be put again by the user', async (_, fault, code, words) => {
  const world = await startWorld();
  world.service.behave('a', { submits: [fault] });
  world.put('a');
  const failed = await world.until('a', 'failed');
  expect(failed).toMatchObject({ accepted: false, requestId: null, error: { code } });
  expect(failed.error?.message).toMatch(words);
  expect(failed.error?.message).not.toContain(goodToken);
  expect(world.put('a')).toMatchObject({ status: 'failed' });
  world.jobs.wake();
  world.put('a', true);
  await world.until('a', 'done');
  expect(world.service.acceptedOf('a')).toBe(1);
  expect(world.service.submissionsOf('a')).toBe(2);
});

it.each<[string, SubmitFault]>([
  ['cut before it was accepted', { accepts: false, cut: true }],
  ['cut after it was accepted', { accepts: true, cut: true }],
  ['500', raw(500, { error_code: 500001 }, true)],
  ['502 page', raw(502, html)],
  ['504', raw(504, html, true)],
  ['200 + page', raw(200, html, true)],
  ['200 + nothing', raw(200, '', true)],
  ['200 + JSON without request_id', raw(200, { status: 'in_queue' }, true)],
  ['200 + request_id null', raw(200, { request_id: null }, true)],
  ['200 + an error code of the 500s', raw(200, { error_code: 500001 }, true)],
  ['a redirect that loses the method', raw(303, '', true)],
])('%s leaves it unknown, and it is never sent again [M3, M4]', async (_, fault) => {
  const world = await startWorld();
  world.service.behave('a', { submits: [fault] });
  world.put('a');
  const unknown = await world.until('a', 'unknown');
  expect(unknown).toMatchObject({ accepted: true, requestId: null });
  expect(unknown.error?.message).toMatch(/not known whether/);
  expect(world.put('a', true)).toMatchObject({ status: 'unknown' });
  await world.stopAndRestart();
  await world.killAndRestart();
  expect(world.put('a', true)).toMatchObject({ status: 'unknown' });
  world.put('b');
  await world.until('b', 'done');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it.each<[string, SubmitFault]>([
  [
    '202 with a status',
    { accepts: true, raw: (id) => ({ status: 202, body: { request_id: id, status: 'in_queue' } }) },
  ],
  ['500 that names its request', { accepts: true, raw: (id) => ({ status: 500, body: { request_id: id } }) }],
  ['429 that names its request', { accepts: true, raw: (id) => ({ status: 429, body: { request_id: id } }) }],
])('%s is an acceptance: whatever names a request id is followed', async (_, fault) => {
  const world = await startWorld();
  world.service.behave('a', { submits: [fault] });
  world.put('a');
  expect(await world.until('a', 'done')).toMatchObject({ requestId: 'req_1' });
  expect(world.service.submissionsOf('a')).toBe(1);
});

it.each<[string, SubmitFault[]]>([
  ['429', [raw(429, {}), raw(429, { message: 'slow down' })]],
  ['503', [raw(503, html), raw(503, { message: 'maintenance' })]],
  ['200 + error_code 429', [raw(200, { error_code: 429001 })]],
])('%s did nothing, so the request is sent again later [M3]', async (_, submits) => {
  const world = await startWorld();
  const times = submits.length;
  world.service.behave('a', { submits });
  world.put('a');
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
  expect(world.service.submissionsOf('a')).toBe(times + 1);
  expect(world.service.acceptedOf('a')).toBe(1);
});

it('obeys Retry-After, in seconds and as a date', async () => {
  const times: number[] = [];
  const world = await startWorld({ random: () => 0.5 });
  world.service.behave('a', {
    submits: [
      { accepts: false, raw: () => ({ status: 429, headers: { 'retry-after': '40' }, body: {} }) },
      {
        accepts: false,
        raw: () => {
          const date = new Date((times[1] ?? 0) + 90_000).toUTCString();
          return { status: 503, headers: { 'retry-after': date }, body: {} };
        },
      },
    ],
  });
  world.jobs.subscribe((job) => job.status === 'submitting' && times.push(world.now()));
  world.put('a');
  await world.until('a', 'done');
  const [first = 0, second = 0, third = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(40_000);
  expect(third - second).toBeGreaterThanOrEqual(88_000);
});

it('one "later" holds the whole queue: a single job knocks until the door is open', async () => {
  const world = await startWorld();
  world.settings.inFlight = 2;
  for (const name of ['a', 'b']) world.service.behave(name, { submits: [raw(429, {}), raw(429, {})] });
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) world.put(name);
  await Promise.all(names.map((name) => world.until(name, 'done')));
  expect(names.map(world.service.acceptedOf)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(world.service.requests.submit).toBe(10);
});

it('a service that cannot be reached got nothing: the job waits and is sent when it is back [M3]', async () => {
  const world = await startWorld();
  await world.service.close();
  world.put('a');
  const waiting = await world.until('a', (job) => job.status === 'queued' && job.error !== null);
  expect(waiting).toMatchObject({ accepted: false, error: { code: 'unreachable' } });
  const back = await world.serviceBack();
  await world.until('a', 'done');
  expect(back.acceptedOf('a')).toBe(1);
});

it('a service that stays away is given up after a while, for the whole queue, and nothing was accepted', async () => {
  const world = await startWorld({ speed: 20_000 });
  await world.service.close();
  world.put('a');
  world.put('b');
  for (const name of ['a', 'b']) {
    expect(await world.until(name, 'failed')).toMatchObject({ accepted: false, error: { code: 'unreachable' } });
  }
});

it('a token that is refused fails the waiting jobs unsent; with a good one they run when put again', async () => {
  const world = await startWorld();
  world.settings.token = 'bad';
  world.settings.inFlight = 2;
  const names = Array.from({ length: 20 }, (_, i) => `p${i}`);
  for (const name of names) world.put(name);
  for (const name of names) {
    expect(await world.until(name, 'failed')).toMatchObject({ accepted: false, error: { code: 'token' } });
  }
  expect(world.service.requests.submit).toBe(2);

  world.settings.token = goodToken;
  world.jobs.wake();
  for (const name of names) world.put(name, true);
  await Promise.all(names.map((name) => world.until(name, 'done')));
  expect(names.every((name) => world.service.acceptedOf(name) === 1)).toBe(true);
});

it('without a token nothing is sent, and neither with one that no header can hold', async () => {
  const world = await startWorld();
  world.settings.token = null;
  world.put('a');
  expect(await world.until('a', 'failed')).toMatchObject({ error: { code: 'token' } });
  world.settings.token = 'secret\nx';
  world.jobs.wake();
  world.put('b');
  const failed = await world.until('b', 'failed');
  expect(failed).toMatchObject({ accepted: false, error: { code: 'token' } });
  expect(JSON.stringify(failed)).not.toContain('secret');
  expect(world.service.requests.submit).toBe(0);
});

it('an input that cannot be made reachable fails its own job only, unsent', async () => {
  const refusal = Object.assign(new Error('The picture is too large to be sent.'), { code: 'input-too-large' });
  const world = await startWorld({
    imageUrl: (_, key) =>
      key === world.job('a')?.key ? Promise.reject(refusal) : Promise.resolve('https://x.example/'),
  });
  world.put('a');
  world.put('b');
  expect(await world.until('a', 'failed')).toMatchObject({
    accepted: false,
    error: { code: 'input-too-large', message: 'The picture is too large to be sent.' },
  });
  await world.until('b', 'done');
  expect(world.service.submissionsOf('a')).toBe(0);
});

it('a slow answer that comes after all is obeyed; one that never comes is unknown', async () => {
  const world = await startWorld({ remote: { submitTimeoutMs: 100 } });
  world.service.behave('late', { submits: [{ accepts: true, hold: true }] });
  world.put('late');
  const unknown = await world.until('late', 'unknown');
  expect(unknown.error?.message).toContain('no answer within');

  const patient = await startWorld();
  patient.service.behave('slow', { submits: [{ accepts: true, hold: true }] });
  patient.put('slow');
  await eventually(() => patient.service.isHolding('slow'));
  patient.service.letGo('slow');
  await patient.until('slow', 'done');
  expect(patient.service.submissionsOf('slow')).toBe(1);
});

it('never has more jobs at the service than the settings allow', async () => {
  const world = await startWorld();
  world.settings.inFlight = 3;
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  let open = 0;
  let most = 0;
  world.jobs.subscribe(() => {
    open = names.filter((name) => ['submitting', 'submitted'].includes(world.job(name)?.status ?? '')).length;
    most = Math.max(most, open);
  });
  for (const name of names) world.put(name);
  await Promise.all(names.map((name) => world.until(name, 'done')));
  expect(most).toBe(3);
});
