/** From the first to the last, both included; `last` < `first` = none. */
export type Range = { readonly first: number; readonly last: number };

/** Which of equally large things are in view, and so many more on each side. */
export function rangeInView(options: { from: number; size: number; item: number; count: number; more: number }): Range {
  const { from, size, item, count, more } = options;
  return {
    first: Math.max(0, Math.floor(from / item) - more),
    last: Math.min(count - 1, Math.ceil((from + size) / item) - 1 + more),
  };
}

/** The numbers of a range, and one that is always there because it has the focus. */
export function numbersOf({ first, last }: Range, always: number): number[] {
  const numbers: number[] = [];
  if (always >= 0 && always < first) numbers.push(always);
  for (let i = first; i <= last; i++) numbers.push(i);
  if (always > last && always >= 0) numbers.push(always);
  return numbers;
}

/** How far to scroll so that a thing is wholly in view, no further than needed. `covered`: under the headers. */
export function scrollFor(options: {
  from: number;
  size: number;
  begin: number;
  length: number;
  covered: number;
}): number {
  const { from, size, begin, length, covered } = options;
  if (begin < from) return begin;
  const room = size - covered;
  return begin + length > from + room ? Math.min(begin, begin + length - room) : from;
}

/** More cells than this are never drawn at once: a page stays quick, however large the screen and small the cells. */
export const MOST_CELLS = 900;
export const SMALLEST = 36;
export const LARGEST = 640;
/** Browsers lay out no boxes that are larger than this. */
const LARGEST_BOX = 12_000_000;

/** The smallest and the largest cell for a window of this size. */
export function sizeLimits(options: { width: number; height: number; ratio: number; cells: number }): {
  least: number;
  most: number;
} {
  const { width, height, ratio, cells } = options;
  const least = Math.max(SMALLEST, Math.ceil(Math.sqrt((width * height * ratio) / MOST_CELLS)));
  return { least, most: Math.max(least, Math.min(LARGEST, Math.floor(LARGEST_BOX / Math.max(1, cells)))) };
}

/**
 * The width of a cell at which all of them are in view, within sensible limits. Where they go on below or beside the
 * view anyway, they are of a usual size, if that fits the other way.
 */
export function fittingSize(options: {
  width: number;
  height: number;
  columns: number;
  rows: number;
  ratio: number;
  gap: number;
  extra: number;
}): number {
  const { width, height, columns, rows, ratio, gap, extra } = options;
  const across = width / columns - gap;
  const down = (height / rows - gap - extra) * ratio;
  const both = Math.min(across, down);
  if (both >= COMFORTABLE) return Math.floor(Math.min(both, 320));
  return Math.floor(Math.max(COMFORTABLE, Math.min(Math.max(across, down), USUAL)));
}

/** Pictures smaller than this say little: rather scroll. */
const COMFORTABLE = 88;
const USUAL = 160;
