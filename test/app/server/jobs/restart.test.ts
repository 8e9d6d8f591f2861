import { expect, it } from 'vitest';
import { JobConflict } from '../../../../app/server/job-conflict.ts';
import { model } from '../../../support/fault-server.ts';
import { eventually, inputOf, keyOf, startWorld } from '../../../support/job-world.ts';

it('two puts of one key at once are one job and one submission [M1]', async () => {
  const world = await startWorld();
  expect(world.put('a')).toMatchObject({ status: 'queued' });
  world.put('a');
  world.put('a', true);
  await world.until('a', 'submitting');
  world.put('a', true);
  await world.until('a', 'submitted');
  world.put('a', true);
  await world.until('a', 'done');
  expect(world.put('a', true).status).toBe('done');
  expect(world.put('a').status).toBe('done');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('refuses a known key with another input, and a key made for another service', async () => {
  const world = await startWorld();
  world.put('a');
  const put = (service: string, prompt: string, key: string) => () =>
    world.jobs.put(keyOf(key), { service, input: inputOf(prompt) });
  expect(put(`test/${model}`, 'b', 'a')).toThrow(JobConflict);
  expect(put(`offline/${model}`, 'b', 'b')).toThrow(/key made for the edit service in use/);
  await world.until('a', 'done');
  expect(world.service.submissions).toHaveLength(1);
});

it('killed while a job was queued: it is sent after the start, once [M10]', async () => {
  const world = await startWorld();
  world.settings.inFlight = 1;
  world.service.behave('a', { endHeld: true });
  world.put('a');
  world.put('b');
  await world.until('a', 'submitted');
  await world.killAndRestart();
  expect(world.job('b')?.status).toBe('queued');
  world.service.letGo('a');
  await world.until('b', 'done');
  await world.until('a', 'done');
  expect(world.service.submissions).toHaveLength(2);
});

it.each([true, false])(
  'killed while a job was being sent (accepted: %s): it is unknown for ever [M3, M4]',
  async (accepts) => {
    const world = await startWorld();
    world.service.behave('a', { submits: [{ accepts, hold: true }] });
    world.put('a');
    await eventually(() => world.service.isHolding('a'));
    expect(world.job('a')).toMatchObject({ status: 'submitting', accepted: true });
    await world.killAndRestart();
    world.service.letGo('a');
    expect(world.job('a')).toMatchObject({ status: 'unknown', accepted: true, error: { code: 'lost' } });
    await world.killAndRestart();
    expect(world.put('a', true).status).toBe('unknown');
    expect(world.service.submissionsOf('a')).toBe(1);
  },
);

it('killed while a job was at the service: it is followed on by its id [M5]', async () => {
  const world = await startWorld();
  world.service.behave('a', { endHeld: true });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_progress');
  await world.killAndRestart();
  expect(world.job('a')).toMatchObject({ status: 'submitted', requestId: 'req_1' });
  world.service.letGo('a');
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('killed while a picture was being fetched: it is fetched, even when the request has expired meanwhile', async () => {
  const world = await startWorld();
  world.service.behave('a', { files: [{ hold: true }] });
  world.put('a');
  await eventually(() => world.service.isHolding('a'));
  expect(world.job('a')?.status).toBe('collecting');
  world.service.forget('req_1');
  await world.killAndRestart();
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('stopped in an orderly way while a job was being sent: its answer is waited for', async () => {
  const world = await startWorld();
  world.service.behave('a', { submits: [{ accepts: true, hold: true }] });
  world.put('a');
  world.put('b');
  await eventually(() => world.service.isHolding('a'));
  const restarted = world.stopAndRestart();
  world.service.letGo('a');
  await restarted;
  expect(await world.until('a', 'done')).toMatchObject({ requestId: 'req_1' });
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('a wish to cancel outlives the kill', async () => {
  const world = await startWorld({ speed: 1 });
  world.service.behave('a', { life: ['in_queue', 'succeeded'], endHeld: true, cancels: [{ hold: true }] });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  await eventually(() => world.service.isHolding('a'));
  await world.killAndRestart();
  expect(await world.until('a', 'cancelled')).toMatchObject({ requestId: 'req_1' });
});

it('jobs at another service rest while the settings name this one, and are followed on afterwards', async () => {
  const world = await startWorld();
  world.service.behave('a', { endHeld: true });
  world.settings.inFlight = 1;
  world.put('a');
  world.put('b');
  await world.until('a', 'submitted');
  world.settings.serviceId = `other/${model}`;
  world.jobs.wake();
  await world.until('a', (job) => job.error?.code === 'other-service');
  expect(await world.until('b', 'failed')).toMatchObject({ accepted: false, error: { code: 'other-service' } });
  world.service.letGo('a');
  world.settings.serviceId = `test/${model}`;
  world.jobs.wake();
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
  expect(world.service.submissionsOf('b')).toBe(0);
});

it('every change is told after it is in the book, with a growing number', async () => {
  const world = await startWorld();
  const seen: number[] = [];
  world.jobs.subscribe((job) => {
    expect(world.jobs.get(job.key)?.seq).toBe(job.seq);
    seen.push(job.seq);
  });
  world.put('a');
  world.put('b');
  await Promise.all(['a', 'b'].map((name) => world.until(name, 'done')));
  expect(seen).toEqual(seen.map((_, i) => i + 1));
  expect(world.jobs.latestSeq()).toBe(seen.length);
  expect(world.jobs.since(seen.length - 1).map((job) => job.seq)).toEqual([seen.length]);
});

it('a restart at every single change of a busy queue never buys anything twice [M10]', async () => {
  const world = await startWorld();
  world.settings.inFlight = 3;
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) world.put(name);
  const ended = () => names.every((name) => /done|unknown/.test(world.job(name)?.status ?? ''));
  while (!ended()) {
    const before = world.jobs.latestSeq();
    await new Promise<void>((resolve) => {
      const unsubscribe = world.jobs.subscribe(() => (unsubscribe(), resolve()));
      if (world.jobs.latestSeq() !== before || ended()) resolve();
    });
    await world.killAndRestart();
  }
  const paid = names.map((name) => ({ status: world.job(name)?.status, times: world.service.submissionsOf(name) }));
  expect(paid.filter(({ times }) => times > 1)).toEqual([]);
  expect(paid.filter(({ status, times }) => status === 'done' && times !== 1)).toEqual([]);
});

it.each(['submitting', 'submitted', 'collecting', 'done'] as const)(
  'a full disk at the moment of "%s" delays the job and buys nothing twice [M2, M5]',
  async (status) => {
    let failures = 0;
    const world = await startWorld({
      throughBook: (book) => ({
        ...book,
        change(key, patch) {
          if (patch.status === status && failures++ < 3) throw new Error('database or disk is full');
          return book.change(key, patch);
        },
      }),
    });
    world.put('a');
    await world.until('a', 'done');
    expect(failures).toBe(4);
    expect(world.bugs.map(String)).toEqual(Array(3).fill('Error: database or disk is full'));
    expect(world.service.submissionsOf('a')).toBe(1);
  },
);
