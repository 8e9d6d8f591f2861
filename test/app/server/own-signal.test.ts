import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { withOwnSignals } from '../../../app/server/own-signal.ts';
import type { Remote } from '../../../app/server/remote.ts';

/** A service of which each look lasts until the test or the signal ends it. */
function waiting() {
  const given: AbortSignal[] = [];
  const ends: (() => void)[] = [];
  const look: Remote['look'] = (_, signal) =>
    new Promise((resolve, reject) => {
      given.push(signal);
      ends.push(() => resolve({ status: 'live', word: '', queuePosition: null }));
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  return { given, ends, remote: withOwnSignals({ look } as Remote) };
}

it('nothing is left at the signal of the server’s whole life when the requests have ended', async () => {
  const { remote, ends, given } = waiting();
  const { signal } = new AbortController();
  const looks = Array.from({ length: 100 }, (_, i) => remote.look(String(i), signal));
  expect(getEventListeners(signal, 'abort')).toHaveLength(100);
  for (const end of ends) end();
  await Promise.all(looks);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(given).not.toContain(signal);
});

it('what goes on is stopped with its reason, and nothing new begins', async () => {
  const { remote, given } = waiting();
  const stop = new AbortController();
  const look = remote.look('a', stop.signal);
  const reason = new Error('closed');
  stop.abort(reason);
  await expect(look).rejects.toBe(reason);
  await expect(remote.look('b', stop.signal)).rejects.toBe(reason);
  expect(given).toHaveLength(1);
});
