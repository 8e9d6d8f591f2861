import type { PictureStore } from '../pictures.ts';
import { loadSharp } from '../verify-picture.ts';
import { colours, type Block, type Item } from './blocks.ts';
import type { Page } from './pages.ts';
import { pngStream } from './png-stream.ts';

export interface DrawOptions {
  pictures: Pick<PictureStore, 'read'>;
  /** Said after each picture. */
  drawn: () => void;
}

/** Pictures that are decoded at the same time. */
const atOnce = 4;

/** Draws a page as a PNG, strip by strip. `scale`: pixels for each unit of the page. */
export function drawPng(page: Page, scale: number, options: DrawOptions): AsyncGenerator<Uint8Array, void, void> {
  const width = Math.max(1, Math.round(page.width * scale));
  const height = Math.max(1, Math.round(page.height * scale));
  return pngStream(width, height, rowsOf());

  async function* rowsOf(): AsyncGenerator<Uint8Array, void, void> {
    let y = 0;
    for (const { y: top, block } of page.blocks) {
      const from = Math.max(y, Math.min(height, Math.round(top * scale)));
      const to = Math.min(height, Math.round((top + block.height) * scale));
      yield* ground(width, from - y);
      y = Math.max(y, from);
      if (to <= from) continue;
      yield await strip(block, { top, from, height: to - from });
      y = to;
    }
    yield* ground(width, height - y);
  }

  async function strip(block: Block, at: { top: number; from: number; height: number }): Promise<Uint8Array> {
    const sharp = await loadSharp();
    const svg = svgOf(block.items, { width, height: at.height, scale, left: page.left, top: at.top - at.from / scale });
    const drawing = await sharp(Buffer.from(svg), { unlimited: true })
      .flatten({ background: colours.paper })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { data, info } = drawing;
    if (info.width !== width || info.height !== at.height || info.channels !== 3)
      throw new Error(
        `A strip of ${width} × ${at.height} pixels was drawn as ${info.width} × ${info.height} × ${info.channels}.`,
      );
    const found = block.items.filter((item) => item.type === 'picture');
    for (let first = 0; first < found.length; first += atOnce)
      await Promise.all(found.slice(first, first + atOnce).map((item) => paste(data, item, at)));
    return data;
  }

  async function paste(
    into: Buffer,
    item: Item & { type: 'picture' },
    at: { top: number; from: number; height: number },
  ): Promise<void> {
    const bytes = await options.pictures.read(item.picture.sha256);
    const boxWidth = Math.max(1, Math.round(item.width * scale));
    const boxHeight = Math.max(1, Math.round(item.height * scale));
    if (bytes) {
      const sharp = await loadSharp();
      const { data, info } = await sharp(bytes)
        .autoOrient()
        .resize(boxWidth, boxHeight, { fit: 'inside' })
        .flatten({ background: colours.paper })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const left = Math.round((page.left + item.x) * scale + (boxWidth - info.width) / 2);
      const top = Math.round((at.top + item.y) * scale - at.from + (boxHeight - info.height) / 2);
      copyRows(data, info, into, { width, height: at.height, left, top });
    }
    options.drawn();
  }
}

const mostGround = 4_000_000;

function* ground(width: number, rows: number): Generator<Uint8Array> {
  const atMost = Math.max(1, Math.floor(mostGround / (width * 3)));
  for (let left = rows; left > 0; left -= atMost) yield new Uint8Array(Math.min(left, atMost) * width * 3).fill(255);
}

function copyRows(
  from: Buffer,
  { width, height }: { width: number; height: number },
  into: Buffer,
  at: { width: number; height: number; left: number; top: number },
): void {
  const skip = Math.max(0, -at.left);
  const count = Math.min(width, at.width - at.left) - skip;
  if (count <= 0) return;
  for (let row = Math.max(0, -at.top); row < height && at.top + row < at.height; row++) {
    const start = (row * width + skip) * 3;
    from.copy(into, ((at.top + row) * at.width + at.left + skip) * 3, start, start + count * 3);
  }
}

type SvgOptions = { width: number; height: number; scale: number; left: number; top: number };

/** Texts as outlines, so that it makes no difference which fonts a machine has. */
function svgOf(items: readonly Item[], { width, height, scale, left, top }: SvgOptions): string {
  const shapes = new Map<string, string>();
  const fontNumbers = new Map<string, number>();
  const body: string[] = [];
  for (const item of items) {
    const x = (left + item.x) * scale;
    const y = (top + item.y) * scale;
    if (item.type === 'fill')
      body.push(
        `<rect x="${n(x)}" y="${n(y)}" width="${n(item.width * scale)}" height="${n(item.height * scale)}" fill="${item.colour}"/>`,
      );
    if (item.type !== 'text') continue;
    const uses: string[] = [];
    for (const run of item.line.runs) {
      const { font, file } = run.font;
      const number = fontNumbers.get(file) ?? fontNumbers.size;
      fontNumbers.set(file, number);
      const unit = (item.size * scale) / font.unitsPerEm;
      let pen = x + run.x * item.size * scale;
      const { glyphs, positions } = font.layout(run.text);
      glyphs.forEach((glyph, i) => {
        const position = positions[i]!;
        const id = `${number}-${glyph.id}`;
        if (!shapes.has(id)) shapes.set(id, glyph.path.toSVG());
        if (shapes.get(id) !== '')
          uses.push(
            `<use href="#g${id}" transform="translate(${n(pen + position.xOffset * unit)} ${n(y - position.yOffset * unit)}) scale(${unit.toFixed(6)} ${(-unit).toFixed(6)})"/>`,
          );
        pen += position.xAdvance * unit;
      });
    }
    body.push(`<g fill="${item.colour}">${uses.join('')}</g>`);
  }
  const defs = [...shapes].map(([id, path]) => (path === '' ? '' : `<path id="g${id}" d="${path}"/>`));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${defs.join('')}</defs>${body.join('')}</svg>`;
}

const n = (value: number): string => value.toFixed(2);
