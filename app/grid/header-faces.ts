import { valueWords, type Axis } from '../../graphs/axes.ts';
import { hasColumnHeaders, hasRowHeaders } from './grid-keys.ts';
import { titledPoint, titleOfAxis, type GridLayout } from './grid-layout.ts';
import type { HeaderFace } from './GridHeader.tsx';
import { shortened } from './shorten.ts';

export type HeaderFaces = { readonly rows: readonly HeaderFace[]; readonly columns: readonly HeaderFace[] };

/** What the headers show of the values. */
export function headerFaces({ rowAxis, columnAxis, rows, columns }: GridLayout): HeaderFaces {
  return { rows: facesOf(rowAxis, rows), columns: facesOf(columnAxis, columns) };
}

/** One face for each point that is shown, shortened to what differs among them. */
export function facesOf(axis: Axis | null, shown: readonly number[]): HeaderFace[] {
  if (!axis) return [];
  const lines = axis.members.map(({ values }) => shortened(shown.map((index) => valueWords(values[index]))));
  return shown.map((index, place) => {
    const picture =
      axis.members.map(({ values }) => pictureIn(values[index])).find((sha256) => sha256 !== null) ?? null;
    return {
      lines: lines.map((list) => list[place]!),
      whole: titledPoint(axis, index),
      picture,
      struck: axis.members.some(({ struck }) => struck?.[index] === true),
    };
  });
}

function pictureIn(value: unknown): string | null {
  return value !== null && typeof value === 'object' && 'sha256' in value ? String(value.sha256) : null;
}

/** Room for the headers: as much as their texts need, no more than leaves room for the cells. */
export function headerSizes(
  layout: GridLayout,
  faces: HeaderFaces,
  width: number,
  cell: number,
): { left: number; top: number } {
  return {
    left: hasRowHeaders(layout) ? leftOf(faces.rows, hasColumnHeaders(layout) ? titlesOf(layout) : [], width) : 0,
    top: hasColumnHeaders(layout) ? topOf(faces.columns, cell) : 0,
  };
}

const LETTER = 6.6;
/** Of the names of the axes, which are smaller, with an arrow each. */
const SMALL_LETTER = 6.4;
const LINE = 16;

const titlesOf = ({ rowAxis, columnAxis }: GridLayout): string[] => [titleOfAxis(rowAxis), titleOfAxis(columnAxis)];

function leftOf(rows: readonly HeaderFace[], titles: readonly string[], width: number): number {
  const longest = rows.reduce((most, { lines }) => Math.max(most, ...lines.map(({ length }) => length)), 0);
  const wish = longest * LETTER + 28 + (rows.some(({ picture }) => picture) ? 44 : 0);
  const named = Math.max(0, ...titles.map(({ length }) => (length + 2) * SMALL_LETTER + 20));
  return Math.round(Math.max(84, Math.min(Math.max(wish, named), 240, width * 0.34)));
}

function topOf(columns: readonly HeaderFace[], cell: number): number {
  const perLine = Math.max(3, (cell - 12) / LETTER);
  const lines = columns.reduce(
    (most, face) =>
      Math.max(
        most,
        face.lines.reduce((sum, line) => sum + Math.min(3, Math.ceil(line.length / perLine)), 0),
      ),
    1,
  );
  return Math.max(46, Math.min(5, lines) * LINE + 20) + (columns.some(({ picture }) => picture) ? 40 : 0);
}
