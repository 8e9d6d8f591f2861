import type { Edge, Graph, GraphNode } from './graph.ts';
import type { NodeTypes } from './node-type.ts';
import { canonical } from './key.ts';
import { same } from './same.ts';

/** More of one sort than this are summed up in one sentence. */
const MOST_OF_A_SORT = 3;
const LONGEST_VALUE = 48;

/** [R2] What was done between two states of a graph, in short sentences, the weightiest first; none for equal graphs. */
export function whatChanged(before: Graph, after: Graph, nodeTypes: NodeTypes, most = 6): string[] {
  const words = wordsOf(nodeTypes);
  const added = Object.values(after.nodes).filter((node) => !isSameNode(before.nodes[node.id], node));
  const removed = Object.values(before.nodes).filter((node) => !isSameNode(after.nodes[node.id], node));
  const gone = new Set(removed.map(({ id }) => id));
  const kept = Object.values(after.nodes).flatMap((node): [GraphNode, GraphNode][] => {
    const old = before.nodes[node.id];
    return old && old !== node && old.type === node.type ? [[old, node]] : [];
  });
  const all = [
    ...(added.length > 0 ? [`Added ${words.list(added)}`] : []),
    ...(removed.length > 0 ? [`Removed ${words.list(removed)}`] : []),
    ...renamings(kept, words),
    ...valueChanges(kept, words),
    ...edgeChanges(before, after, { added: new Set(added.map(({ id }) => id)), gone }, words),
    ...linkChanges(kept, words),
    ...takeChanges(before.takes, after.takes),
    ...strikeChanges(before, after, kept, words),
    ...otherChanges(kept, words),
    ...colourChanges(kept, words),
    ...placeChanges(kept, words),
  ];
  if (all.length <= most) return all;
  return [...all.slice(0, most - 1), `and ${all.length - most + 1} more changes`];
}

type Words = ReturnType<typeof wordsOf>;
type Pair = readonly [before: GraphNode, after: GraphNode];

function wordsOf(nodeTypes: NodeTypes) {
  const node = (of: GraphNode): string => of.title || nodeTypes.get(of.type)?.title || of.type;
  return {
    node,
    /** `Edit, Save and Seed sweep`; several of one name are counted, many of several are only counted. */
    list(nodes: readonly GraphNode[]): string {
      const counts = new Map<string, number>();
      for (const each of nodes) counts.set(node(each), (counts.get(node(each)) ?? 0) + 1);
      if (counts.size > MOST_OF_A_SORT) return `${nodes.length} nodes`;
      return joined([...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)));
    },
    field(of: GraphNode, name: string): string {
      const shape = nodeTypes.get(of.type)?.params.shape;
      const schema = shape && Object.hasOwn(shape, name) ? (shape[name] as { meta?: () => unknown }) : undefined;
      const meta = schema?.meta?.() as { title?: string } | undefined;
      return meta?.title ?? name.replaceAll('_', ' ');
    },
    port(of: GraphNode, port: string): string {
      const inputs = nodeTypes.get(of.type)?.inputs ?? {};
      return (Object.hasOwn(inputs, port) ? inputs[port]!.title : undefined) ?? port.replaceAll('_', ' ');
    },
  };
}

/** Ids are made of the type's name and a number, so another graph may use the same one for something else. */
function isSameNode(other: GraphNode | undefined, node: GraphNode): boolean {
  return other !== undefined && other.type === node.type;
}

function renamings(kept: readonly Pair[], words: Words): string[] {
  const all = kept.filter(([old, node]) => (old.title ?? '') !== (node.title ?? ''));
  return summed(
    all,
    ([old, node]) => `Renamed ${words.node(old)} to “${words.node(node)}”`,
    () => `Renamed ${all.length} nodes`,
  );
}

