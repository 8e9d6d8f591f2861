import { expect, it } from 'vitest';
import { cellStateOf, elapsed, labelText, wordsOf } from '../../../app/canvas/task-words.ts';

it.each([
  ['nothing known', undefined, 'empty', 'Not made yet'],
  [
    'a place in the queue',
    { status: 'underway', queuePosition: 3, word: 'in_queue' },
    'running',
    'In the queue, number 3',
  ],
  ['no place in the queue', { status: 'underway', word: 'submitted' }, 'running', 'In the queue'],
  [
    'work at the service',
    { status: 'running', since: 5, progress: { word: 'in_progress', queuePosition: 0, message: null } },
    'running',
    'Being made',
  ],
  ['a lost answer', { status: 'unknown', message: 'Lost.' }, 'unknown', 'Outcome unknown'],
  ['a failure', { status: 'failed', message: 'No balance.' }, 'failed', 'Failed'],
] as const)('%s is said in words', (_, view, state, title) => {
  expect(cellStateOf(view)).toBe(state);
  expect(wordsOf(view).title).toBe(title);
});

it.each([
  [0, '0 s'],
  [59_900, '59 s'],
  [125_000, '2:05'],
  [-50, '0 s'],
])('%i milliseconds are %s', (milliseconds, text) => {
  expect(elapsed(milliseconds)).toBe(text);
});

it('a point is named by all of its axes', () => {
  const axis = (id: string, values: unknown[]) => ({
    id,
    length: values.length,
    members: [{ node: id, title: id, values }],
  });
  expect(labelText([axis('Look', ['warm', 'cold']), axis('Seed', [7, 8])], 3)).toBe('Look: cold · Seed: 8');
  expect(labelText([], 0)).toBe('');
});
