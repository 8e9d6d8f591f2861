import ExifReader from 'exifreader';
import { zlibSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { embed, extract, type Embedded } from '../../../app/embed/embed.ts';
import { join } from '../../../app/embed/inflate.ts';
import { makePicture, pixelsOf } from '../../support/pictures.ts';

const payload: Embedded = {
  editloom: 1,
  provenance: { prompt: 'Größe 橙色 🟠 "quoted" \\ \n new line', seed: 7 },
  graph: { nodes: { a: { type: 'edit' } }, edges: {} },
};

/** As large as thousands of nodes, and random enough not to shrink away. */
const large: Embedded = {
  editloom: 1,
  provenance: null,
  graph: Array.from({ length: 16_000 }, (_, index) => ((index * 2654435761) >>> 0).toString(36)),
};

const variants: [string, () => Promise<Buffer>][] = [
  ['PNG', () => makePicture('png')],
  [
    'PNG with palette',
    async () =>
      sharp(await makePicture())
        .png({ palette: true })
        .toBuffer(),
  ],
  ['JPEG', () => makePicture('jpeg')],
  [
    'JPEG with EXIF',
    async () =>
      sharp(await makePicture())
        .withExif({ IFD0: { Artist: 'x' } })
        .jpeg()
        .toBuffer(),
  ],
  [
    'progressive JPEG',
    async () =>
      sharp(await makePicture())
        .jpeg({ progressive: true })
        .toBuffer(),
  ],
  ['lossy WebP', () => makePicture('webp')],
  [
    'lossless WebP',
    async () =>
      sharp(await makePicture())
        .webp({ lossless: true })
        .toBuffer(),
  ],
  [
    'lossless WebP with alpha',
    async () =>
      sharp(await makePicture())
        .ensureAlpha(0.5)
        .webp({ lossless: true })
        .toBuffer(),
  ],
  [
    'lossy WebP with alpha',
    async () =>
      sharp(await makePicture())
        .ensureAlpha(0.5)
        .webp()
        .toBuffer(),
  ],
  [
    'WebP with EXIF',
    async () =>
      sharp(await makePicture())
        .withExif({ IFD0: { Artist: 'x' } })
        .webp()
        .toBuffer(),
  ],
];

describe.each(variants)('%s', (_, make) => {
  it.each([
    ['small', payload],
    ['large', large],
  ])('carries a %s payload, gives it back, and keeps every pixel', async (_size, carried) => {
    const picture = await make();
    const saved = embed(picture, carried);
    expect(extract(saved)).toEqual(carried);
    expect(await pixelsOf(saved)).toEqual(await pixelsOf(picture));
    const { width, height, hasAlpha, format } = await sharp(saved).metadata();
    expect({ width, height, hasAlpha, format }).toEqual(await picked(picture));
  });

  it('is replaced, not piled up, when the picture is saved again', async () => {
    const picture = await make();
    const once = embed(picture, payload);
    expect(embed(embed(picture, large), payload)).toEqual(once);
  });

  it('has no payload before', async () => {
    expect(extract(await make())).toBeNull();
  });
});

async function picked(bytes: Buffer) {
  const { width, height, hasAlpha, format } = await sharp(bytes).metadata();
  return { width, height, hasAlpha, format };
}

describe('others read it too', () => {
  it('[V2] finds the text of a PNG with exifreader', async () => {
    const tags = await ExifReader.load(Buffer.from(embed(await makePicture('png'), payload)), { async: true });
    const { editloom } = tags as unknown as Record<string, { description: string }>;
    expect(JSON.parse(editloom?.description ?? '')).toEqual(payload);
  });

  it('[V2] leaves a JPEG that exifreader still reads', async () => {
    const picture = await sharp(await makePicture())
      .withExif({ IFD0: { Artist: 'Someone' } })
      .jpeg()
      .toBuffer();
    const tags = await ExifReader.load(Buffer.from(embed(picture, large)), { async: true });
    expect(tags.Artist?.description).toBe('Someone');
  });
});

describe('pictures from strangers', () => {
  it('[V3] refuses a payload that inflates to more than 16 MB', async () => {
    const bomb = zlibSync(new Uint8Array(60_000_000), { level: 9 });
    expect(bomb.length).toBeLessThan(300_000);
    const genuine = embed(await makePicture('webp'), payload);
    const at = Buffer.from(genuine).indexOf('EDLM');
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bomb.length + 9);
    const forged = join([genuine.subarray(0, at + 4), size, Buffer.from('editloom\0'), bomb]);
    expect(extract(forged)).toBeNull();
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a text', Buffer.from('hello')],
    ['a bare signature', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a chunk longer than the file', Buffer.from('\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXteditloom', 'latin1')],
    ['a JPEG segment longer than the file', Buffer.from('\xff\xd8\xff\xef\xff\xffeditloom\0', 'latin1')],
    ['a WebP without pixels', Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1')],
  ])('finds nothing in %s', (_, bytes) => {
    expect(extract(bytes)).toBeNull();
  });

  it('finds all of it or nothing in pictures that were cut at any place', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const whole = embed(await makePicture(format, { width: 8, height: 8 }), payload);
      const found = Array.from({ length: whole.length }, (_, length) => extract(whole.subarray(0, length)));
      // Behind the payload a cut does no harm to it; before its end there is nothing.
      for (const text of found.filter(Boolean)) expect(text).toEqual(payload);
      expect(found[0]).toBeNull();
    }
  });

  it('finds nothing where the payload is of another version or no object', async () => {
    for (const strange of [{ editloom: 2 }, [], 'text', null]) {
      expect(extract(embed(await makePicture(), strange as unknown as Embedded))).toBeNull();
    }
  });
});
