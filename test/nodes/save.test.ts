import { expect, it } from 'vitest';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain } from '../support/sketch.ts';

function keyOf(params: Record<string, unknown>): string | null {
  const graph = chain();
  const save = { ...graph.nodes.save!, params: { name: 'x', ...params } };
  const plan = makePlan({ ...graph, nodes: { ...graph.nodes, save } }, nodeTypes, 'offline/1/model');
  return plan.nodes.get('save')!.tasks[0]!.key;
}

it('[V7] the switch for files without details changes their key, and off it is as if it had never been there', () => {
  expect(keyOf({ plain: false })).toBe(keyOf({}));
  expect(keyOf({ plain: true })).not.toBe(keyOf({}));
  // The very key of a version of this node type that had no such switch.
  expect(keyOf({})).toBe('fc9f0bcd7d80986003c61c1044cd3e4843c06a7896989f8b65ffa70f08b02936');
});
