import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createJobFeed } from '../../../app/services/job-feed.ts';
import { jobOf } from '../../support/fake-feed.ts';

/** The browser's EventSource as far as it matters here; the test plays the server. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 1;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.all.push(this);
  }
  send(type: string, lastEventId: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { lastEventId, data: JSON.stringify(data) }));
  }
  refuse(): void {
    this.readyState = FakeSource.CLOSED;
    this.dispatchEvent(new Event('error'));
  }
  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
}

beforeEach(() => {
  FakeSource.all = [];
  vi.stubGlobal('EventSource', FakeSource);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a refused stream is opened again where the old one stopped, also when no job had come on it yet', () => {
  const feed = createJobFeed();
  FakeSource.all[0]!.send('hello', '41', { seq: 41, service: 's', startedAt: 0 });
  FakeSource.all[0]!.refuse();
  vi.advanceTimersByTime(1000);
  FakeSource.all[1]!.send('jobs', '43', [jobOf('c'.repeat(64), 43, {})]);
  FakeSource.all[1]!.refuse();
  vi.advanceTimersByTime(1000);
  expect(FakeSource.all.map(({ url }) => url)).toEqual(['/api/events', '/api/events?after=41', '/api/events?after=43']);
  feed.close();
});

it('tells each job, and whether the server can be reached', () => {
  const feed = createJobFeed();
  const jobs: number[] = [];
  const online: boolean[] = [];
  feed.subscribe(({ seq }) => jobs.push(seq));
  feed.subscribeOnline((is) => online.push(is));
  const [source] = FakeSource.all;
  source!.dispatchEvent(new Event('open'));
  source!.send('jobs', '7', [jobOf('c'.repeat(64), 7, {})]);
  source!.refuse();
  feed.close();
  vi.advanceTimersByTime(5000);
  expect({ jobs, online, opened: FakeSource.all.length }).toEqual({ jobs: [7], online: [true, false], opened: 1 });
});
