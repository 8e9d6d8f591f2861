import { describe, expect, it } from 'vitest';
import type { Graph } from '../../graphs/graph.ts';
import { makePlan } from '../../graphs/plan.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import { nearestTask, whatDiffers, type Difference } from '../../graphs/what-differs.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Graph) => makePlan(graph, nodeTypes, 'offline/1/model');
const madeBy = (graph: Graph, node = 'b', index = 0) => {
  const plan = planOf(graph);
  return provenanceOf(plan, plan.nodes.get(node)!.tasks[index]!, () => undefined);
};
const changed = (graph: Graph, node: string, params: Record<string, unknown>): Graph => ({
  ...graph,
  nodes: { ...graph.nodes, [node]: { ...graph.nodes[node]!, params: { ...graph.nodes[node]!.params, ...params } } },
});
/** `Edit.prompt: orange → red`. */
const inShort = (difference: Difference): string => {
  if (difference.type === 'step') return `${difference.was.title} → ${difference.now.title}`;
  if (difference.type !== 'value') return difference.type;
  const [then, now] = [difference.was, difference.now].map((stood) =>
    stood.type === 'value' ? JSON.stringify(stood.value) : stood.type === 'made' ? `<${stood.by}>` : 'nothing',
  );
  return `${difference.step.title}.${difference.name}: ${then} → ${now}`;
};
const between = (then: Graph, now: Graph, node = 'b') =>
  whatDiffers(madeBy(then, node), madeBy(now, node)).map(inShort);

describe('[V5] what differs between a picture and what its node would make now', () => {
  it('is nothing for the same graph, wherever its nodes stand and whatever they are called', () => {
    const moved = chain();
    const now = {
      ...moved,
      nodes: { ...moved.nodes, b: { ...moved.nodes.b!, title: 'Grey', position: { x: 9, y: 9 } } },
    };
    expect(between(chain(), now)).toEqual([]);
  });

  it.each([
    [
      'the words of its prompt',
      'b',
      { prompt: 'make it sepia' },
      'Edit.prompt: "make it black and white" → "make it sepia"',
    ],
    ['its seed', 'b', { seed: 9 }, 'Edit.seed: 2 → 9'],
    ['a mode', 'b', { enable_thinking_mode: false }, 'Edit.enable_thinking_mode: true → false'],
    ['a setting of an earlier step', 'a', { seed: 5 }, 'Edit.seed: 1 → 5'],
  ])('tells %s', (_, node, params, words) => {
    expect(between(chain(), changed(chain(), node, params))).toEqual([words]);
  });

  it('tells that the photograph at the beginning is another one', () => {
    const now = changed(chain(), 'photo', { picture: picture('c') });
    expect(whatDiffers(madeBy(chain()), madeBy(now))).toMatchObject([
      {
        type: 'value',
        name: 'image',
        was: { value: { sha256: 'a'.repeat(64) } },
        now: { value: { sha256: 'c'.repeat(64) } },
      },
    ]);
  });

  it('finds no difference in a photograph that only has another file name', () => {
    expect(between(chain(), changed(chain(), 'photo', { picture: { ...picture(), name: 'other.png' } }))).toEqual([]);
  });

  it('tells of a step more in the chain', () => {
    const shorter = sketch(
      { photo: ['load-image', { picture: picture() }], b: ['edit', { prompt: 'make it black and white', seed: 2 }] },
      'photo.image > b.image',
    );
    expect(between(shorter, chain())).toEqual([expect.stringMatching(/^Edit.image: .* → <Edit>$/)]);
    expect(between(chain(), shorter)).toEqual([expect.stringMatching(/^Edit.image: <Edit> → /)]);
  });

  it('tells that another node type stands there', () => {
    expect(whatDiffers(madeBy(chain(), 'save'), madeBy(chain(), 'b')).map(inShort)).toEqual(['Save → Edit']);
  });

  it('says that only the take is another one', () => {
    const plan = planOf(chain());
    const again = { ...chain(), takes: { [plan.nodes.get('a')!.tasks[0]!.firstKey!]: 2 } };
    expect(between(chain(), again)).toEqual(['take']);
  });

  it('tells a difference once where several paths lead to it', () => {
    const graph = sketch(
      {
        photo: ['load-image', { picture: picture() }],
        a: ['edit', { prompt: 'orange', seed: 1 }],
        b: ['edit', { prompt: 'grey', seed: 2 }],
      },
      'photo.image > a.image',
      'a.image > b.image',
    );
    const now = changed(changed(graph, 'a', { prompt: 'red' }), 'b', { seed: 3 });
    expect(between(graph, now)).toEqual(['Edit.seed: 2 → 3', 'Edit.prompt: "orange" → "red"']);
  });
});

describe('which task of a node is meant', () => {
  const swept = (first: number) =>
    sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { first, count: 3 }],
        b: ['edit', { prompt: 'x' }],
      },
      'photo.image > b.image',
      'seeds.seed > b.seed',
    );
  const nodeOf = (graph: Graph) => planOf(graph).nodes.get('b')!;

  it('is the one that makes the very picture, wherever its point is now', () => {
    const { key } = nodeOf(swept(3)).tasks[0]!;
    expect(nearestTask(nodeOf(swept(1)), { key: key!, point: [] })?.index).toBe(2);
  });

  it('is else the one whose point has most in common', () => {
    const made = { key: 'f'.repeat(64), point: [{ title: 'Seed sweep', value: 2 }] };
    expect(nearestTask(nodeOf(swept(1)), made)?.index).toBe(1);
    expect(nearestTask(nodeOf(swept(7)), made)?.index).toBe(0);
    expect(nearestTask(nodeOf(swept(7)), { ...made, index: 2 })?.index).toBe(2);
  });

  it('is none where nothing is made', () => {
    expect(nearestTask({ tasks: [], axes: [] }, { key: 'f'.repeat(64), point: [] })).toBeNull();
  });
});
