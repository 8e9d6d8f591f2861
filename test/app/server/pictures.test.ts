import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPictureStore } from '../../../app/server/pictures.ts';
import { asStorageError } from '../../../app/server/write-file.ts';
import { makePicture, pixelsOf, temporaryFolder } from '../../support/pictures.ts';

const store = async () => createPictureStore(join(await temporaryFolder(), 'pictures'));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a picture of the user', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('stays byte for byte as it is when it is an upright %s', async (format) => {
    const pictures = await store();
    const bytes = await makePicture(format);
    const artifact = await pictures.addUpload(bytes);
    expect(artifact).toEqual({
      sha256: sha256(bytes),
      width: 60,
      height: 40,
      mediaType: `image/${format}`,
      bytes: bytes.length,
    });
    expect(await readFile(pictures.file(artifact.sha256))).toEqual(bytes);
    expect(await pictures.read(artifact.sha256)).toEqual(bytes);
  });

  it.each(['avif', 'tiff', 'gif'] as const)(
    'becomes a PNG of the same pixels when it is a still %s',
    async (format) => {
      const pictures = await store();
      const bytes = await makePicture(format);
      const artifact = await pictures.addUpload(bytes);
      expect(artifact).toMatchObject({ mediaType: 'image/png', width: 60, height: 40 });
      const stored = await pictures.read(artifact.sha256);
      expect(await pixelsOf(stored as Uint8Array)).toEqual(await pixelsOf(bytes));
    },
  );

  it('has its EXIF orientation baked in', async () => {
    const pictures = await store();
    const lying = await sharp(await makePicture('jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const artifact = await pictures.addUpload(lying);
    expect(artifact).toMatchObject({ width: 40, height: 60, mediaType: 'image/jpeg' });
    const stored = sharp((await pictures.read(artifact.sha256)) as Uint8Array);
    expect((await stored.metadata()).orientation).toBeUndefined();
    // Turned clockwise, what was red on the left is now on top.
    const [red, , blue] = await stored.extract({ left: 10, top: 5, width: 1, height: 1 }).raw().toBuffer();
    expect(red).toBeGreaterThan(180);
    expect(blue).toBeLessThan(80);
  });

  it('is the same artifact however often it is added', async () => {
    const pictures = await store();
    const bytes = await makePicture();
    const [first, second] = await Promise.all([pictures.addUpload(bytes), pictures.addUpload(bytes)]);
    expect(second).toEqual(first);
  });
});

