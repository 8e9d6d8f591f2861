import { expect, it, onTestFinished } from 'vitest';
import type { CostsReply } from '../../../../app/costs-wire.ts';
import type { Job } from '../../../../app/wire.ts';
import { goodToken, startFaultServer } from '../../../support/fault-server.ts';
import { makePicture } from '../../../support/pictures.ts';
import { offlineId, openTestServer, readEvents } from '../../../support/server.ts';

const key = (number: number) => String(number).padStart(64, '0');
const HOUR = 3_600_000;

/** The whole server before a service that asks 5 cents and bills 4, with a clock that the test sets. */
async function setUp(options: { price?: boolean; at?: string } = {}) {
  const remote = await startFaultServer(await makePicture());
  onTestFinished(() => remote.close());
  const clock = { ahead: options.at ? Date.parse(options.at) - Date.now() : 0 };
  const hidden = { price: options.price === false };
  const server = await openTestServer({
    send: (request) =>
      hidden.price && request.url.includes('/v1/models/') && request.method === 'GET'
        ? Promise.resolve(Response.json({ base_price_usd: 0.01, price_unit: 'second' }))
        : fetch(request),
    variables: { EDITLOOM_BASE_URL: remote.url, RUNCOMFY_API_TOKEN: goodToken },
    now: () => Date.now() + clock.ahead,
  });
  const { ask, json, upload } = server;
  const { sha256 } = (await json(upload(await makePicture()))) as { sha256: string };
  const { id } = (await json(ask('GET', '/api/service'))) as { id: string };
  const events = readEvents(await ask('GET', '/api/events'));
  onTestFinished(() => events.close());
  const ends = new Map<string, Awaited<ReturnType<typeof events.nextJob>>>();
  const put = (number: number, { service = id, madeFor = 'Coffee' } = {}) =>
    ask('PUT', `/api/jobs/${key(number)}?again=1`, {
      service,
      madeFor,
      input: {
        image: sha256,
        prompt: service === offlineId ? 'make it black and white' : `edit ${number}`,
        negative_prompt: '',
        seed: 7,
        enable_thinking_mode: true,
        enable_reflection_mode: true,
        output_format: 'png',
      },
    });
  return {
    ...server,
    remote,
    clock,
    hidden,
    put,
    settings: (changes: object) => ask('PUT', '/api/settings', changes),
    refusal: async (reply: Response) => ((await reply.json()) as { error: { code: string; message: string } }).error,
    ended: async (number: number) => {
      while (!ends.has(key(number))) {
        const job = await events.nextJob(({ status }) => status === 'done' || status === 'failed');
        ends.set(job.key, job);
      }
      return ends.get(key(number));
    },
    costs: (keys: string[] = [], title = '') => json(ask('POST', '/api/costs', { keys, title })) as Promise<CostsReply>,
  };
}

it('[M12] however many ask at once, no more is accepted in a day than its budget pays for', async () => {
  const { put, settings, refusal, remote, ended, json, ask } = await setUp();
  await settings({ dayBudget: 0.2 });
  const replies = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => put(number)));
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 409, 409]);
  const refused = replies.findIndex(({ status }) => status === 409);
  expect(await refusal(replies[refused]!)).toEqual({
    code: 'day-budget',
    message: expect.stringMatching(/of today’s budget of \$0\.20, .* and one more edit costs \$0\.05\. .*tomorrow/),
  });
  expect(await json(ask('GET', `/api/jobs/${key(refused + 1)}`))).toMatchObject({ error: { code: 'no-such-job' } });
  for (let number = 1; number <= 6; number++) if (replies[number - 1]!.status === 200) await ended(number);
  expect(remote.submissions).toHaveLength(4);
  // They were billed with 4 cents each, so 4 cents are left: not enough for one that is said to cost 5.
  expect((await put(7)).status).toBe(409);
});

