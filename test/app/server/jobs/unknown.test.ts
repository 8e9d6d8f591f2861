import { expect, it } from 'vitest';
import { damagedEntry, damagedEntryCode } from '../../../../app/server/durable/damaged-entry.ts';
import type { Job } from '../../../../app/wire.ts';
import type { Behaviour } from '../../../support/fault-server.ts';
import { eventually, inputOf, keyOf, startWorld, type WorldOptions } from '../../../support/job-world.ts';

/** The service takes it, and its answer never arrives. */
const lost = (): Behaviour => ({ submits: [{ accepts: true, cut: true }] });

async function startLost(names = ['a'], options: WorldOptions = {}) {
  const world = await startWorld(options);
  for (const name of names) {
    world.service.behave(name, lost());
    world.put(name);
    await world.until(name, 'unknown');
  }
  return world;
}

it('[M4] an edit whose answer was lost holds nothing else up', async () => {
  const world = await startWorld();
  world.settings.inFlight = 1;
  world.service.behave('a', lost());
  for (const name of ['a', 'b', 'c']) world.put(name);
  await Promise.all(['b', 'c'].map((name) => world.until(name, 'done')));
  expect(world.job('a')).toMatchObject({
    status: 'unknown',
    requestId: null,
    submittedAt: expect.any(Number) as number,
  });
  expect(world.jobs.withStatus('unknown').map(({ key }) => key)).toEqual([keyOf('a')]);
});

it('[M4] the user finds the request at the service: its picture comes home, and nothing is sent again', async () => {
  const world = await startLost();
  expect(world.jobs.look(keyOf('a'), 'req_1')).toMatchObject({ status: 'submitted', requestId: 'req_1', error: null });
  const made = await world.until('a', 'done');
  expect(made.artifacts).toHaveLength(1);
  expect(made.decisions).toEqual([{ what: 'look', requestId: 'req_1', at: expect.any(Number) as number }]);
  expect(world.service.submissions).toHaveLength(1);
});

it('[M5] the id is on disk before anybody asks for it, and a killed server goes on from there', async () => {
  const world = await startLost();
  const reads = world.service.requests.read;
  world.jobs.look(keyOf('a'), 'req_1');
  expect(world.service.requests.read).toBe(reads);
  await world.killAndRestart();
  expect(await world.until('a', 'done')).toMatchObject({ requestId: 'req_1' });
});

it('[M5] an id that cannot be written down is not followed', async () => {
  let isFull = false;
  const world = await startLost(['a'], {
    throughBook: (book) => ({
      ...book,
      change(key, patch) {
        if (isFull) throw new Error('database or disk is full');
        return book.change(key, patch);
      },
    }),
  });
  isFull = true;
  expect(() => world.jobs.look(keyOf('a'), 'req_1')).toThrow(/disk is full/);
  isFull = false;
  expect(world.job('a')?.status).toBe('unknown');
  expect(world.service.requests.read).toBe(0);
});

it.each<[string, Behaviour['reads'], string]>([
  ['that the service does not know', [], 'knows no request req_9'],
  [
    'of another account',
    [{ raw: () => ({ status: 403, body: { error_code: 403001, message: 'Not yours' } }) }],
    'belongs to another account',
  ],
])('an id %s leaves the job unknown and says so, also after a restart', async (_, reads = [], words) => {
  const world = await startLost();
  if (reads.length > 0) world.service.behave('a', { reads });
  const id = reads.length > 0 ? 'req_1' : 'req_9';
  world.jobs.look(keyOf('a'), id);
  await world.killAndRestart();
  const again = await world.until('a', ({ error }) => error?.code === 'not-ours');
  expect(again).toMatchObject({ status: 'unknown', requestId: null, accepted: true });
  expect(again.error?.message).toContain(words);
  // What was named by mistake does not stand in the way of naming it for the right one.
  world.jobs.look(keyOf('a'), 'req_1');
  await world.until('a', 'done');
});

it.each<[string, Record<string, unknown>, string]>([
  ['prompt', { prompt: 'make it blue', seed: 7 }, 'its prompt is “make it blue”'],
  ['seed', { prompt: 'a', seed: 8 }, 'its seed is 8'],
])('a request that repeats another %s is refused: its picture is not taken for this edit', async (_, input, words) => {
  const world = await startLost();
  world.service.behave('a', {
    reads: [
      {
        raw: (id) => ({
          body: {
            request_id: id,
            status: 'succeeded',
            input,
            output: { image: `${world.service.url}/storage/${id}/output/edit.png` },
          },
        }),
      },
    ],
  });
  world.jobs.look(keyOf('a'), 'req_1');
  const refused = await world.until('a', 'unknown');
  expect(refused.error?.message).toContain(words);
  expect(world.service.requests.file).toBe(0);
});

it('a request that another job has is refused, and so is what is no id', async () => {
  const world = await startLost();
  world.put('b');
  const { requestId } = await world.until('b', 'done');
  expect(() => world.jobs.look(keyOf('a'), requestId!)).toThrow(/belongs to another edit/);
  expect(() => world.jobs.look(keyOf('a'))).toThrow(/give its request id/);
  expect(world.job('a')?.status).toBe('unknown');
});

it('where we hold the id, looking again follows it, for nothing', async () => {
  const world = await startWorld();
  const reads: Behaviour['reads'] = [{ raw: () => ({ status: 404, body: { error_code: 404001 } }) }];
  world.service.behave('a', { reads: [...reads, ...reads, ...reads, ...reads] });
  world.put('a');
  await world.until('a', 'failed');
  world.service.behave('a', {});
  expect(() => world.jobs.look(keyOf('a'), 'req_7')).toThrow(/it is req_1/);
  expect(world.jobs.look(keyOf('a'))).toMatchObject({ status: 'submitted', requestId: 'req_1' });
  await world.until('a', 'done');
  expect(world.service.submissions).toHaveLength(1);
});

