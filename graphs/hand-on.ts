import { countPoints, projection, struckPoints } from './axes.ts';
import type { GraphError } from './errors.ts';
import { collected, picked, type Gathered } from './gather.ts';
import { guarded } from './node-faults.ts';
import type { Task } from './task.ts';
import { withoutSome, type Checked, type Made } from './tasks-of.ts';

/** A node that gathers and makes nothing: its tasks hand on what others make. */
export function handOn({ input: { node }, type, params, own, axes }: Checked, gathered: Gathered): Made | GraphError[] {
  const { handedOn, pick } = type.picks
    ? picked({ type, params }, gathered)
    : { handedOn: collected(type, gathered), pick: null };
  const numbers = projection(axes, own ? [...gathered.axes, own] : gathered.axes);
  const ownValues = own?.members[0]!.values;
  const struck = struckPoints(axes);
  const known = withoutSome(params, [gathered.port]);
  const errors: GraphError[] = [];
  const tasks = Array.from({ length: countPoints(axes) }, (_, index): Task => {
    const number = numbers ? numbers[index]! : index;
    const { value, ...handed } = handedOn[number]!;
    const at = ownValues?.[number % ownValues.length];
    const values = { ...known, [gathered.port]: value };
    const outputs = value === undefined ? null : guarded(node, 'bad-value', errors, () => type.run({ values, at }));
    return {
      node: node.id,
      index,
      key: null,
      firstKey: null,
      known,
      awaited: {},
      ...handed,
      outputs: outputs as Task['outputs'],
      idle: handed.idle ?? (struck?.[index] ? 'struck' : null),
      at,
    };
  });
  if (errors.length > 0) return errors.slice(0, 1);
  return { tasks, plain: tasks.every(({ outputs }) => outputs), pick };
}