function valueChanges(kept: readonly Pair[], words: Words): string[] {
  const all = kept.flatMap(([old, node]) =>
    [...new Set([...Object.keys(node.params), ...Object.keys(old.params)])]
      .filter((name) => !same(old.params[name], node.params[name]))
      .map((name) => ({ node, name, from: old.params[name], to: node.params[name] })),
  );
  return summed(
    all,
    ({ node, name, from, to }) => `${words.field(node, name)} of ${words.node(node)} ${valueWords(from, to)}`,
    () => `Changed ${all.length} values of ${words.list([...new Set(all.map(({ node }) => node))])}`,
  );
}

function valueWords(from: unknown, to: unknown): string {
  if (to === null || to === undefined || to === '') return 'emptied';
  if (typeof to === 'boolean') return `turned ${to ? 'on' : 'off'}`;
  if (typeof to === 'number') return typeof from === 'number' ? `changed from ${from} to ${to}` : `set to ${to}`;
  if (typeof to === 'string') return `changed to “${excerpt(typeof from === 'string' ? from : '', to)}”`;
  if (typeof to !== 'object' || !('sha256' in to)) return 'changed';
  return 'name' in to && to.name ? `changed to “${short(String(to.name))}”` : 'changed to another picture';
}

/** Where a long text was changed far from its beginning, the part that was changed. */
function excerpt(from: string, to: string): string {
  let alike = 0;
  while (alike < from.length && from[alike] === to[alike]) alike++;
  if (to.length <= LONGEST_VALUE || alike < LONGEST_VALUE - 12) return short(to);
  // Surrogate pairs are not cut in two: the excerpt begins after a space, where there is one.
  const start = to.lastIndexOf(' ', Math.min(alike, to.length - 1) - 8) + 1;
  return `…${short(to.slice(start))}`;
}

function short(text: string): string {
  const line = text.trim().replace(/\s*\n\s*/g, ' / ');
  const signs = [...line];
  return signs.length <= LONGEST_VALUE ? line : `${signs.slice(0, LONGEST_VALUE).join('').trimEnd()}…`;
}

/** Edges that came or went together with their nodes are not told of: the nodes are. */
function edgeChanges(
  before: Graph,
  after: Graph,
  { added, gone }: { added: ReadonlySet<string>; gone: ReadonlySet<string> },
  words: Words,
): string[] {
  const drawn = Object.values(after.edges)
    .filter((edge) => !same(before.edges[edge.id]?.from, edge.from))
    .filter(({ from, to }) => !(added.has(from.node) && added.has(to.node)));
  const cut = Object.values(before.edges)
    .filter((edge) => !after.edges[edge.id])
    .filter(({ from, to }) => !gone.has(from.node) && !gone.has(to.node));
  const touched = [...drawn, ...cut];
  const isAmbiguous = ({ from, to }: Edge) =>
    touched.filter((other) => other.from.node === from.node && other.to.node === to.node).length > 1;

  const ends = (graph: Graph, edge: Edge, word: string) => {
    const [from, to] = [graph.nodes[edge.from.node], graph.nodes[edge.to.node]];
    const target = to
      ? (isAmbiguous(edge) ? `${words.port(to, edge.to.port)} of ` : '') + words.node(to)
      : edge.to.node;
    return `${from ? words.node(from) : edge.from.node} ${word} ${target}`;
  };
  return [
    ...summed(
      drawn,
      (edge) => {
        const replaced = before.edges[edge.id];
        const source = replaced && !gone.has(replaced.from.node) && before.nodes[replaced.from.node];
        const instead = source ? ` in place of ${words.node(source)}` : '';
        return `Connected ${ends(after, edge, 'to')}${instead}`;
      },
      () => `Drew ${drawn.length} edges`,
    ),
    ...summed(
      cut,
      (edge) => `Disconnected ${ends(before, edge, 'from')}`,
      () => `Removed ${cut.length} edges`,
    ),
  ];
}

