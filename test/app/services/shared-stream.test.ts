import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StreamMessage } from '../../../app/services/event-stream.ts';
import { shareStream } from '../../../app/services/shared-stream.ts';
import { fakeBrowser } from '../../support/fake-tabs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server with a book of events, and a browser with tabs. */
function world() {
  const browser = fakeBrowser();
  const streams = new Map<string, (message: StreamMessage) => void>();
  const tabs = new Map<string, { heard: string[]; online: boolean[]; close: () => void }>();
  const opened: string[] = [];
  let events = 0;

  const open = (tab: string) => (after: string | undefined, tell: (message: StreamMessage) => void) => {
    opened.push(`${tab} after ${after}`);
    streams.set(tab, tell);
    tell({ type: 'online', online: true });
    tell({ type: 'at', id: after ?? String(events) });
    for (let id = Number(after ?? events) + 1; id <= events; id++)
      tell({ type: 'jobs', id: String(id), text: `${id}` });
    return { close: () => void streams.delete(tab) };
  };

  return {
    ...browser,
    streams,
    opened,
    tab: (name: string) => {
      const heard: string[] = [];
      const online: boolean[] = [];
      const hear = (message: StreamMessage): void => {
        if (message.type === 'jobs') heard.push(message.text);
        if (message.type === 'online') online.push(message.online);
      };
      const tab = { heard, online, ...shareStream({ sharing: browser.sharingOf(name), open: open(name), hear }) };
      tabs.set(name, tab);
      return tab;
    },
    event: (): string => {
      const id = String(++events);
      for (const tell of streams.values()) tell({ type: 'jobs', id, text: id });
      return id;
    },
    events: () => events,
    /** A tab that is gone takes its stream with it. */
    crashed: (name: string): void => {
      streams.delete(name);
      browser.crash(name);
    },
  };
}

/** Locks are given by promises. */
const settle = () => vi.advanceTimersByTimeAsync(0);

it('many tabs have one stream, and each hears everything', async () => {
  const { tab, event, streams } = world();
  const tabs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => tab(name));
  await settle();
  event();
  event();
  expect(tabs.map(({ heard }) => heard)).toEqual(tabs.map(() => ['1', '2']));
  expect([...streams.keys()]).toEqual(['a']);
});

it.each(['close', 'crash'] as const)(
  'after a %s the next tab goes on where the stream was, missing nothing',
  async (end) => {
    const { tab, event, crashed, opened } = world();
    const a = tab('a');
    const b = tab('b');
    const c = tab('c');
    event();
    if (end === 'close') a.close();
    else crashed('a');
    // Nobody has a stream in this moment.
    event();
    await settle();
    event();
    expect({ a: a.heard, b: b.heard, c: c.heard }).toEqual({ a: ['1'], b: ['1', '2', '3'], c: ['1', '2', '3'] });
    expect(opened).toEqual(['a after undefined', 'b after 1']);
  },
);

it('a tab that opens later is told whether the server can be reached, and when the stream has moved', async () => {
  const { tab, crashed } = world();
  tab('a');
  const b = tab('b');
  expect(b.online).toEqual([true]);
  crashed('a');
  await settle();
  // What may have been lost on the way is looked up at this word.
  expect(b.online).toEqual([true, true]);
});

it('a tab that is stuck in a dialog loses the stream, and waits in line when it is back', async () => {
  const { tab, event, getStuck, wakeUp, streams, crashed } = world();
  const a = tab('a');
  const b = tab('b');
  event();
  getStuck('a');
  streams.delete('a');
  event();
  await vi.advanceTimersByTimeAsync(45_000);
  expect(b.heard).toEqual(['1', '2']);
  wakeUp('a');
  event();
  await settle();
  expect({ heard: a.heard, streams: [...streams.keys()] }).toEqual({ heard: ['1', '3'], streams: ['b'] });
  crashed('b');
  event();
  await settle();
  expect({ heard: a.heard, streams: [...streams.keys()] }).toEqual({ heard: ['1', '3', '4'], streams: ['a'] });
});

it('a tab without news asks whether the one with the stream is still there, and leaves it alone', async () => {
  const { tab, opened } = world();
  tab('a');
  tab('b');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(opened).toEqual(['a after undefined']);
});

it('a browser that refuses a lock is not asked again at once: the tab has a stream of its own', async () => {
  const { sharingOf } = fakeBrowser();
  let asked = 0;
  const request = async () => {
    asked++;
    throw new DOMException('Access to the Locks API is denied.', 'SecurityError');
  };
  const opened: unknown[] = [];
  const open = (after: string | undefined) => ({ close: () => void opened.push(after) });
  const sharing = { ...sharingOf('a'), locks: { request } as unknown as LockManager };
  const { close } = shareStream({ sharing, open, hear: () => undefined });
  // A tab that asks for ever is stopped by its end.
  for (let i = 0; i < 20; i++) await Promise.resolve();
  close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect({ asked, opened }).toEqual({ asked: 1, opened: [undefined] });
});

it('a closed tab leaves no timer and does nothing more', async () => {
  const { tab, event } = world();
  const a = tab('a');
  a.close();
  await settle();
  event();
  expect({ heard: a.heard, timers: vi.getTimerCount() }).toEqual({ heard: [], timers: 0 });
});

it('a tab that opens while nobody has the stream hears what happened in that moment, too', async () => {
  const { tab, event } = world();
  const a = tab('a');
  const b = tab('b');
  await settle();
  a.close();
  event();
  const c = tab('c');
  await settle();
  event();
  expect({ b: b.heard, c: c.heard }).toEqual({ b: ['1', '2'], c: ['1', '2'] });
});

it('whatever opens, closes and crashes: every tab hears each event after its beginning, and there is one stream', async () => {
  const step = fc.constantFrom('open', 'open', 'close', 'crash', 'event', 'event', 'event', 'settle');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(20)), { maxLength: 40 }), async (steps) => {
      const { tab, event, events, crashed, streams } = world();
      const open = new Map<string, { heard: string[]; from: number; close: () => void }>();
      /** Events of moments in which nobody had the stream: the next one to have it tells everybody of them. */
      const late = new Set<string>();
      let count = 0;
      for (const [what, which] of steps) {
        const name = [...open.keys()][which % Math.max(1, open.size)];
        if (what === 'open') {
          const next = `tab ${++count}`;
          open.set(next, { from: events(), ...tab(next) });
          await settle();
        } else if (what === 'event') {
          const isUnheard = streams.size === 0;
          const id = event();
          if (isUnheard) late.add(id);
        } else if (what === 'settle') await settle();
        else if (name !== undefined) {
          if (what === 'crash') crashed(name);
          else open.get(name)!.close();
          open.delete(name);
        }
      }
      await settle();
      for (const { heard, from } of open.values()) {
        const expected = Array.from({ length: events() - from }, (_, i) => String(from + i + 1));
        const isOwn = (id: string): boolean => Number(id) > from || !late.has(id);
        expect([...new Set(heard)].filter(isOwn)).toEqual(expected);
      }
      expect(streams.size).toBe(Math.min(1, open.size));
      for (const { close } of open.values()) close();
    }),
  );
});
