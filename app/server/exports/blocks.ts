import type { Artifact } from '../../../graphs/artifact.ts';
import type { Weight } from './fonts.ts';
import type { TextLine, Typesetter } from './text.ts';

/** Something to be drawn; measures in units of the page, from the top left corner of its block. */
export type Item =
  | { type: 'fill'; x: number; y: number; width: number; height: number; colour: string }
  /** `y` is the base line. */
  | { type: 'text'; x: number; y: number; line: TextLine; size: number; colour: string }
  /** The picture stands in the middle of the box and is not cropped. */
  | { type: 'picture'; x: number; y: number; width: number; height: number; picture: Artifact };

/** A strip over the whole width of a page; a page ends between two blocks only. */
export interface Block {
  height: number;
  items: Item[];
  /** The page does not end after it. */
  holds?: boolean;
}

export interface Part {
  /** Stands at the top of each page of this part. */
  head: Block[];
  body: Block[];
  /** Begins on a new page, where there are pages. */
  breaks: boolean;
}

export const colours = {
  paper: '#ffffff',
  text: '#1d1e24',
  quiet: '#5f636e',
  bad: '#b3261e',
  hole: '#f1efea',
  line: '#dcd8ce',
} as const;

/** Height of a line, in units of the text's size. */
export const leading = 1.4;
const ascent = 1.05;

/** A text as lines, each a block. */
export interface Written {
  lines: Block[];
}
type WriteOptions = { x: number; width: number; size: number; weight?: Weight; colour: string };

export function writer(setter: Typesetter) {
  return (text: string, { x, width, size, weight = 'regular', colour }: WriteOptions): Written => {
    if (text === '') return { lines: [] };
    return {
      lines: setter.wrap(text, width / size, weight).map((line) => ({
        height: size * leading,
        items: [{ type: 'text', x, y: size * ascent, line, size, colour }],
      })),
    };
  };
}

export const held = (blocks: readonly Block[]): Block[] => blocks.map((block) => ({ ...block, holds: true }));

export const space = (height: number): Block => ({ height, items: [], holds: true });

export const moved = (items: readonly Item[], x: number, y: number): Item[] =>
  items.map((item) => ({ ...item, x: item.x + x, y: item.y + y }));

export function centred({ items }: Block, at: { x: number; width: number }, y: number): Item[] {
  return items.map((item) =>
    item.type === 'text' ? { ...item, x: at.x + (at.width - item.line.width * item.size) / 2, y: item.y + y } : item,
  );
}
