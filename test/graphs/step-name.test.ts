import { expect, it } from 'vitest';
import type { Change } from '../../graphs/changes.ts';
import { isLinked, type Graph } from '../../graphs/graph.ts';
import { change, startHistory } from '../../graphs/history.ts';
import { nameOfStep } from '../../graphs/step-name.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { sketch } from '../support/sketch.ts';

const graph = (): Graph =>
  sketch({
    edit1: ['edit', { prompt: 'a', seed: 1 }, { title: 'Look' }],
    edit2: ['edit', { prompt: 'a' }],
    seeds: ['seed-sweep', {}, { link: 'link1' }],
    words: ['prompt-sweep', {}, { link: 'link1' }],
  });

/** What undo calls the step that these changes make. */
function nameAfter(...changes: Change[]): string {
  const history = changes.reduce((before, what) => change(before, what, 'one gesture'), startHistory(graph()));
  return nameOfStep(history.past.at(-1)!, nodeTypes);
}

const set = (node: string, name: string, value: unknown): Change => ({ type: 'setParam', node, name, value });

it.each<[string, Change[]]>([
  ['Change Prompt of “Look”', [set('edit1', 'prompt', 'b'), set('edit1', 'prompt', 'bc')]],
  ['Change Seed of “Edit”', [set('edit2', 'seed', 5)]],
  ['Change values of “Look”', [{ type: 'setParams', params: { edit1: { prompt: 'b', seed: 2 } } }]],
  ['Change values', [{ type: 'setParams', params: { edit1: { prompt: 'b' }, edit2: { prompt: 'b' } } }]],
  ['Link sweeps', [{ type: 'link', nodes: ['seeds', 'words'], link: 'link2' }]],
  ['Unlink sweeps', [{ type: 'link', nodes: ['seeds'], link: null }]],
  ['Strike out', [{ type: 'strikeValues', node: 'seeds', values: ['1'], struck: true }]],
  ['Strike out', [{ type: 'strikeTasks', firstKeys: ['k'], struck: true }]],
  ['Delete', [{ type: 'remove', nodes: ['edit1'] }]],
])('[H1] undo says what it takes back: %s', (name, changes) => {
  expect(nameAfter(...changes)).toBe(name);
});

it('[H1] what was struck out and is put back has a name of its own', () => {
  const values = { type: 'strikeValues', node: 'seeds', values: ['1'] } as const;
  const tasks = { type: 'strikeTasks', firstKeys: ['k'] } as const;
  for (const what of [values, tasks]) {
    const struck = change(startHistory(graph()), { ...what, struck: true });
    const back = change(struck, { ...what, struck: false });
    expect(nameOfStep(back.past.at(-1)!, nodeTypes)).toBe('Put back what was struck out');
  }
});

it('a sweep is linked as long as another one has its link', () => {
  const linked = graph();
  expect([isLinked(linked, 'seeds'), isLinked(linked, 'edit1'), isLinked(linked, 'nobody')]).toEqual([
    true,
    false,
    false,
  ]);
  const unlinked = change(startHistory(linked), { type: 'link', nodes: ['words'], link: null }).graph;
  expect([isLinked(unlinked, 'seeds'), isLinked(unlinked, 'words')]).toEqual([false, false]);
  const removed = change(startHistory(linked), { type: 'remove', nodes: ['words'] }).graph;
  expect(isLinked(removed, 'seeds')).toBe(false);
});
