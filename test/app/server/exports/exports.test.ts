import { strFromU8, unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../../app/embed/embed.ts';
import type { ExportCell, ExportGrid, ExportRequest } from '../../../../app/exports/wire.ts';
import { createExports } from '../../../../app/server/exports/exports.ts';
import { createPictureStore } from '../../../../app/server/pictures.ts';
import { cellOf, gridOfPrompts, gridOfThree } from '../../../support/export-grid.ts';
import { makePicture, temporaryFolder } from '../../../support/pictures.ts';

async function world(secret: string | null = null) {
  const pictures = createPictureStore(await temporaryFolder());
  const exports = createExports({ pictures, secret: () => secret, now: () => new Date(2031, 1, 3) });
  const jpeg = await pictures.addUpload(await makePicture('jpeg'));
  const png = await pictures.addUpload(await makePicture('png'));
  const make = async (grid: ExportGrid, output: ExportRequest['output'], id?: string) => {
    const made = await exports.make({ grid, output, ...(id && { id }) });
    const parts: Uint8Array[] = [];
    for await (const part of made.chunks) parts.push(part);
    return { ...made, bytes: Buffer.concat(parts) };
  };
  return { pictures, exports, jpeg, png, make };
}

const looks = { rows: ['make it warm', 'make it cold'], columns: ['1', '2', '3'], sections: ['jpeg'] };
const asPng = { type: 'sheet', sheet: { format: 'png', cell: 'small' } } as const;
const asPdf = {
  type: 'sheet',
  sheet: { format: 'pdf', cell: 'medium', paper: 'a4', turned: false, pictures: 'whole' },
} as const;

/** How many pixels of this part are not the paper's. */
async function inked(bytes: Uint8Array, left: number, top: number, width: number, height: number): Promise<number> {
  const pixels = await sharp(bytes).extract({ left, top, width, height }).greyscale().raw().toBuffer();
  return pixels.filter((value) => value < 200).length;
}

describe('a contact sheet as PNG', () => {
  it('has the pictures where their values stand, and the labels beside them are drawn', async () => {
    const { make, jpeg } = await world();
    const { bytes, type, name, missing } = await make(
      gridOfThree(looks, () => ({ picture: jpeg })),
      asPng,
    );
    expect([type, name, missing]).toEqual(['image/png', 'Cats - Look.png', []]);
    const { width, height, channels } = await sharp(bytes).metadata();
    expect([width! > 3 * 160, channels]).toEqual([true, 3]);
    // The last picture ends at the margins; its left half is red, its right half blue.
    const at = { left: width! - 24 - 160, top: height! - 24 - 12 - 107 };
    const corner = async (left: number) => {
      const part = sharp(bytes).extract({ left, top: at.top + 40, width: 20, height: 20 });
      return [...(await part.resize(1, 1).raw().toBuffer())].map((value) => Math.round(value / 64));
    };
    expect([await corner(at.left + 10), await corner(at.left + 130)]).toEqual([
      [4, 0, 0],
      [0, 0, 4],
    ]);
    expect(await inked(bytes, 24, at.top, 120, 40)).toBeGreaterThan(50);
  });

  it('begins each row at its label, also where its pictures are wider than those above', async () => {
    const { make, jpeg, pictures } = await world();
    const square = await pictures.addUpload(
      await sharp(await makePicture('jpeg'))
        .resize(40, 40, { fit: 'fill' })
        .png()
        .toBuffer(),
    );
    const { bytes } = await make(
      gridOfThree(looks, (i) => ({ picture: i < 3 ? square : jpeg })),
      asPng,
    );
    const { height } = await sharp(bytes).metadata();
    const top = height! - 24 - 12 - 107;
    expect(await inked(bytes, 24, top, 120, 20)).toBeGreaterThan(50);
    expect(await inked(bytes, 24, top - 20, 120, 18)).toBe(0);
  });

  it('says in words why a cell has no picture, also where it was removed since', async () => {
    const { make, jpeg } = await world();
    const holes: Partial<ExportCell>[] = [
      { picture: jpeg },
      { state: 'failed', words: 'Failed', detail: 'No cat in it.', picture: null },
      { state: 'struck', words: 'Struck out', picture: jpeg },
      { picture: { ...jpeg, sha256: 'f'.repeat(64) } },
      {},
      {},
    ];
    const { bytes } = await make(
      gridOfThree(looks, (i) => holes[i]!),
      asPdf,
    );
    expect(await textOf(bytes)).toMatch(/Failed\s+No cat in it\.[^]*Struck out[^]*Picture gone/);
  });

  it('draws other scripts, and tells the signs that it cannot draw', async () => {
    const { make, png } = await world();
    const texts = ['中文 日本語 한국어', 'العربية עברית ไทย हिन्दी', 'Ελληνικά Русский Việt', '🦄'];
    const { missing, bytes } = await make(gridOfPrompts(texts, png), asPng);
    expect(missing).toEqual(['🦄']);
    expect((await sharp(bytes).metadata()).format).toBe('png');
  });

  it('of a thousand cells is made strip by strip', async () => {
    const { make, png } = await world();
    const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));
    const grid = gridOfThree({ rows: numbers(50), columns: numbers(20), sections: ['jpeg'] }, () => ({ picture: png }));
    const { bytes } = await make(grid, asPng);
    const { width, height } = await sharp(bytes).metadata();
    expect([width! > 20 * 160, height! > 50 * 106]).toEqual([true, true]);
  });

  it('is refused with its size where no program could show it', async () => {
    const { make, png } = await world();
    const values = Array.from({ length: 200 }, (_, i) => String(i));
    const grid = gridOfThree({ rows: ['a'], columns: values, sections: ['b'] }, () => ({ picture: png }));
    const large = { type: 'sheet', sheet: { format: 'png', cell: 'large' } } as const;
    await expect(make(grid, large)).rejects.toThrow(/would have 1\d\d,\d{3} × .* pixels.*Choose smaller cells/);
  });
});

