import type { Plan } from '../../graphs/plan.ts';
import type { TaskView } from '../runs.ts';

/** What keeps a blocked task from being made: the node whose task failed, and what was said there. */
export function blockerWords(options: {
  plan: Plan;
  view: TaskView | undefined;
  viewOf: (key: string) => TaskView | undefined;
  titleOf: (node: string) => string;
}): string | null {
  const { plan, view, viewOf, titleOf } = options;
  if (view?.status !== 'blocked') return null;
  const node = [...plan.nodes.values()].find(({ tasks }) => tasks.some(({ key }) => key === view.by))?.id;
  if (node === undefined) return null;
  const by = viewOf(view.by);
  const title = titleOf(node);
  switch (by?.status) {
    case 'failed':
      return `“${title}” failed: ${by.message}`;
    case 'unknown':
      return `What became of “${title}” is unknown`;
    case 'cancelled':
      return `“${title}” was stopped`;
    default:
      return `It waits for “${title}”`;
  }
}