describe('what is refused, with the reason', () => {
  const animated = async (format: 'gif' | 'webp') => {
    const frame = (colour: string) => ({ create: { width: 20, height: 20, channels: 3 as const, background: colour } });
    const frames = await Promise.all(['red', 'blue'].map((colour) => sharp(frame(colour)).png().toBuffer()));
    return sharp(frames, { join: { animated: true } })
      [format]({ delay: [100, 100] })
      .toBuffer();
  };
  const cases: [what: string, bytes: () => Promise<Uint8Array>, code: string, message: RegExp][] = [
    ['an empty file', async () => new Uint8Array(), 'empty', /empty/],
    ['a text', async () => Buffer.from('Dear Sir or Madam'), 'not-a-picture', /no picture/],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n1 0 obj'), 'not-a-picture', /no picture/],
    [
      'an SVG',
      async () => Buffer.from('<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>'),
      'svg',
      /SVG/,
    ],
    ['an animated GIF', () => animated('gif'), 'animated', /several frames/],
    ['an animated WebP', () => animated('webp'), 'animated', /several frames/],
    [
      'an animated PNG',
      async () => withChunk(await makePicture(), 'acTL', Buffer.alloc(8)),
      'animated',
      /several frames/,
    ],
    ['a HEIC', async () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'unsupported', /HEIC/],
    ['a PNG cut off', async () => cut(await makePicture('png')), 'damaged', /cut off/],
    ['a JPEG cut off', async () => cut(await makePicture('jpeg')), 'damaged', /cut off/],
    ['a WebP cut off', async () => cut(await makePicture('webp')), 'damaged', /cut off/],
    ['a PNG with nothing behind its signature', async () => (await makePicture()).subarray(0, 8), 'damaged', /cut off/],
    ['a PNG whose pixels are damaged', async () => damaged(await makePicture()), 'damaged', /damaged/],
    [
      'more than 50 MB',
      async () => Buffer.concat([await makePicture(), Buffer.alloc(50_000_000)]),
      'too-large',
      /50 MB/,
    ],
    ['a decompression bomb', bomb, 'too-many-pixels', /30000 × 30000 .* 64 megapixels/],
  ];

  it.each(cases)('%s', async (_, bytes, code, message) => {
    const folder = join(await temporaryFolder(), 'pictures');
    const adding = createPictureStore(folder).addUpload(await bytes());
    await expect(adding).rejects.toMatchObject({
      name: 'PictureRefused',
      code,
      message: expect.stringMatching(message),
    });
    // Nothing of it may lie around.
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('[M7] holds for results too, whose bytes are kept as they came', async () => {
    const pictures = await store();
    const turned = await sharp(await makePicture('jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const artifact = await pictures.addResult(turned);
    expect(artifact).toMatchObject({ sha256: sha256(turned), width: 40, height: 60 });
    await expect(pictures.addResult(cut(turned))).rejects.toMatchObject({ code: 'damaged' });
    await expect(pictures.addResult(await makePicture('avif'))).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('the store', () => {
  it('knows after a restart what it has, and notices deleted files', async () => {
    const folder = join(await temporaryFolder(), 'pictures');
    const kept = await createPictureStore(folder).addUpload(await makePicture('png'));
    const lost = await createPictureStore(folder).addUpload(await makePicture('jpeg'));
    const pictures = createPictureStore(folder);
    expect(await pictures.artifact(kept.sha256)).toEqual(kept);
    expect(await pictures.missing([kept.sha256, lost.sha256])).toEqual(new Set());

    await rm(pictures.file(lost.sha256));
    const unknown = 'ab'.repeat(32);
    expect(await pictures.missing([kept.sha256, lost.sha256, unknown])).toEqual(new Set([lost.sha256, unknown]));
    expect(await pictures.artifact(lost.sha256)).toBeNull();
    expect(await pictures.read(lost.sha256)).toBeNull();
  });

  it('answers for many pictures in one folder at once', async () => {
    const pictures = await store();
    const { sha256: known } = await pictures.addUpload(await makePicture());
    const strangers = Array.from({ length: 50 }, (_, index) => known.slice(0, 62) + String(index + 10));
    expect(await pictures.missing([known, ...strangers])).toEqual(new Set(strangers.filter((sha) => sha !== known)));
  });

  it('repairs a file that was cut short when the same picture comes again', async () => {
    const pictures = await store();
    const bytes = await makePicture();
    const artifact = await pictures.addUpload(bytes);
    await truncate(pictures.file(artifact.sha256), 10);
    await pictures.addUpload(bytes);
    expect(await pictures.read(artifact.sha256)).toEqual(bytes);
  });

  it('[M7] says that a picture is here only where its very bytes are: one of the same size that is damaged is replaced', async () => {
    const pictures = await store();
    const bytes = await makePicture('png');
    const artifact = await pictures.addResult(bytes);
    await writeFile(pictures.file(artifact.sha256), new Uint8Array(bytes.length));
    await pictures.addResult(bytes);
    expect(sha256((await pictures.read(artifact.sha256))!)).toBe(artifact.sha256);
  });

  it.each([
    ['ENOSPC', 'disk-full', /disk is full/],
    ['EDQUOT', 'disk-full', /quota/],
    ['EACCES', 'not-writable', /permissions/],
    ['EROFS', 'not-writable', /read-only/],
  ])('says in words what %s means', (code, expected, message) => {
    const refused = asStorageError(Object.assign(new Error('write'), { code }), '/data/x');
    expect(refused).toMatchObject({ code: expected, message: expect.stringMatching(message) });
    expect(refused.message).toContain('/data/x');
  });

  it('leaves nothing behind when writing fails', async () => {
    const folder = await temporaryFolder();
    const pictures = createPictureStore(folder);
    const bytes = await makePicture();
    // A file stands where the folder would have to be.
    await writeFile(join(folder, sha256(bytes).slice(0, 2)), 'in the way');
    await expect(pictures.addUpload(bytes)).rejects.toMatchObject({ name: 'StorageError' });
    expect((await readdir(folder, { recursive: true })).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('thumbnails', () => {
  it.each([
    ['small', 160, 80],
    ['large', 640, 320],
  ] as const)('are WebP of the right size: %s', async (size, width, height) => {
    const pictures = await store();
    const { sha256: name } = await pictures.addUpload(await makePicture('png', { width: 1000, height: 500 }));
    const thumbnail = await pictures.thumbnail(name, size);
    expect(await sharp(thumbnail as Uint8Array).metadata()).toMatchObject({ format: 'webp', width, height });
  });

  it('are never larger than the picture, and none is made of a picture that is not there', async () => {
    const pictures = await store();
    const { sha256: name } = await pictures.addUpload(await makePicture());
    const thumbnail = await pictures.thumbnail(name, 'large');
    expect(await sharp(thumbnail as Uint8Array).metadata()).toMatchObject({ width: 60, height: 40 });
    expect(await pictures.thumbnail('ab'.repeat(32), 'small')).toBeNull();
  });

  it('are made once, also when many ask at the same moment, and kept on disk', async () => {
    const folder = join(await temporaryFolder(), 'pictures');
    const pictures = createPictureStore(folder);
    const { sha256: name } = await pictures.addUpload(await makePicture());
    const all = await Promise.all(Array.from({ length: 20 }, () => pictures.thumbnail(name, 'small')));
    // One and the same object: the work was shared.
    expect(new Set(all).size).toBe(1);
    const file = join(folder, 'thumbnails', 'small', name.slice(0, 2), `${name}.webp`);
    const { mtimeMs } = await stat(file);
    expect(await createPictureStore(folder).thumbnail(name, 'small')).toEqual(all[0]);
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  });
});

const cut = (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 40);

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  copy.fill(0x55, middle, middle + 20);
  return copy;
}

function withChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([png.subarray(0, 33), head, data, Buffer.alloc(4), png.subarray(33)]);
}

/** 900 megapixels of nothing in under a megabyte. */
async function bomb(): Promise<Buffer> {
  const png = Buffer.from(await makePicture());
  const header = Buffer.alloc(17);
  header.write('IHDR', 'latin1');
  header.writeUInt32BE(30_000, 4);
  header.writeUInt32BE(30_000, 8);
  header.set([8, 0, 0, 0, 0], 12);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk(header),
    chunk(Buffer.concat([Buffer.from('IDAT'), deflateSync(Buffer.alloc(30_000_000))])),
  ]);
}

function chunk(typeAndData: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(typeAndData.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typeAndData));
  return Buffer.concat([length, typeAndData, checksum]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