/** Page by page, as a reader of PDFs finds it. */
async function textOf(pdf: Buffer): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  await document.destroy();
  return pages.join('\n');
}

describe('a contact sheet as PDF', () => {
  it('has its texts as texts, a JPEG byte for byte, and each section on a page of its own', async () => {
    const { make, jpeg, pictures } = await world();
    const grid = gridOfThree({ ...looks, sections: ['jpeg', 'png'] }, () => ({ picture: jpeg }));
    const { bytes, pages, type, name } = await make(grid, asPdf);
    expect([pages, type, name]).toEqual([2, 'application/pdf', 'Cats - Look.pdf']);
    const [first, second] = (await textOf(bytes)).trim().split('\n');
    for (const words of ['Cats', 'Look · 12 pictures', '3 Feb 2031', 'Format: jpeg', 'make it warm', 'Looks', '1 of 2'])
      expect(first).toContain(words);
    expect(second).toContain('Format: png');
    expect(bytes.includes(Buffer.from((await pictures.read(jpeg.sha256))!))).toBe(true);
  });

  it('keeps long labels whole: what does not fit beside a picture stands before the section', async () => {
    const { make, png } = await world();
    const long = Array.from({ length: 400 }, (_, i) => `word${i}`).join(' ');
    const { bytes } = await make(
      gridOfThree({ ...looks, rows: [long, 'short'] }, () => ({ picture: png })),
      asPdf,
    );
    const words = new Set((await textOf(bytes)).split(/\s+/));
    expect(long.split(' ').filter((word) => !words.has(word))).toEqual([]);
  });
});

describe('a zip', () => {
  const grid = (picture: ExportCell['picture']): ExportGrid => ({
    ...gridOfThree(looks, (i) => ({
      picture,
      name: i < 2 ? '../../etc/pass:wd' : `${i} - CON`,
      record: { key: 'k', price: 0.04 },
      provenance: { steps: [{ values: { prompt: `p${i}` } }] },
    })),
    graph: { title: 'Cats' },
  });

  it('has a manifest that names each picture, safe names, none twice, and how it was made inside', async () => {
    const { make, jpeg } = await world();
    const { bytes } = await make(grid(jpeg), { type: 'zip', details: true, table: 'a,b\r\n' });
    const files = unzipSync(bytes);
    const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as {
      date: string;
      cells: { index: number; file: string; price: number }[];
    };
    const names = manifest.cells.map(({ file }) => file);
    expect(Object.keys(files).sort()).toEqual(['cells.csv', 'manifest.json', ...names].sort());
    expect(names.slice(0, 2)).toEqual(['pictures/-..-etc-pass-wd.jpg', 'pictures/-..-etc-pass-wd-2.jpg']);
    expect(manifest.cells[0]!.price).toBe(0.04);
    expect(manifest.date).toBe(new Date(2031, 1, 3).toISOString());
    expect(manifest.cells.map(({ index }) => index)).toEqual(manifest.cells.map((_, i) => i + 1));
    expect(extract(files[names[3]!]!)).toEqual({
      editloom: 1,
      provenance: { steps: [{ values: { prompt: 'p3' } }] },
      graph: { title: 'Cats' },
    });
  });

  it('has the pixels alone on wish, and never the token', async () => {
    const { make, jpeg } = await world('sk-secret-1234567890');
    const withToken = { ...grid(jpeg), title: 'sk-secret-1234567890' };
    const plain = unzipSync((await make(withToken, { type: 'zip', details: false })).bytes);
    const picture = Object.entries(plain).find(([name]) => name.endsWith('.jpg'))![1];
    expect(extract(picture)).toBe(null);
    for (const bytes of Object.values(plain)) expect(strFromU8(bytes, true)).not.toContain('sk-secret');
  });
});

it('[Q3] the token is on no sheet, and in no title of one', async () => {
  const { make, jpeg } = await world('sk-secret-1234567890');
  const sheet = (title: string) => ({ ...gridOfThree(looks, () => ({ picture: jpeg })), title });
  const [secret, redacted] = await Promise.all(['sk-secret-1234567890', '…'].map((title) => make(sheet(title), asPng)));
  expect(secret!.bytes.equals(redacted!.bytes)).toBe(true);
  const { bytes } = await make(sheet('sk-secret-1234567890'), asPdf);
  expect(secret!.name).not.toContain('sk-secret');
  const { info } = await (await getDocument({ data: new Uint8Array(bytes) }).promise).getMetadata();
  expect(JSON.stringify(info)).not.toContain('sk-secret');
});

describe('how far an export is', () => {
  it('is known while it is made, and why it broke off after', async () => {
    const { exports, jpeg, make } = await world();
    const grid = gridOfThree(looks, () => ({ picture: jpeg }));
    await make(grid, asPng, 'a');
    expect(exports.progress('a')).toEqual({ done: 6, total: 6, error: null });
    expect(exports.progress('b')).toBe(null);
    const pictures = { artifact: async () => jpeg, read: async () => null, thumbnail: async () => null };
    const empty = createExports({ pictures, secret: () => null, now: () => new Date() });
    const { chunks } = await empty.make({
      id: 'c',
      grid: { ...grid, cells: [cellOf(0, [0, 0, 0], { picture: jpeg })] },
      output: { type: 'zip', details: true },
    });
    await expect(drain(chunks)).rejects.toThrow('was removed while it was made');
    expect(empty.progress('c')?.error).toContain('was removed while it was made');
  });
});

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks);
}
