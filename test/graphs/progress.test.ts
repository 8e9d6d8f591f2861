import { expect, it } from 'vitest';
import { progressOf } from '../../graphs/progress.ts';
import { reduceRun, startRun, type RunEvent } from '../../graphs/run.ts';

const at = (key: string, word: string): RunEvent => ({
  type: 'progress',
  key,
  progress: { word, queuePosition: null, message: null },
});

it('[X8] counts edits and files apart, and as in the making only what the service was asked for', () => {
  const events: RunEvent[] = [
    ...['a', 'b', 'c', 'd', 'e', 'f', 'save a', 'save b'].map((key) => ({ type: 'waiting', key }) as const),
    ...['a', 'b', 'c', 'd', 'e', 'save a'].map((key) => ({ type: 'started', key }) as const),
    // Asked for, one way or another; then one that waits here, and one that is fetched.
    at('a', 'submitting'),
    at('b', 'in_queue'),
    at('c', 'queued'),
    at('d', 'collecting'),
    { type: 'failed', key: 'f', code: 'x', message: 'No.' },
    { type: 'done', key: 'save b', known: { status: 'done', outputs: {} } },
  ];
  const run = reduceRun(startRun(0), events, 0);
  expect(progressOf(run, 6000, new Set(['save a', 'save b', 'of another run']))).toEqual({
    total: 8,
    ended: 2,
    edits: { total: 6, ended: 1 },
    files: { total: 2, ended: 1 },
    making: 2,
    failed: 1,
    remaining: 18_000,
  });
});