it('[M12] what was refused can be asked for on the next day of the user, or with another budget', async () => {
  const { put, settings, clock, ended, remote } = await setUp({ at: '2026-03-10T21:30:00Z' });
  await settings({ dayBudget: 0.05, timeZone: 'Europe/Berlin' });
  expect((await put(1)).status).toBe(200);
  await ended(1);
  expect((await put(2)).status).toBe(409);
  clock.ahead += 1 * HOUR;
  // Half past eleven at night in Berlin is still the same day; at half past twelve it is the next.
  expect((await put(2)).status).toBe(409);
  clock.ahead += 1 * HOUR;
  expect((await put(2)).status).toBe(200);
  await ended(2);
  expect((await put(3)).status).toBe(409);
  await settings({ dayBudget: 0.1 });
  expect((await put(3)).status).toBe(200);
  await ended(3);
  expect(remote.submissions.map(({ prompt }) => prompt)).toEqual(['edit 1', 'edit 2', 'edit 3']);
});

it('[M12] known keys are answered whatever the budget says: looking costs nothing', async () => {
  const { put, settings, ended, remote } = await setUp();
  await put(1);
  await ended(1);
  await settings({ dayBudget: 0.01 });
  expect((await put(1)).status).toBe(200);
  expect(remote.submissions).toHaveLength(1);
});

it('[M12] what waits in the queue is not sent where the budget was made smaller meanwhile', async () => {
  const { put, settings, ended, remote } = await setUp();
  await settings({ inFlight: 1, dayBudget: 1 });
  remote.behave('edit 1', { endHeld: true });
  await put(1);
  await put(2);
  await settings({ dayBudget: 0.05 });
  remote.letGo('edit 1');
  await ended(1);
  expect(await ended(2)).toMatchObject({ status: 'failed', accepted: false, error: { code: 'day-budget' } });
  expect(remote.submissions).toHaveLength(1);
});

it('[M12] with a budget and a price that nobody tells nothing is sent: it is not counted as nothing', async () => {
  const { put, settings, refusal, remote, json, ask } = await setUp({ price: false });
  expect(await json(ask('GET', '/api/service'))).toMatchObject({
    price: null,
    otherPrice: { dollars: 0.01, unit: 'second' },
  });
  await settings({ dayBudget: 100 });
  const reply = await put(1);
  expect([reply.status, (await refusal(reply)).code]).toEqual([409, 'price-unknown']);
  expect(remote.submissions).toEqual([]);
  await settings({ dayBudget: null });
  expect((await put(1)).status).toBe(200);
});

it('[M12] offline edits are free: they use nothing of the budget, and none is needed for them', async () => {
  const { put, settings, ended, costs } = await setUp();
  await settings({ dayBudget: 0.01, service: 'offline' });
  expect((await put(1, { service: offlineId })).status).toBe(200);
  expect(await ended(1)).toMatchObject({ status: 'done' });
  expect(await costs([key(1)], 'Coffee')).toEqual({
    today: { edits: 0, dollars: 0, untold: 0 },
    graph: { edits: 0, dollars: 0, untold: 0 },
    days: [],
  });
});

it('tells what today and a graph have cost: its keys, and what was made under its title before', async () => {
  const { put, ended, costs, clock, remote } = await setUp({ at: '2026-03-10T12:00:00Z' });
  await put(1);
  await ended(1);
  clock.ahead += 24 * HOUR;
  remote.behave('edit 2', { life: ['failed'] });
  await put(2);
  await put(3, { madeFor: 'Another' });
  await ended(2);
  await ended(3);
  const { today, graph, days } = await costs([key(3)], 'Coffee');
  expect([today.edits, graph.edits]).toEqual([2, 3]);
  expect(days.map(({ day, edits }) => [day, edits])).toEqual([
    ['2026-03-11', 2],
    ['2026-03-10', 1],
  ]);
  expect(days[1]!.dollars).toBe(0.04);
  expect(today.untold).toBe(0);
  expect((await costs([], 'Another')).graph).toEqual({ edits: 1, dollars: 0.04, untold: 0 });
});

it('[M12] a job that the service dropped before it began is not counted', async () => {
  const { put, settings, ask, json, remote, costs } = await setUp();
  await settings({ dayBudget: 0.05 });
  remote.behave('edit 1', { life: ['in_queue'], endHeld: true });
  await put(1);
  const reply = (await json(ask('DELETE', `/api/jobs/${key(1)}`))) as Job;
  expect(reply.key).toBe(key(1));
  await expect.poll(async () => ((await json(ask('GET', `/api/jobs/${key(1)}`))) as Job).status).toBe('cancelled');
  expect((await costs()).today.edits).toBe(0);
  expect((await put(2)).status).toBe(200);
});
