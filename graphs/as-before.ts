import { same } from './same.ts';
import { isList, type Task, type TaskOutput } from './task.ts';

type Inputs = Pick<Task, 'known' | 'awaited' | 'at'>;
type Awaited = TaskOutput | readonly TaskOutput[] | undefined;

/**
 * Does the same arrive at a task of the same parameters as before, `ports` being what is connected? Then it has the same
 * key, or the same outputs, and neither is worked out again.
 */
export function arrivesAsBefore(now: Inputs, was: Inputs, ports: readonly { readonly port: string }[]): boolean {
  for (let i = 0; i < ports.length; i++) {
    const { port } = ports[i]!;
    if (!same(now.known[port], was.known[port]) || !isAlike(now.awaited[port], was.awaited[port], makesSame))
      return false;
  }
  return same(now.at, was.at);
}

/** Is it, given that `arrivesAsBefore`, the very same task? */
export function isAsBefore(now: Task, was: Task): boolean {
  if (now.key !== was.key || now.firstKey !== was.firstKey || now.outputs !== was.outputs) return false;
  if (now.idle !== was.idle || now.index !== was.index || now.node !== was.node) return false;
  for (const port in now.awaited) if (!isAlike(now.awaited[port], was.awaited[port], isOfSame)) return false;
  return isAlike(now.gathered ?? undefined, was.gathered ?? undefined, isOfSame);
}

function isAlike(a: Awaited, b: Awaited, alike: (a: TaskOutput, b: TaskOutput) => boolean): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  if (!isList(a)) return !isList(b) && alike(a, b);
  return isList(b) && a.length === b.length && a.every((item, i) => alike(item, b[i]!));
}

const isOfSame = (a: TaskOutput, b: TaskOutput): boolean => a.task === b.task && a.port === b.port;

const makesSame = (a: TaskOutput, b: TaskOutput): boolean =>
  isOfSame(a, b) ||
  (a.port === b.port &&
    a.task.key === b.task.key &&
    (a.task.key !== null || same(a.task.outputs?.[a.port], b.task.outputs?.[b.port])));
