import { nameOfChange } from './changes.ts';
import type { GraphNode } from './graph.ts';
import type { Step } from './history.ts';
import { titleOfParam } from './node-faults.ts';
import type { NodeTypes } from './node-type.ts';

/** What a step did, in words, for undo and redo. All of it stands in its patches. */
export function nameOfStep({ type, patches, inverse }: Step, nodeTypes: NodeTypes): string {
  const usual = nameOfChange(type);
  // A change puts a new node in the place of the one before.
  const after = patches.at(-1)?.value as GraphNode | undefined;
  const before = inverse.at(-1)?.value as GraphNode | undefined;
  if (type === 'link') return after?.link === undefined ? 'Unlink sweeps' : usual;
  if (type === 'strikeTasks') return patches.at(-1)?.op === 'remove' ? PUT_BACK : usual;
  if (type === 'strikeValues') return (after?.struck?.length ?? 0) < (before?.struck?.length ?? 0) ? PUT_BACK : usual;
  if ((type !== 'setParam' && type !== 'setParams') || new Set(patches.map(({ path }) => path[1])).size > 1)
    return usual;
  const nodeType = nodeTypes.get(after?.type ?? '');
  if (!nodeType || !before?.params) return usual;
  const [name, ...others] = Object.keys(after!.params).filter((key) => after!.params[key] !== before.params[key]);
  const what = name === undefined || others.length > 0 ? 'values' : titleOfParam(nodeType, name);
  return `Change ${what} of “${after!.title ?? nodeType.title}”`;
}

const PUT_BACK = 'Put back what was struck out';
