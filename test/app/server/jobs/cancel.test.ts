import { expect, it } from 'vitest';
import { model, type Behaviour } from '../../../support/fault-server.ts';
import { eventually, inputOf, keyOf, startWorld } from '../../../support/job-world.ts';

const held = (behaviour: Behaviour = {}): Behaviour => ({ endHeld: true, ...behaviour });
const queuedForEver: Behaviour = { life: ['in_queue', 'succeeded'], endHeld: true };

it('what waits here is cancelled at once, unsent, and can be put again [M8]', async () => {
  const world = await startWorld();
  world.settings.inFlight = 1;
  world.service.behave('a', held());
  world.put('a');
  world.put('b');
  await world.until('a', 'submitted');
  expect(world.jobs.cancel(keyOf('b'))).toMatchObject({ status: 'cancelled', accepted: false });
  world.service.letGo('a');
  await world.until('a', 'done');
  expect(world.service.submissionsOf('b')).toBe(0);
  expect(world.put('b').status).toBe('cancelled');
  world.put('b', true);
  await world.until('b', 'done');
  expect(world.service.submissionsOf('b')).toBe(1);
});

it('what is cancelled while its picture is made reachable is never sent', async () => {
  let reachable: ((url: string) => void) | null = null;
  const world = await startWorld({ imageUrl: () => new Promise((resolve) => (reachable = resolve)) });
  world.put('a');
  await eventually(() => reachable !== null);
  world.jobs.cancel(keyOf('a'));
  reachable!('https://pictures.example/');
  await world.jobs.close();
  expect(world.service.requests.submit).toBe(0);
  expect(world.job('a')).toMatchObject({ status: 'cancelled', accepted: false });
});

it('what waits at the service is dropped there, whatever `status` says beside the outcome', async () => {
  const world = await startWorld();
  world.service.behave('a', queuedForEver);
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  expect(world.jobs.cancel(keyOf('a'))).toMatchObject({ status: 'submitted', error: { code: 'cancelling' } });
  const dropped = { accepted: true, requestId: 'req_1', error: { code: 'dropped' } };
  expect(await world.until('a', 'cancelled')).toMatchObject(dropped);
  expect(world.service.requests.cancel).toBe(1);
  expect(world.service.requests.file).toBe(0);
});

it('what is being made goes on and is collected', async () => {
  const world = await startWorld();
  world.service.behave('a', held());
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_progress');
  world.jobs.cancel(keyOf('a'));
  expect(await world.until('a', (job) => job.error?.code === 'being-made')).toMatchObject({ status: 'submitted' });
  world.service.letGo('a');
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
});

it.each(['asked for', 'joined'])('what is being made and is %s again is not to be cancelled any more', async (way) => {
  const world = await startWorld();
  world.service.behave('a', held());
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_progress');
  world.jobs.cancel(keyOf('a'));
  await world.until('a', (job) => job.error?.code === 'being-made');
  expect(way === 'joined' ? world.join('a') : world.put('a', true)).toMatchObject({ status: 'submitted', error: null });
  world.service.letGo('a');
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
});

it('a job that starts between the look and the cancel is collected', async () => {
  const world = await startWorld();
  world.service.behave('a', {
    ...queuedForEver,
    cancels: [{ raw: (id) => ({ status: 202, body: { request_id: id, outcome: 'not_cancellable' } }) }],
  });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  await world.until('a', (job) => job.error?.code === 'being-made');
  world.service.letGo('a');
  expect((await world.until('a', 'done')).artifacts).toHaveLength(1);
});

it.each<[string, NonNullable<Behaviour['cancels']>[number]]>([
  ['is lost', { cut: true }],
  ['is a 500', { raw: () => ({ status: 500, body: {} }) }],
  ['is a page', { raw: () => ({ status: 200, body: '<html>' }) }],
  ['is "cancellation_requested"', { raw: () => ({ status: 202, body: { outcome: 'cancellation_requested' } }) }],
])('an answer to the cancel that %s is asked for again while the job still waits', async (_, fault) => {
  const world = await startWorld();
  world.service.behave('a', { ...queuedForEver, cancels: [fault] });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  await world.until('a', 'cancelled');
  expect(world.service.requests.cancel).toBe(2);
});

