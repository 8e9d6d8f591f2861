import { expect, it } from 'vitest';
import { z } from 'zod';
import { applyChange } from '../../graphs/changes.ts';
import { canConnect, isRefusal } from '../../graphs/connect.ts';
import { readGraphFile, writeGraphFile } from '../../graphs/file.ts';
import { pasteFragment, takeFragment } from '../../graphs/fragment.ts';
import { defineNode, nodeTypesOf } from '../../graphs/node-type.ts';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

/** As many texts as it is asked for. */
const words = defineNode({
  type: 'words',
  version: 1,
  title: 'Words',
  category: 'Sources',
  description: 'As many texts as are asked for.',
  params: z.object({ count: z.number().default(2) }),
  inputs: {},
  outputs: {},
  outputsOf: ({ count }) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`w${i + 1}`, { kind: 'text' as const }])),
  run: ({ values }) =>
    Object.fromEntries(Array.from({ length: values.count }, (_, i) => [`w${i + 1}`, `text ${i + 1}`])),
});
const types = nodeTypesOf([...nodeTypes.values(), words]);
const graph = sketch(
  { photo: ['load-image', { picture: picture() }], words: ['words', { count: 2 }], e: ['edit'] },
  'photo.image > e.image',
  'words.w2 > e.prompt',
);
const shorter = applyChange(graph, { type: 'setParam', node: 'words', name: 'count', value: 1 }).graph;
const planOf = (which: typeof graph) => makePlan(which, types, 'test');

it('[C1, C6] a port that depends on the parameters is connected as any other, while it is there', () => {
  const to = { node: 'e', port: 'negative_prompt' };
  expect(isRefusal(canConnect(graph, types, { node: 'words', port: 'w1' }, to))).toBe(false);
  expect(canConnect(shorter, types, { node: 'words', port: 'w2' }, to)).toMatchObject({ reason: 'no-such-port' });
  expect(planOf(graph).nodes.get('e')!.tasks[0]!.known.prompt).toBe('text 2');
});

it('[C7] an edge of a port that is gone stays, and is an error of the node it leads to until the port is back', () => {
  expect(shorter.edges).toBe(graph.edges);
  expect(planOf(shorter).errors).toMatchObject([
    { code: 'unknown-port', node: 'e', port: 'prompt', message: expect.stringContaining('not there any more') },
  ]);
  expect(planOf(graph).errors).toEqual([]);
});

it('[F5] a file with such an edge is read without it, and says so', () => {
  const { graph: read, notes } = readGraphFile(writeGraphFile('T', shorter), types);
  expect(Object.keys(read.edges)).toEqual(['e.image']);
  expect(notes).toEqual([expect.stringContaining('The edge from words.w2 to e.prompt was left out')]);
});

it('[G5] a copied node takes the axes of copied sweeps away, and of others those that it took', () => {
  const swept = sketch(
    {
      seeds: ['seed-sweep'],
      other: ['prompt-sweep', { prompts: 'x' }],
      e: ['edit'],
      collect: ['collect', { over: ['seeds', 'other'] }],
    },
    'seeds.seed > e.seed',
    'other.text > e.prompt',
    'e.image > collect.image',
  );
  const fragment = takeFragment(swept, ['seeds', 'e', 'collect']);
  const { nodes } = pasteFragment(swept, types, fragment, { at: { x: 0, y: 0 }, keepIncoming: true });
  const [seeds, , collect] = nodes;
  expect(collect!.params.over).toEqual([seeds!.id, 'other']);
});