it('a picture that is still gone after it was fetched once more says so', async () => {
  const world = await startWorld();
  const gone = { raw: () => ({ status: 404, body: { error_code: 404001 } }) };
  world.service.behave('a', { reads: Array.from({ length: 20 }, () => gone) });
  world.put('a');
  expect((await world.until('a', 'failed')).error).not.toHaveProperty('twice');
  world.put('a', true);
  expect(await world.until('a', 'failed')).toMatchObject({ error: { code: 'request-gone', twice: true } });
});

it('a picture whose bytes are cut off may be fetched as often as it takes: tomorrow its address may be well', async () => {
  const world = await startWorld();
  world.service.behave('a', { files: Array.from({ length: 60 }, () => ({ truncate: true })) });
  world.put('a');
  for (let time = 0; time < 3; time++) {
    expect((await world.until('a', 'failed')).error).not.toHaveProperty('twice');
    world.put('a', true);
  }
  world.service.behave('a', {});
  world.put('a', true);
  await world.until('a', 'done');
  expect(world.service.submissions).toHaveLength(1);
});

it.each<['lost' | 'forgotten', Partial<Job>]>([
  ['lost', { status: 'failed', accepted: true }],
  ['forgotten', { status: 'cancelled', accepted: true }],
])(
  '[M1] what is settled as %s is never sent again, whatever is pressed, and its request can still be named',
  async (as, wanted) => {
    const world = await startLost();
    expect(world.jobs.settle(keyOf('a'), as)).toMatchObject(wanted);
    const what = as === 'lost' ? 'lost' : 'forget';
    expect(world.job('a')?.decisions).toEqual([{ what, at: expect.any(Number) as number }]);
    world.put('a', true);
    await world.killAndRestart();
    world.put('a', true);
    expect(world.job('a')).toMatchObject(wanted);
    expect(world.jobs.withStatus('unknown')).toEqual([]);
    world.jobs.look(keyOf('a'), 'req_1');
    await world.until('a', 'done');
    expect(world.service.submissions).toHaveLength(1);
  },
);

it('only a job whose outcome is unknown is settled', async () => {
  const world = await startWorld();
  world.put('a');
  await world.until('a', 'done');
  expect(world.jobs.settle(keyOf('a'), 'lost')?.status).toBe('done');
  expect(world.jobs.settle(keyOf('nothing'), 'lost')).toBe(null);
  expect(() => world.jobs.look(keyOf('a'), 'req_5')).toThrow(/is known/);
});

it('ten that were being sent when the server was killed are told apart and found again', async () => {
  const world = await startWorld();
  world.settings.inFlight = 10;
  const names = Array.from({ length: 10 }, (_, i) => `edit ${i}`);
  for (const name of names) {
    world.service.behave(name, { submits: [{ accepts: true, hold: true }] });
    world.put(name);
  }
  await eventually(() => names.every(world.service.isHolding));
  await world.killAndRestart();
  const unknown = world.jobs.withStatus('unknown');
  expect(unknown.map(({ input }) => input)).toEqual(names.map(inputOf));
  for (const { key, input } of unknown) {
    const request = [...world.service.jobs.values()].find(({ prompt }) => prompt === input.prompt)!;
    world.jobs.look(key, request.id);
  }
  await Promise.all(names.map((name) => world.until(name, 'done')));
  expect(world.service.submissions).toHaveLength(10);
});

it('the id of a request that could not be written down before the server stopped is told, for the user to name it', async () => {
  const world = await startWorld({
    throughBook: (book) => ({
      ...book,
      change(key, patch) {
        if (patch.status === 'submitted') throw new Error('database or disk is full');
        return book.change(key, patch);
      },
    }),
  });
  world.put('a');
  await eventually(() => world.bugs.length > 0);
  await world.jobs.close({ graceMs: 0 });
  await eventually(() => world.bugs.some((bug) => String(bug).includes('edit as request')));
  expect(String(world.bugs.at(-1))).toContain('req_1');
});

it('[M4] a request that the user named and then stopped says nothing of the lost one: the key is never sent again', async () => {
  const world = await startWorld();
  world.service.behave('a', { ...lost(), life: ['in_queue'], endHeld: true });
  world.put('a');
  await world.until('a', 'unknown');
  world.jobs.look(keyOf('a'), 'req_1');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  expect(await world.until('a', 'cancelled')).toMatchObject({ accepted: true, error: null });
  expect(world.put('a', true).status).toBe('cancelled');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('[M4] a damaged entry of which the request id is left is followed when the user looks again', async () => {
  const world = await startWorld({
    throughBook: (book) => ({
      ...book,
      get: (key) => {
        const job = book.get(key);
        return job?.status === 'submitted' && !job.decisions
          ? book.change(key, damagedEntry(key, 0, JSON.stringify(job)))
          : job;
      },
    }),
  });
  world.service.behave('a', { life: ['in_queue', 'succeeded'], endHeld: true });
  world.put('a');
  await eventually(() => world.job('a')?.status === 'unknown');
  expect(world.job('a')).toMatchObject({ requestId: 'req_1', error: { code: damagedEntryCode } });
  world.service.letGo('a');
  expect(world.jobs.look(keyOf('a'))).toMatchObject({ status: 'submitted', requestId: 'req_1' });
  expect((await world.until('a', 'done')).artifacts).toHaveLength(1);
  expect(world.service.submissionsOf('a')).toBe(1);
});
