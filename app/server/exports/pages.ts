import type { SheetOptions } from '../../exports/wire.ts';
import type { Sheet } from '../../exports/sheet.ts';
import { HttpError } from '../http-error.ts';
import { colours, type Block, type Part } from './blocks.ts';
import { layOut } from './layout.ts';
import type { Typesetter } from './text.ts';

/** A page with the place of each of its blocks; `left` is the margin. */
export interface Page {
  width: number;
  height: number;
  left: number;
  blocks: { y: number; block: Block }[];
}

/** In points, upright. */
const papers = { a4: [595.28, 841.89], letter: [612, 792] } as const;
/** Programs that show pictures give up on much more. */
const mostPixels = 400_000_000;
const mostSide = 65_000;
const mostPages = 2000;

const pixelCells = { small: 160, medium: 320, large: 640 } as const;
const pointCells = { small: 78, medium: 124, large: 200 } as const;

/** Cuts a sheet into pages: one of any height for a PNG, those of the paper for a PDF. */
export function pagesOf(sheet: Sheet, setter: Typesetter, options: SheetOptions): Page[] {
  return options.format === 'png' ? [onePage(sheet, setter, options)] : paperPages(sheet, setter, options);
}

function onePage(sheet: Sheet, setter: Typesetter, { cell }: SheetOptions & { format: 'png' }): Page {
  const side = pixelCells[cell];
  const text = Math.max(12, Math.round(side / 20));
  const margin = text * 2;
  const { width, parts } = layOut(sheet, setter, { width: null, most: null, cell: side, text });
  const blocks: Page['blocks'] = [];
  let y = margin;
  for (const part of parts) {
    if (part.breaks) y += text * 2;
    for (const block of [...part.head, ...part.body]) {
      blocks.push({ y, block });
      y += block.height;
    }
  }
  const page = { width: Math.ceil(width + margin * 2), height: Math.ceil(y + margin), left: margin, blocks };
  if (page.width > mostSide || page.height > mostSide || page.width * page.height > mostPixels) {
    throw new HttpError(
      413,
      'too-large',
      `This sheet would have ${page.width.toLocaleString('en')} × ${page.height.toLocaleString('en')} pixels, more than programs can show (${mostPixels / 1e6} megapixels, ${mostSide.toLocaleString('en')} a side). Choose smaller cells, fewer of them, or a PDF.`,
    );
  }
  return page;
}

function paperPages(sheet: Sheet, setter: Typesetter, options: SheetOptions & { format: 'pdf' }): Page[] {
  const [short, long] = papers[options.paper];
  const [width, height] = options.turned ? [long, short] : [short, long];
  const margin = 36;
  const foot = 20;
  const text = 8;
  const inner = width - 2 * margin;
  const bottom = height - margin - foot;
  const cell = Math.min(pointCells[options.cell], inner - text * 20);
  const { parts } = layOut(sheet, setter, { width: inner, most: bottom - margin, cell, text });
  const pages: Page[] = [];
  let page = newPage();
  let y = margin;
  for (const part of parts) {
    if (part.breaks && y > margin) turn();
    const headHeight = heightOf(part.head);
    if (part.body.length > 0 && y > margin && y + headHeight + heldHeight(part.body, 0) > bottom) turn();
    place(part.head);
    for (let at = 0; at < part.body.length; at++) {
      if (y + heldHeight(part.body, at) > bottom && y > margin + headHeight) {
        turn();
        place(part.head);
      }
      place([part.body[at]!]);
    }
  }
  pages.push(page);
  for (const [i, one] of pages.entries()) one.blocks.push(footer(i, one));
  return pages;

  function newPage(): Page {
    return { width, height, left: margin, blocks: [] };
  }
  function turn(): void {
    pages.push(page);
    if (pages.length >= mostPages)
      throw new HttpError(
        413,
        'too-large',
        `This sheet would have more than ${mostPages} pages. Choose smaller cells, or fewer of them.`,
      );
    page = newPage();
    y = margin;
  }
  function place(blocks: readonly Block[]): void {
    for (const block of blocks) {
      page.blocks.push({ y, block });
      y += block.height;
    }
  }
  function footer(index: number, { height: pageHeight }: Page): { y: number; block: Block } {
    const [name] = setter.wrap(sheet.title, (inner * 0.8) / text);
    const [number] = setter.wrap(`${index + 1} of ${pages.length}`, inner / text);
    const style = { type: 'text', y: text * 1.05, size: text, colour: colours.quiet } as const;
    return {
      y: pageHeight - margin - text,
      block: {
        height: text * 1.4,
        items: [
          { ...style, x: 0, line: name! },
          { ...style, x: inner - number!.width * text, line: number! },
        ],
      },
    };
  }
}

const heightOf = (blocks: Part['head']): number => blocks.reduce((sum, { height }) => sum + height, 0);

/** The height of a block with those that have to stand on the same page. */
function heldHeight(blocks: readonly Block[], from: number): number {
  let height = 0;
  for (let at = from; at < blocks.length; at++) {
    height += blocks[at]!.height;
    if (!blocks[at]!.holds) break;
  }
  return height;
}