it('an old answer with a status alone is understood', async () => {
  const world = await startWorld();
  world.service.behave('a', {
    ...queuedForEver,
    cancels: [{ as: 'cancelled', raw: () => ({ status: 200, body: { status: 'Canceled' } }) }],
  });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  expect(await world.until('a', 'cancelled')).toMatchObject({ accepted: true, error: { code: 'dropped' } });
  expect(world.service.requests.cancel).toBe(1);
});

it('a cancel whose answer is lost but which worked is found out by the next look', async () => {
  const world = await startWorld();
  world.service.behave('a', { ...queuedForEver, cancels: [{ cut: true, as: 'cancelled' }] });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  expect(await world.until('a', 'cancelled')).toMatchObject({ accepted: true, error: null });
  expect(world.service.requests.cancel).toBe(1);
});

it('what is being sent is cancelled after its answer', async () => {
  const world = await startWorld();
  world.service.behave('a', { ...queuedForEver, submits: [{ accepts: true, hold: true }] });
  world.put('a');
  await eventually(() => world.service.isHolding('a'));
  expect(world.jobs.cancel(keyOf('a'))).toMatchObject({ status: 'submitting', error: { code: 'cancelling' } });
  world.service.answerHeld('a');
  expect(await world.until('a', 'cancelled')).toMatchObject({ requestId: 'req_1', error: { code: 'dropped' } });
});

