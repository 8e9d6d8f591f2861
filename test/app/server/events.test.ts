import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerEvents } from '../../../app/server/events.ts';
import type { Job } from '../../../app/wire.ts';
import { readEvents } from '../../support/server.ts';

/** A book that remembers one row per key, as the real one does. */
function world({ heartbeatMs = 60_000 } = {}) {
  const listeners = new Set<(job: Job) => void>();
  const rows = new Map<string, Job>();
  let seq = 0;
  const change = (key: string, status: Job['status']) => {
    const job = { key, status, seq: ++seq } as Job;
    rows.set(key, job);
    for (const listener of listeners) listener(job);
  };
  const feed = {
    subscribe(listener: (job: Job) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since: (after: number) => [...rows.values()].filter((job) => job.seq > after).sort((a, b) => a.seq - b.seq),
    latestSeq: () => seq,
  };
  const app = new Hono().get('/api/events', (c) =>
    answerEvents(c, { feed, service: () => 'offline/1/m', startedAt: 1000, heartbeatMs }),
  );
  const connect = async (query = '', headers: Record<string, string> = {}) => {
    const response = await app.request(`/api/events${query}`, { headers });
    const events = readEvents(response);
    onTestFinished(() => events.close());
    return { response, ...events, take: (count: number) => take(events, count) };
  };
  return { change, connect, listeners };
}

async function take(events: ReturnType<typeof readEvents>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const { event, id, data } = await events.next();
    taken.push(event === 'job' ? `${id} ${(data as Job).key} ${(data as Job).status}` : event);
  }
  return taken;
}

describe('the event stream', () => {
  it('begins with where things stand', async () => {
    const { change, connect } = world();
    change('a', 'queued');
    const stream = await connect();
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await stream.next()).toEqual({
      event: 'hello',
      id: '1',
      data: { seq: 1, service: 'offline/1/m', startedAt: 1000 },
    });
  });

  it('tells every page of every change, in order', async () => {
    const { change, connect } = world();
    const pages = [await connect(), await connect()];
    for (const page of pages) expect(await page.take(1)).toEqual(['hello']);
    change('a', 'queued');
    for (const page of pages) expect(await page.take(1)).toEqual(['1 a queued']);
    change('b', 'queued');
    change('a', 'done');
    for (const page of pages) expect(await page.take(2)).toEqual(['2 b queued', '3 a done']);
  });

  it.each([
    ['the header', '', { 'last-event-id': '2' }],
    ['the address', '?after=2', {}],
    ['the header rather than the address', '?after=0', { 'last-event-id': '2' }],
  ])('goes on where %s says, first with what was missed, then live', async (_, query, headers) => {
    const { change, connect } = world();
    for (const key of ['a', 'b', 'c']) change(key, 'queued');
    change('a', 'done');
    const stream = await connect(query, headers as Record<string, string>);
    expect(await stream.take(3)).toEqual(['hello', '3 c queued', '4 a done']);
    change('c', 'failed');
    expect(await stream.take(1)).toEqual(['5 c failed']);
  });

  it('does not move a returning page forward before it has got what it missed', async () => {
    const { change, connect } = world();
    change('a', 'queued');
    change('b', 'queued');
    const stream = await connect('?after=0');
    // Were the stream cut here, the browser would send this id.
    expect((await stream.next()).id).toBe('0');
  });

  it('tells a slow page the newest state of each job only', async () => {
    const { change, connect } = world();
    const stream = await connect();
    expect(await stream.take(1)).toEqual(['hello']);
    for (let count = 0; count < 1000; count++) change('a', 'submitted');
    change('b', 'queued');
    change('a', 'done');
    const seen: string[] = [];
    while (seen.at(-1) !== '1002 a done') seen.push(...(await stream.take(1)));
    expect(seen.length).toBeLessThan(10);
    expect(seen).toContain('1001 b queued');
  });

  it('shows that it is alive when nothing happens', async () => {
    const { connect } = world({ heartbeatMs: 1 });
    expect(await (await connect()).take(3)).toEqual(['hello', 'comment', 'comment']);
  });

  it('forgets pages that have gone', async () => {
    const { connect, listeners } = world();
    const stream = await connect();
    await stream.next();
    expect(listeners.size).toBe(1);
    await stream.close();
    expect(listeners.size).toBe(0);
  });

  it.each(['x', '-1', '1e3', ''])('takes the id %j for none', async (id) => {
    const { change, connect } = world();
    change('a', 'queued');
    expect((await (await connect('', { 'last-event-id': id })).next()).id).toBe('1');
  });
});
