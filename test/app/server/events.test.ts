import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerEvents } from '../../../app/server/events.ts';
import type { Job } from '../../../app/wire.ts';
import { jobOf } from '../../support/fake-feed.ts';
import { readEvents } from '../../support/server.ts';

/** A book that remembers one row per key, as the real one does. */
function world({ heartbeatMs = 60_000, gatherMs = 0, most = 200 } = {}) {
  const listeners = new Set<(job: Job) => void>();
  const rows = new Map<string, Job>();
  let seq = 0;
  const tell = (job: Job) => {
    rows.set(job.key, job);
    for (const listener of listeners) listener(job);
  };
  const change = (key: string, status: Job['status']) => {
    const job = { key, status, seq: ++seq } as Job;
    tell(job);
  };
  const feed = {
    subscribe(listener: (job: Job) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    page(after: number, limit: number) {
      const later = [...rows.values()].filter((job) => job.seq > after);
      return later.sort((a, b) => a.seq - b.seq).slice(0, limit);
    },
    latestSeq: () => seq,
  };
  const app = new Hono().get('/api/events', (c) =>
    answerEvents(c, { feed, service: () => 'offline/1/m', startedAt: 1000, heartbeatMs, gatherMs, most }),
  );
  const connect = async (query = '', headers: Record<string, string> = {}) => {
    const response = await app.request(`/api/events${query}`, { headers });
    const events = readEvents(response);
    onTestFinished(() => events.close());
    return { response, ...events, take: (count: number) => take(events, count) };
  };
  return { change, tell, connect, listeners };
}

async function take(events: ReturnType<typeof readEvents>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const { event, data } = await events.next();
    if (event !== 'jobs') taken.push(event);
    else for (const { seq, key, status } of data as Job[]) taken.push(`${seq} ${key} ${status}`);
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

  it('keeps nothing for a page that is far behind: it is told from the book, in pieces', async () => {
    const { change, connect } = world({ most: 3 });
    for (let number = 1; number <= 20; number++) change(`old ${number}`, 'done');
    const stream = await connect('?after=0');
    await stream.next();
    for (let number = 1; number <= 40; number++) change(`new ${number}`, 'done');
    const seen: string[] = [];
    let largest = 0;
    while (seen.at(-1) !== '60 new 40 done') {
      const { data } = await stream.next();
      largest = Math.max(largest, (data as Job[]).length);
      for (const { seq, key, status } of data as Job[]) seen.push(`${seq} ${key} ${status}`);
    }
    expect({ largest, told: new Set(seen).size }).toEqual({ largest: 3, told: 60 });
  });

  it('does not let an end wait for what only goes on, and sends an id from which nothing would be missed', async () => {
    const { change, connect } = world({ gatherMs: 60_000 });
    const stream = await connect();
    expect(await stream.take(1)).toEqual(['hello']);
    change('a', 'queued');
    expect(await stream.take(1)).toEqual(['1 a queued']);
    change('b', 'queued');
    change('c', 'queued');
    change('b', 'done');
    const { id, data } = await stream.next();
    expect({ id, data }).toEqual({ id: '2', data: [{ key: 'b', seq: 4, status: 'done' }] });
  });

  it('leaves out what no page needs', async () => {
    const { tell, connect } = world();
    const stream = await connect();
    await stream.next();
    const waits = {
      key: 'a'.repeat(64),
      seq: 9,
      status: 'submitted',
      remoteStatus: 'in_queue',
      queuePosition: 3,
    } as const;
    tell(jobOf(waits.key, waits.seq, waits));
    expect((await stream.next()).data).toEqual([{ ...waits, createdAt: 0 }]);
  });

  it('shows that it is alive when nothing happens', async () => {
    const { connect } = world({ heartbeatMs: 1 });
    expect(await (await connect()).take(3)).toEqual(['hello', 'comment', 'comment']);
  });

  it('is left by a thousand pages without a trace', async () => {
    const { connect, change, listeners } = world();
    for (let page = 0; page < 1000; page++) {
      const stream = await connect();
      await stream.next();
      if (page % 2 === 0) change('a', 'submitted');
      await stream.close();
    }
    expect(listeners.size).toBe(0);
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