it('what is being sent and then refused for now is cancelled instead of sent again', async () => {
  const world = await startWorld();
  let answered = false;
  world.service.behave('a', {
    submits: [{ accepts: false, hold: true, raw: () => ((answered = true), { status: 429, body: {} }) }],
  });
  world.put('a');
  await eventually(() => world.service.isHolding('a'));
  world.jobs.cancel(keyOf('a'));
  world.service.answerHeld('a');
  expect(await world.until('a', 'cancelled')).toMatchObject({ accepted: false });
  expect(answered).toBe(true);
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('a finished job stays as it is, and an unknown key is no job', async () => {
  const world = await startWorld();
  world.put('a');
  await world.until('a', 'done');
  expect(world.jobs.cancel(keyOf('a'))?.status).toBe('done');
  expect(world.jobs.cancel(keyOf('nothing'))).toBe(null);
  expect(world.service.requests.cancel).toBe(0);
});

it('a picture that turns out to be made after the cancelling was confirmed is collected', async () => {
  const world = await startWorld();
  const made = (id: string) => ({
    body: { status: 'succeeded', output: { image: `${world.service.url}/storage/${id}/output/edit.png` } },
  });
  world.service.behave('a', { ...queuedForEver, reads: [{ raw: made, hold: true }] });
  world.put('a');
  await eventually(() => world.service.isHolding('a'));
  world.jobs.cancel(keyOf('a'));
  await eventually(() => world.service.requests.cancel === 1);
  world.service.answerHeld('a');
  expect((await world.until('a', 'done')).artifacts).toHaveLength(1);
});

it('[M1] what the service took out of its queue before it began is sent anew when Run is pressed, and only then', async () => {
  const world = await startWorld();
  world.service.behave('a', { life: ['in_queue', 'in_queue', 'in_queue', 'succeeded'] });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  await world.until('a', 'cancelled');
  await world.killAndRestart();
  expect(world.put('a').status).toBe('cancelled');
  expect(world.service.submissionsOf('a')).toBe(1);
  world.put('a', true);
  const made = await world.until('a', 'done');
  expect(made).toMatchObject({ requestId: 'req_2', decisions: [{ what: 'ask-again', requestId: 'req_1' }] });
  expect(world.service.submissionsOf('a')).toBe(2);
});

it('[M1] a confirmed cancelling of an edit that was seen in the making before is not believed to have cost nothing', async () => {
  const world = await startWorld();
  world.service.behave('a', { life: ['in_progress', 'in_queue', 'in_queue', 'succeeded'], endHeld: true });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  expect(await world.until('a', 'cancelled')).toMatchObject({ accepted: true, error: null });
  expect(world.put('a', true).status).toBe('cancelled');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('[M1] that an edit was seen in the making outlives the kill', async () => {
  const world = await startWorld();
  world.service.behave('a', { life: ['in_progress', 'in_queue', 'in_queue', 'succeeded'], endHeld: true });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_progress');
  await world.killAndRestart();
  world.jobs.cancel(keyOf('a'));
  expect(await world.until('a', 'cancelled')).toMatchObject({ accepted: true, error: null });
  expect(world.put('a', true).status).toBe('cancelled');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('[M8] a confirmed cancelling that the service goes on denying is not believed: the picture is collected', async () => {
  const world = await startWorld();
  const untrue = { raw: () => ({ body: { outcome: 'cancelled' } }) };
  world.service.behave('a', { ...queuedForEver, cancels: [untrue, untrue, untrue, untrue] });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  const denied = await world.until('a', 'cancelled', (job) => job.error?.code === 'being-made');
  expect(denied).toMatchObject({ status: 'submitted', accepted: true });
  world.service.letGo('a');
  expect((await world.until('a', 'done')).artifacts).toHaveLength(1);
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('[M8] what is asked for again while it is being cancelled goes on', async () => {
  const world = await startWorld();
  const refuses = { raw: () => ({ body: { outcome: 'not_cancellable' } }), hold: true } as const;
  world.service.behave('a', { ...queuedForEver, cancels: [refuses] });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  await eventually(() => world.service.isHolding('a'));
  expect(world.put('a', true)).toMatchObject({ status: 'submitted', error: null });
  world.service.letGo('a');
  expect(await world.until('a', 'done')).toMatchObject({ error: null });
  expect(world.service.submissionsOf('a')).toBe(1);
  expect(world.service.requests.cancel).toBe(1);
});

it('[M1, M8] what was dropped by the service while it was asked for again is sent anew, once', async () => {
  const world = await startWorld();
  world.service.behave('a', { ...queuedForEver, cancels: [{ as: 'cancelled', hold: true }] });
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  await eventually(() => world.service.isHolding('a'));
  world.put('a', true);
  world.service.letGo('a');
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(2);
});

it('what is cancelled and asked for again while its picture is made reachable is sent once', async () => {
  const reachable: ((url: string) => void)[] = [];
  const world = await startWorld({ imageUrl: () => new Promise((resolve) => reachable.push(resolve)) });
  world.put('a');
  await eventually(() => reachable.length === 1);
  world.jobs.cancel(keyOf('a'));
  world.put('a', true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(reachable).toHaveLength(1);
  reachable[0]!('https://pictures.example/');
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('joining submits nothing, whatever became of the job; only a new wish does [M1, M9]', async () => {
  const world = await startWorld();
  const join = (prompt: string) => world.jobs.join(keyOf(prompt), { service: `test/${model}`, input: inputOf(prompt) });
  expect(join('a')).toBeNull();
  expect(world.job('a')).toBeNull();
  world.settings.inFlight = 1;
  world.service.behave('a', held());
  world.put('a');
  await world.until('a', 'submitted');
  world.put('b');
  expect(join('b')).toMatchObject({ status: 'queued' });
  world.jobs.cancel(keyOf('b'));
  expect(join('b')).toMatchObject({ status: 'cancelled', accepted: false });
  world.service.letGo('a');
  await world.until('a', 'done');
  expect(['a', 'b'].map(world.service.submissionsOf)).toEqual([1, 0]);
  expect(join('b')).toMatchObject({ status: 'cancelled' });
});

it('joining takes the wish to cancel back; where the service has dropped it by then, it ends as dropped, unpaid [M1]', async () => {
  const world = await startWorld();
  world.service.behave('a', queuedForEver);
  world.put('a');
  await world.until('a', (job) => job.remoteStatus === 'in_queue');
  world.jobs.cancel(keyOf('a'));
  const joined = world.jobs.join(keyOf('a'), { service: `test/${model}`, input: inputOf('a') });
  expect(joined).toMatchObject({ status: 'submitted', error: null });
  expect(await world.until('a', 'cancelled')).toMatchObject({ error: { code: 'dropped' } });
  expect(world.service.submissionsOf('a')).toBe(1);
  world.service.behave('a', {});
  world.put('a', true);
  await world.until('a', 'done');
  expect(world.service.submissionsOf('a')).toBe(2);
});