function linkChanges(kept: readonly Pair[], words: Words): string[] {
  const changed = kept.filter(([old, node]) => old.link !== node.link).map(([, node]) => node);
  const linked = changed.filter(({ link }) => link !== undefined);
  const freed = changed.filter(({ link }) => link === undefined);
  return [
    ...(linked.length > 0 ? [`Linked ${words.list(linked)}`] : []),
    ...(freed.length > 0 ? [`Unlinked ${words.list(freed)}`] : []),
  ];
}

function takeChanges(before: Graph['takes'], after: Graph['takes']): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const steps = keys.map((key) => (after[key] ?? 1) - (before[key] ?? 1));
  const more = steps.filter((step) => step > 0).length;
  const fewer = steps.filter((step) => step < 0).length;
  return [
    ...(more > 0 ? [more === 1 ? 'New take of an edit' : `New takes of ${more} edits`] : []),
    ...(fewer > 0 ? [`Back to an earlier take of ${fewer === 1 ? 'an edit' : `${fewer} edits`}`] : []),
  ];
}

function strikeChanges(before: Graph, after: Graph, kept: readonly Pair[], words: Words): string[] {
  const counts = kept.flatMap(([old, node]) => {
    const [was, is] = [new Set(listed(old.struck)), new Set(listed(node.struck))];
    const struck = [...is].filter((value) => !was.has(value)).length;
    const back = [...was].filter((value) => !is.has(value)).length;
    return struck + back > 0 ? [{ node, struck, back }] : [];
  });
  const values = (count: number, node: GraphNode) =>
    `${count === 1 ? 'a value' : `${count} values`} of ${words.node(node)}`;
  const keys = [...new Set([...Object.keys(before.struck ?? {}), ...Object.keys(after.struck ?? {})])];
  const struck = keys.filter((key) => !before.struck?.[key]).length;
  const back = keys.filter((key) => !after.struck?.[key]).length;
  return [
    ...summed(
      counts,
      ({ node, ...count }) =>
        [
          ...(count.struck > 0 ? [`Struck out ${values(count.struck, node)}`] : []),
          ...(count.back > 0 ? [`${count.struck > 0 ? 'put' : 'Put'} back ${values(count.back, node)}`] : []),
        ].join(', '),
      () => `Struck out or put back values of ${counts.length} nodes`,
    ),
    ...(struck > 0 ? [`Struck out ${struck === 1 ? 'a cell' : `${struck} cells`}`] : []),
    ...(back > 0 ? [`Put back ${back === 1 ? 'a cell' : `${back} cells`}`] : []),
  ];
}

/** A placeholder may mean something else by the same name. */
function listed(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? (values as unknown[]) : values === undefined ? [] : [canonical(values)];
}

function colourChanges(kept: readonly Pair[], words: Words): string[] {
  const nodes = kept.filter(([old, node]) => !same(old.colour, node.colour)).map(([, node]) => node);
  return nodes.length > 0 ? [`Coloured the axis of ${words.list(nodes)}`] : [];
}

/** Data of placeholders, and whatever a newer file brings that has no words here. */
function otherChanges(kept: readonly Pair[], words: Words): string[] {
  const rest = (node: GraphNode) => {
    const { title: _t, params: _p, link: _l, position: _q, width: _w, struck: _s, colour: _c, ...others } = node;
    return others;
  };
  const nodes = kept.filter(([old, node]) => !same(rest(old), rest(node))).map(([, node]) => node);
  return nodes.length > 0 ? [`Other data of ${words.list(nodes)} changed`] : [];
}

function placeChanges(kept: readonly Pair[], words: Words): string[] {
  const moved = kept.filter(([old, node]) => !same(old.position, node.position)).map(([, node]) => node);
  const resized = kept.filter(([old, node]) => old.width !== node.width).map(([, node]) => node);
  return [
    ...(moved.length > 0 ? [`Moved ${words.list(moved)}`] : []),
    ...(resized.length > 0 ? [`Resized ${words.list(resized)}`] : []),
  ];
}

function summed<T>(all: readonly T[], one: (item: T) => string, many: () => string): string[] {
  return all.length <= MOST_OF_A_SORT ? all.map(one) : [many()];
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
