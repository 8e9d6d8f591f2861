import { expect, it } from 'vitest';
import { flowEdges, flowNodes, withoutGuesses } from '../../../app/canvas/flow.ts';
import { applyChange } from '../../../graphs/changes.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain } from '../../support/sketch.ts';

const graph = chain();

it('what no change has touched keeps its identity', () => {
  const before = flowNodes(graph, nodeTypes, []);
  const moved = applyChange(graph, { type: 'move', positions: { a: { x: 8, y: 16 } } }).graph;
  const after = flowNodes(moved, nodeTypes, before);
  expect(after.map((node, i) => node === before[i])).toEqual([true, false, true, true]);
  expect(after[1]!.position).toEqual({ x: 8, y: 16 });
});

it('typing into a card changes nothing here, not even the arrays', () => {
  const nodes = flowNodes(graph, nodeTypes, []);
  const edges = flowEdges(graph, nodeTypes, []);
  const typed = applyChange(graph, { type: 'setParam', node: 'a', name: 'prompt', value: 'x' }).graph;
  expect(flowNodes(typed, nodeTypes, nodes)).toBe(nodes);
  expect(flowEdges(typed, nodeTypes, edges)).toBe(edges);
});

it('selection and measured size survive a move; a node in the hand stays where the hand is', () => {
  const [first, ...rest] = flowNodes(graph, nodeTypes, []);
  const held = {
    ...first!,
    selected: true,
    dragging: true,
    position: { x: 77, y: 77 },
    measured: { width: 1, height: 2 },
  };
  expect(flowNodes(graph, nodeTypes, [held, ...rest])[0]).toBe(held);
  const dropped = { ...held, dragging: false };
  expect(flowNodes(graph, nodeTypes, [dropped, ...rest])[0]).toEqual({ ...dropped, position: { x: 0, y: 0 } });
});

it('an edge that is replaced at its input becomes another one', () => {
  const before = flowEdges(graph, nodeTypes, []);
  const change = { type: 'connect', from: { node: 'photo', port: 'image' }, to: { node: 'b', port: 'image' } } as const;
  const after = flowEdges(applyChange(graph, change).graph, nodeTypes, before);
  const changed = after.filter((edge) => !before.includes(edge));
  expect(changed).toEqual([
    {
      id: 'b.image',
      type: 'wire',
      source: 'photo',
      sourceHandle: 'image',
      target: 'b',
      targetHandle: 'image',
      data: { kind: 'image' },
    },
  ]);
});

it('a new node has a guessed size and guessed ports until it was measured', () => {
  const nodes = flowNodes(graph, nodeTypes, []);
  expect(nodes[1]!.handles?.map(({ id, type }) => `${type} ${id}`)).toEqual([
    'target image',
    'target prompt',
    'target negative_prompt',
    'target seed',
    'target enable_thinking_mode',
    'target enable_reflection_mode',
    'target output_format',
    'source image',
  ]);
  const measured = withoutGuesses(nodes, new Set(['a']));
  expect(measured[1]!.handles).toBeUndefined();
  expect(measured[2]).toBe(nodes[2]);
});
