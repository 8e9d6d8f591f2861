import { expect, it } from 'vitest';
import type { Graph } from '../../graphs/graph.ts';
import { makePlan } from '../../graphs/plan.ts';
import { countOwn } from '../../graphs/wanted.ts';
import { whatChanges } from '../../graphs/what-changes.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

const graph = sketch(
  {
    photo: ['load-image', { picture: picture() }],
    prompts: ['prompt-sweep', { prompts: 'one\ntwo' }],
    seeds: ['seed-sweep', { first: 1, count: 3 }],
    words: ['prompt', { text: 'grey' }],
    a: ['edit', { seed: 1 }],
    b: ['edit', {}],
    save: ['save', { name: 'x' }],
    c: ['edit', { prompt: 'beside', seed: 1 }],
  },
  'photo.image > a.image',
  'prompts.text > a.prompt',
  'a.image > b.image',
  'words.text > b.prompt',
  'seeds.seed > b.seed',
  'b.image > save.image',
  'photo.image > c.image',
);
const changes = (of: Graph, node: string) => whatChanges(makePlan(of, nodeTypes, 'test'), of, node);

it('counts the edits at a node and behind it', () => {
  expect(changes(graph, 'photo')).toEqual({ edits: 2 + 6 + 1, perValue: null });
  expect(changes(graph, 'words')).toEqual({ edits: 6, perValue: null });
  expect(changes(graph, 'a')).toEqual({ edits: 8, perValue: null });
  expect(changes(graph, 'save')).toEqual({ edits: 0, perValue: null });
});

it('of a sweep: all of them, and those of a single value', () => {
  expect(changes(graph, 'prompts')).toEqual({ edits: 8, perValue: 4 });
  expect(changes(graph, 'seeds')).toEqual({ edits: 6, perValue: 2 });
});

it('counts each key once, and nothing that is struck out', () => {
  const twice = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      a: ['edit', { prompt: 'x', seed: 1 }],
      b: ['edit', { prompt: 'x', seed: 1 }],
    },
    'photo.image > a.image',
    'photo.image > b.image',
  );
  expect(changes(twice, 'photo').edits).toBe(1);
  const struck: Graph = {
    ...graph,
    nodes: { ...graph.nodes, prompts: { ...graph.nodes['prompts']!, struck: ['string two'] } },
  };
  expect(changes(struck, 'words').edits).toBe(3);
});

it('[M13] is exactly what gets another key when the words of a prompt change', () => {
  const keysOf = (of: Graph) =>
    new Set(
      [...makePlan(of, nodeTypes, 'test').nodes.values()]
        .filter(({ type }) => type?.uses === 'edits')
        .flatMap(({ tasks }) => tasks.map(({ key }) => key)),
    );
  const before = keysOf(graph);
  const words = graph.nodes['words']!;
  const after = keysOf({ ...graph, nodes: { ...graph.nodes, words: { ...words, params: { text: 'blue' } } } });
  expect([...after].filter((key) => !before.has(key))).toHaveLength(changes(graph, 'words').edits);
});

it('[P5] a count of a node’s own edits leaves out those that it needs', () => {
  const plan = makePlan(graph, nodeTypes, 'test');
  const first = plan.nodes.get('a')!.tasks[0]!.key;
  const count = countOwn(
    plan,
    (key) => (key === first ? { status: 'failed', message: 'No.', again: 'new-take' } : undefined),
    ['b'],
  );
  expect(count).toMatchObject({ edits: 6, toPay: 3, blocked: 3, stuck: 0 });
});
