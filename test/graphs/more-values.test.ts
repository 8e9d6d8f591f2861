import { expect, it } from 'vitest';
import type { Graph } from '../../graphs/graph.ts';
import { changeToLonger, graphWith, keysFrom, nearestSweep } from '../../graphs/more-values.ts';
import { makePlan } from '../../graphs/plan.ts';
import { countWanted } from '../../graphs/wanted.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { artifactOf } from '../support/fake-services.ts';
import { picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Graph) => makePlan(graph, nodeTypes, 'test');

function sweepOf(params: Record<string, unknown>) {
  return sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', params],
      prompts: ['prompt-sweep', { prompts: 'one\ntwo' }],
      a: ['edit', {}],
      b: ['edit', { prompt: 'grey', seed: 1 }],
    },
    'photo.image > a.image',
    'prompts.text > a.prompt',
    'seeds.seed > a.seed',
    'a.image > b.image',
  );
}

it('[X13] more seeds: one change, nothing of what was made is asked for again, and just the new ones are made', () => {
  const graph = sweepOf({ first: 5, count: 3 });
  const plan = planOf(graph);
  expect(nearestSweep(plan, graph, 'b')).toEqual({ node: 'seeds', length: 3, linked: false });
  const made = new Set([...plan.nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ key }) => key ?? [])));
  const longer = graphWith(graph, changeToLonger(graph, nodeTypes, 'seeds', 2)!);
  const after = planOf(longer);
  const keys = keysFrom(after, 'b', 'seeds', 3);
  expect(keys.size).toBe(4);
  const count = countWanted(
    after,
    (key) => (made.has(key) ? { status: 'done', outputs: { image: artifactOf(key) } } : undefined),
    keys,
  );
  expect(count).toMatchObject({ edits: 8, made: 0, toPay: 8 });
  expect(longer.nodes['seeds']!.params).toMatchObject({ first: 5, count: 5 });
});

it('[X13] a written list goes on behind its largest seed', () => {
  const graph = sweepOf({ as: 'list', list: '3, 17, 9' });
  const change = changeToLonger(graph, nodeTypes, 'seeds', 2)!;
  expect(graphWith(graph, change).nodes['seeds']!.params['list']).toBe('3, 17, 9, 18-19');
});

it('says where there is no room, no sweep, or one that is linked', () => {
  const graph = sweepOf({ first: 2 ** 31 - 4, count: 3 });
  expect(changeToLonger(graph, nodeTypes, 'seeds', 1)).not.toBeNull();
  expect(changeToLonger(graph, nodeTypes, 'seeds', 2)).toBeNull();
  expect(nearestSweep(planOf(graph), graph, 'photo')).toBeNull();
  expect(nearestSweep(planOf(graph), graph, 'prompts')).toBeNull();
  const { seeds, prompts } = graph.nodes;
  const linked: Graph = {
    ...graph,
    nodes: {
      ...graph.nodes,
      seeds: { ...seeds!, link: 'l', params: { count: 2 } },
      prompts: { ...prompts!, link: 'l' },
    },
  };
  expect(nearestSweep(planOf(linked), linked, 'a')).toMatchObject({ linked: true });
});
