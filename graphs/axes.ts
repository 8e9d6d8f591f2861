import { hashText } from './key.ts';

/** What one sweep node contributes to an axis. */
export type AxisMember = {
  readonly node: string;
  readonly title: string;
  readonly values: readonly unknown[];
  /** Which of the values are struck out; missing where none is. */
  readonly struck?: readonly boolean[];
};

/** A list of values, named by its node; linked sweeps are several members of one axis and all have its length. */
export type Axis = { readonly id: string; readonly length: number; readonly members: readonly AxisMember[] };

/** [A1–A3] Axes in order of first appearance; the same axis met twice stays one, with the members of both. */
export function mergeAxes(lists: readonly (readonly Axis[])[]): readonly Axis[] {
  const only = lists.filter((list) => list.length > 0);
  if (only.length === 0) return none;
  if (only.length === 1) return only[0]!;
  const merged = new Map<string, Axis>();
  for (const list of only) {
    for (const axis of list) {
      const known = merged.get(axis.id);
      merged.set(axis.id, known && known !== axis ? joinMembers(known, axis) : axis);
    }
  }
  return [...merged.values()];
}

const none: readonly Axis[] = [];

function joinMembers(a: Axis, b: Axis): Axis {
  const added = b.members.filter((member) => !a.members.some(({ node }) => node === member.node));
  return added.length === 0 ? a : { ...a, members: [...a.members, ...added] };
}

/** A value of an axis in words: a picture by its name, a switch as on or off. */
export function valueWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value !== null && typeof value === 'object') {
    if ('name' in value && typeof value.name === 'string') return value.name;
    if ('sha256' in value && typeof value.sha256 === 'string') return value.sha256.slice(0, 8);
  }
  return String(value);
}

/** A name for a value of an axis that stays the same when the sweep is reordered; equal values have one name. */
export function valueId(value: unknown): string {
  if (value !== null && typeof value === 'object' && 'sha256' in value) return `picture ${String(value.sha256)}`;
  const text = `${typeof value} ${value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  return text.length <= 120 ? text : `hash ${hashText(text)}`;
}

/** `Seed sweep: 2 · Prompt sweep: make it red`; empty without axes. */
export function pointWords(axes: readonly Axis[], index: number): string {
  return labelsOf(axes, index)
    .map(({ title, value }) => `${title}: ${valueWords(value)}`)
    .join(' · ');
}

/** Which points lie on a struck-out value of one of the axes; null where none does. `along` looks at these axes alone. */
export function struckPoints(axes: readonly Axis[], along: readonly Axis[] = axes): Uint8Array | null {
  if (!isStruck(axes)) return null;
  const strides = stridesOf(axes);
  let points: Uint8Array | null = null;
  axes.forEach((axis, a) => {
    const lists = axis.members.flatMap(({ struck }) => (struck ? [struck] : []));
    if (lists.length === 0 || !along.some(({ id }) => id === axis.id)) return;
    points ??= new Uint8Array(countPoints(axes));
    for (let i = 0; i < points.length; i++) {
      const at = Math.floor(i / strides[a]!) % axis.length;
      if (lists.some((struck) => struck[at])) points[i] = 1;
    }
  });
  return points;
}

/** Asked for every node: written so that it costs nothing. */
function isStruck(axes: readonly Axis[]): boolean {
  for (let a = 0; a < axes.length; a++) {
    const { members } = axes[a]!;
    for (let m = 0; m < members.length; m++) if (members[m]!.struck) return true;
  }
  return false;
}

/** What an axis is called: the titles of its members. */
export function axisTitle({ members }: Pick<Axis, 'members'>): string {
  return members.map(({ title }) => title).join(' + ');
}

/** How many points these axes have: the product of their lengths, 1 without any axis. */
export function countPoints(axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * axis.length, 1);
}

/** The index along each axis of the point with this number; the last axis runs fastest. */
export function pointAt(axes: readonly Axis[], index: number): number[] {
  const point = new Array<number>(axes.length);
  for (let i = axes.length - 1, rest = index; i >= 0; i--) {
    const { length } = axes[i]!;
    point[i] = rest % length;
    rest = Math.floor(rest / length);
  }
  return point;
}

/**
 * For every point of `axes`, the number of the point of `part` that it lies on (`part` has a subset of the axes).
 * Null stands for "the same numbers", the common case of a chain.
 */
export function projection(axes: readonly Axis[], part: readonly Axis[]): Uint32Array | null {
  if (axes.length === part.length && axes.every((axis, i) => axis.id === part[i]!.id)) return null;
  const strides = stridesOf(part);
  const stepOf = axes.map((axis) => {
    const at = part.findIndex(({ id }) => id === axis.id);
    return at < 0 ? 0 : strides[at]!;
  });
  const numbers = new Uint32Array(countPoints(axes));
  const point = new Array<number>(axes.length).fill(0);
  let current = 0;
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = current;
    for (let a = axes.length - 1; a >= 0; a--) {
      point[a]!++;
      current += stepOf[a]!;
      if (point[a]! < axes[a]!.length) break;
      current -= stepOf[a]! * axes[a]!.length;
      point[a] = 0;
    }
  }
  return numbers;
}

function stridesOf(axes: readonly Axis[]): number[] {
  const strides = new Array<number>(axes.length);
  for (let i = axes.length - 1, stride = 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= axes[i]!.length;
  }
  return strides;
}

/** `4 × 3`, as shown on edges and cards; empty without axes. */
export function extentOf(axes: readonly Axis[]): string {
  return axes.map(({ length }) => length).join(' × ');
}

/** The values of a point in words: `Seed sweep: 2`, one for each member of each axis. */
export function labelsOf(axes: readonly Axis[], index: number): { title: string; value: unknown; index: number }[] {
  const point = pointAt(axes, index);
  return axes.flatMap((axis, i) =>
    axis.members.map((member) => ({ title: member.title, value: member.values[point[i]!], index: point[i]! })),
  );
}
