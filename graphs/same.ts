import type { Graph } from './graph.ts';

/** Equal as JSON says it: the order of names does not count, and undefined is as good as missing. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => same(own(left, name), own(right, name)));
}

function own(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** [H2] The graph `after`, with what is equal in `before` by identity: what did not change is not drawn or planned again. */
export function reuse(before: Graph, after: Graph): Graph {
  const nodes = reuseEntries(before.nodes, after.nodes);
  const edges = reuseEntries(before.edges, after.edges);
  const takes = same(before.takes, after.takes) ? before.takes : after.takes;
  const struck = same(before.struck ?? {}, after.struck ?? {}) ? before.struck : after.struck;
  const isSame = nodes === before.nodes && edges === before.edges && takes === before.takes;
  if (isSame && struck === before.struck) return before;
  return { nodes, edges, takes, ...(struck && { struck }) };
}

function reuseEntries<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>) {
  let changed = Object.keys(before).length !== Object.keys(after).length;
  const entries = Object.entries(after).map(([id, value]): [string, T] => {
    const old = Object.hasOwn(before, id) ? before[id] : undefined;
    if (old !== undefined && same(old, value)) return [id, old];
    changed = true;
    return [id, value];
  });
  return changed ? Object.fromEntries(entries) : before;
}
