import { mergeAxes, pointAt, type Axis } from './axes.ts';

/** The number of the point that lies `by` steps further along this axis; null past its ends, or where it is none of these. */
export function stepAlong(axes: readonly Axis[], index: number, axis: string, by: number): number | null {
  const place = axes.findIndex(({ id }) => id === axis);
  if (place < 0) return null;
  const to = pointAt(axes, index)[place]! + by;
  if (to < 0 || to >= axes[place]!.length) return null;
  const stride = axes.slice(place + 1).reduce((product, { length }) => product * length, 1);
  return index + by * stride;
}

/** How many steps are between a point and the beginning of this axis; null where it is none of these. */
export function placeOn(axes: readonly Axis[], index: number, axis: string): number | null {
  const place = axes.findIndex(({ id }) => id === axis);
  return place < 0 ? null : pointAt(axes, index)[place]!;
}

type At = { readonly axes: readonly Axis[]; readonly index: number };

/**
 * The numbers of several points after a step along one axis: those that lie on it go together, so that they stay as far
 * from each other as they were, and the others stay. Null when one of them is at the end, or none lies on the axis.
 */
export function stepTogether(points: readonly (At | null)[], axis: string, by: number): (number | null)[] | null {
  let moves = false;
  const next: (number | null)[] = [];
  for (const point of points) {
    if (!point || !point.axes.some(({ id }) => id === axis)) {
      next.push(point?.index ?? null);
      continue;
    }
    const to = stepAlong(point.axes, point.index, axis, by);
    if (to === null) return null;
    moves = true;
    next.push(to);
  }
  return moves ? next : null;
}

/** The axes that at least one of them lies on, each once. */
export function axesOfAll(points: readonly (At | null)[]): readonly Axis[] {
  return mergeAxes(points.map((point) => point?.axes ?? []));
}
