import { pointAt, valueId, type Axis } from './axes.ts';
import { hashText } from './key.ts';
import { LINKED } from './own-axis.ts';

/** A longer name of a point is shortened. Those of older Editlooms were not, and are still read: see `shortName`. */
const LONGEST_NAME = 2000;

/**
 * Names for points that stay the same when axes are reordered, renamed, linked or copied, for what is kept beside a graph
 * by point: the values of all axes. They stand in the order of the nodes' ids, but those of the nodes in `order` come
 * first: a copied node has another id, and its points keep their names.
 */
export function pointNames(
  axes: readonly Axis[],
  order: readonly string[] = [],
  idOf: (axis: Axis) => string = firstNode,
): (index: number) => string {
  if (axes.length === 0) return () => 'all';
  const parts = axes
    .map((axis, at) => {
      const ranks = axis.members.map(({ node }) => rankIn(order, node));
      return { id: idOf(axis), at, rank: Math.min(...ranks), members: axis.members, names: [] as string[] };
    })
    .sort(byRank);
  return (index) => {
    const point = pointAt(axes, index);
    const names = parts.map(({ at, members, names }) => {
      const number = point[at]!;
      return (names[number] ??= members.map(({ values }) => valueId(values[number])).join(' & '));
    });
    return shortName(names.join(' | '));
  };
}

/** By its nodes and not by its id, which changes when one of them is linked. */
function firstNode({ members }: Axis): string {
  return members.map(({ node }) => node).toSorted()[0]!;
}

/**
 * The names under which older Editlooms kept things: linked axes stood first, by the name of their link. Null where that
 * is no other order.
 */
export function olderPointNames(axes: readonly Axis[], order?: readonly string[]): ((index: number) => string) | null {
  const isLinked = axes.some(({ id }) => id.startsWith(LINKED));
  return isLinked ? pointNames(axes, order, ({ id }) => id) : null;
}

export function pointName(axes: readonly Axis[], index: number, order?: readonly string[]): string {
  return pointNames(axes, order)(index);
}

/** The name that a point has which had this one before long names were shortened. */
export function shortName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `hash ${hashText(name)}`;
}

export function rankIn(order: readonly string[], node: string): number {
  const at = order.indexOf(node);
  return at < 0 ? order.length : at;
}

type Ranked = { readonly id: string; readonly rank: number };

/** Those that have a rank first, the others by their id. */
export function byRank(a: Ranked, b: Ranked): number {
  return a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
