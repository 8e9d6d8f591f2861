import type { CompareCell } from '../panels/shell.ts';
import type { ViewState } from './view.ts';

/** More than this many pictures are not compared at once. */
export const MOST_MARKED = 4;

/** The marks of a node after one of its points was marked, or set free; a fifth takes the place of the fourth. */
export function withMark(marks: readonly number[], index: number): readonly number[] {
  if (marks.includes(index)) return marks.filter((mark) => mark !== index);
  return [...marks.slice(0, MOST_MARKED - 1), index];
}

/**
 * What is compared when it is asked for at these nodes: the marked points where one node has some, else the point that
 * each of them shows. `count` says how many points a node has.
 */
export function cellsToCompare(
  { marked, current }: Pick<ViewState, 'marked' | 'current'>,
  nodes: readonly string[],
  count: (node: string) => number,
): CompareCell[] {
  const withPoints = nodes.filter((node) => count(node) > 0);
  const cells = withPoints.flatMap((node) => {
    const marks = (marked.get(node) ?? []).filter((index) => index < count(node));
    if (marks.length > 0) return marks.map((index) => ({ node, index }));
    return [{ node, index: Math.min(current.get(node) ?? 0, count(node) - 1) }];
  });
  return cells.slice(0, MOST_MARKED);
}
