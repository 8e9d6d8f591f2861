import { axisTitle, valueId, valueWords, type Axis } from '../../graphs/axes.ts';

/** What stands where in the grid of a node; kept by the user, and stays what it is when sweeps grow or go. */
export type GridChoice = {
  /** The id of the axis that runs down; `null` = none. */
  readonly rows: string | null;
  /** The id of the axis that runs to the right; `null` = none. */
  readonly columns: string | null;
  /** The point along each axis that is neither: one is shown at a time. */
  readonly at: Readonly<Record<string, number>>;
  /** Values that are left out of sight, by axis, as `pointIdOf` names them. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
};

/** One value of an axis, or of all its members where they go in step. */
export type AxisPoint = {
  readonly index: number;
  readonly id: string;
  readonly labels: readonly { readonly title: string; readonly value: unknown }[];
  readonly struck: boolean;
};

/** An axis that is neither down nor to the right. */
export type OtherAxis = { readonly axis: Axis; readonly at: number };

export type GridLayout = {
  readonly rowAxis: Axis | null;
  readonly columnAxis: Axis | null;
  readonly others: readonly OtherAxis[];
  /** The points of the row axis that are shown, top down; one nameless row without an axis. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly rowCount: number;
  readonly columnCount: number;
  /** A single axis that is too long for one row goes on in the next one: so many cells in a row. */
  readonly wrap: number | null;
  /** The number of the task at this place; null where the last row of a wrapped axis has ended. */
  readonly indexAt: (row: number, column: number) => number | null;
  /** Where a task stands; null while it is out of sight. */
  readonly placeOf: (index: number) => Place | null;
};

export type Place = { readonly row: number; readonly column: number };

/** The last axis runs to the right, the one before it down. */
export function usualChoice(axes: readonly Axis[]): GridChoice {
  return { rows: axes.at(-2)?.id ?? null, columns: axes.at(-1)?.id ?? null, at: {}, hidden: {} };
}

/** The choice as far as these axes allow it: what names an axis that is gone falls back to the usual one. */
export function fittingChoice(axes: readonly Axis[], choice: GridChoice): GridChoice {
  const has = (id: string | null): boolean => id === null || axes.some((axis) => axis.id === id);
  if (has(choice.rows) && has(choice.columns) && (choice.rows ?? choice.columns) !== null) return choice;
  const usual = usualChoice(axes);
  return { ...choice, rows: usual.rows, columns: usual.columns };
}

/** The axes with the one that runs to the right last, and the one that runs down before it. */
export function inGridOrder(axes: readonly Axis[], wanted: GridChoice): readonly Axis[] {
  const choice = fittingChoice(axes, wanted);
  const rows = axes.filter(({ id }) => id === choice.rows);
  const columns = axes.filter(({ id }) => id === choice.columns && id !== choice.rows);
  const others = axes.filter((axis) => !rows.includes(axis) && !columns.includes(axis));
  return columns.length > 0 ? [...others, ...rows, ...columns] : [...others.slice(0, -1), ...rows, ...others.slice(-1)];
}

/** `perRow`: so many cells fit beside each other, for an axis that stands alone. */
export function layoutOf(axes: readonly Axis[], wanted: GridChoice, perRow: number | null = null): GridLayout {
  const choice = fittingChoice(axes, wanted);
  const rowAxis = axes.find(({ id }) => id === choice.rows) ?? null;
  const columnAxis = axes.find(({ id }) => id === choice.columns && id !== rowAxis?.id) ?? null;
  const strides = stridesOf(axes);
  const strideOf = (axis: Axis | null): number => (axis ? strides[axes.indexOf(axis)]! : 0);
  const others = axes
    .filter((axis) => axis !== rowAxis && axis !== columnAxis)
    .map((axis) => ({ axis, at: Math.min(choice.at[axis.id] ?? 0, axis.length - 1) }));
  const base = others.reduce((sum, { axis, at }) => sum + at * strideOf(axis), 0);
  const rows = shownOf(rowAxis, choice);
  const columns = shownOf(columnAxis, choice);
  const rowStride = strideOf(rowAxis);
  const columnStride = strideOf(columnAxis);
  const wrap = !rowAxis && columnAxis && perRow !== null && columns.length > perRow ? Math.max(1, perRow) : null;
  const rowPlaces = placesOf(rows);
  const columnPlaces = placesOf(columns);

  return {
    rowAxis,
    columnAxis,
    others,
    rows,
    columns,
    rowCount: wrap === null ? rows.length : Math.ceil(columns.length / wrap),
    columnCount: wrap ?? columns.length,
    wrap,
    indexAt(row, column) {
      const [r, c] = wrap === null ? [rows[row], columns[column]] : [0, columns[row * wrap + column]];
      return r === undefined || c === undefined ? null : base + r * rowStride + c * columnStride;
    },
    placeOf(index) {
      const along = (axis: Axis | null): number => (axis ? Math.floor(index / strideOf(axis)) % axis.length : 0);
      if (others.some(({ axis, at }) => along(axis) !== at)) return null;
      const row = rowPlaces.get(along(rowAxis));
      const column = columnPlaces.get(along(columnAxis));
      if (row === undefined || column === undefined) return null;
      return wrap === null ? { row, column } : { row: Math.floor(column / wrap), column: column % wrap };
    },
  };
}

function shownOf(axis: Axis | null, { hidden }: GridChoice): readonly number[] {
  if (!axis) return [0];
  const all = Array.from({ length: axis.length }, (_, i) => i);
  const out = hidden[axis.id];
  if (!out || out.length === 0) return all;
  const away = new Set(out);
  const shown = all.filter((i) => !away.has(pointIdOf(axis, i)));
  // Values that are all gone from the sweep hide nothing.
  return shown.length > 0 ? shown : all;
}

const placesOf = (shown: readonly number[]): Map<number, number> =>
  new Map(shown.map((point, place) => [point, place]));

function stridesOf(axes: readonly Axis[]): number[] {
  const strides = new Array<number>(axes.length);
  for (let i = axes.length - 1, stride = 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= axes[i]!.length;
  }
  return strides;
}

/** A name for a point of an axis that outlives sweeps that are reordered or grow. */
export function pointIdOf(axis: Axis, index: number): string {
  return axis.members.map(({ values }) => valueId(values[index])).join(' & ');
}

export function pointOf(axis: Axis, index: number): AxisPoint {
  return {
    index,
    id: pointIdOf(axis, index),
    labels: axis.members.map(({ title, values }) => ({ title, value: values[index] })),
    struck: axis.members.some(({ struck }) => struck?.[index] === true),
  };
}

/** `make it red`, or for linked sweeps `Prompt: make it red, Seed: 2`. */
export function pointWordsOf(axis: Axis, index: number): string {
  if (axis.members.length === 1) return valueWords(axis.members[0]!.values[index]);
  return titledPoint(axis, index);
}

/** `Prompt: make it red`, or for linked sweeps `Prompt: make it red, Seed: 2`. */
export function titledPoint(axis: Axis, index: number): string {
  return axis.members.map(({ title, values }) => `${title}: ${valueWords(values[index])}`).join(', ');
}

/** The axes in exchanged places, and so on; what was chosen of the others stays. */
export function withAxis(
  axes: readonly Axis[],
  wanted: GridChoice,
  side: 'rows' | 'columns',
  id: string | null,
): GridChoice {
  const choice = fittingChoice(axes, wanted);
  const across = side === 'rows' ? 'columns' : 'rows';
  const next = { ...choice, [side]: id };
  // The axis that stood on the other side takes the place that is free now.
  if (id !== null && choice[across] === id) next[across] = choice[side];
  return (next.rows ?? next.columns) === null ? choice : next;
}

export const swapped = (axes: readonly Axis[], wanted: GridChoice): GridChoice => {
  const choice = fittingChoice(axes, wanted);
  return { ...choice, rows: choice.columns, columns: choice.rows };
};

/** `2 of 12`, how many values of an axis are struck out. */
export function struckCount(axis: Axis): number {
  if (axis.members.every(({ struck }) => !struck)) return 0;
  let count = 0;
  for (let i = 0; i < axis.length; i++) if (axis.members.some(({ struck }) => struck?.[i])) count++;
  return count;
}

export const titleOfAxis = (axis: Axis | null): string => (axis ? axisTitle(axis) : '');
