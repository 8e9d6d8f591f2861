import { expect, it } from 'vitest';
import { facesOf } from '../../../app/canvas/far-faces.ts';
import type { TaskView } from '../../../app/runs.ts';
import type { Graph } from '../../../graphs/graph.ts';
import type { Known } from '../../../graphs/known.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain, picture, sketch } from '../../support/sketch.ts';

function facesAfter(graph: Graph, states: Record<string, TaskView>) {
  const plan = makePlan(graph, nodeTypes, 'test');
  const byKey = new Map<string, TaskView>();
  for (const [node, view] of Object.entries(states)) byKey.set(plan.nodes.get(node)!.tasks[0]!.key!, view);
  const lookup = (key: string) => byKey.get(key) as Known | undefined;
  return facesOf({ graph, nodeTypes, plan, lookup, viewOf: (key) => byKey.get(key), current: new Map() });
}

it('a card shows its own picture, the one it made, or the one that arrived', () => {
  const made = picture('b');
  const faces = facesAfter(chain(), { b: { status: 'done', outputs: { image: made } } });
  expect(Object.fromEntries([...faces].map(([id, face]) => [id, face.picture?.sha256[0] ?? null]))).toEqual({
    photo: 'a',
    a: null,
    b: 'b',
    save: 'b',
  });
});

it('what went wrong is shown before what is under way', () => {
  const faces = facesAfter(chain(), {
    a: { status: 'underway' },
    b: { status: 'failed', message: 'No.', again: 'same' },
  });
  expect(Object.fromEntries([...faces].map(([id, { state }]) => [id, state]))).toEqual({
    photo: null,
    a: 'running',
    b: 'failed',
    save: null,
  });
});

it('a node that cannot run and one of an unknown type are told from the others', () => {
  const faces = facesAfter(sketch({ e: ['edit', {}, { title: 'Look' }], odd: ['from-elsewhere'] }), {});
  expect(faces.get('e')).toEqual({ title: 'Look', category: 'Edits', picture: null, state: 'failed' });
  expect(faces.get('odd')).toMatchObject({ title: 'from-elsewhere', category: null });
});
