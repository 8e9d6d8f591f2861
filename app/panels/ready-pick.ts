import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';

/** The first node with an open choice that something can be chosen at already. */
export function readyPick({ picks, nodes }: Plan, lookup: Lookup): string | undefined {
  return picks.find(({ node }) =>
    nodes
      .get(node)!
      .tasks.some(
        ({ idle, gathered }) =>
          idle === 'pick' &&
          gathered?.some(({ task }) => task.outputs || (task.key !== null && lookup(task.key)?.status === 'done')),
      ),
  )?.node;
}
