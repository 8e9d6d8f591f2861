import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../../app/server/offline/engine.ts';
import { effectNames } from '../../../../app/server/offline/operation.ts';
import { away, edited, input, photo, pixelsOf } from './engine-support.ts';

const engine = createEngine({ model: null });
let cat: Uint8Array;

beforeAll(async () => {
  cat = await photo('chelsea.png');
});
afterAll(() => engine.close());

describe('pictures of every kind', () => {
  it.each([
    ['grey', () => sharp(cat).greyscale().png().toBuffer()],
    ['16 bits deep', () => sharp(cat).toColourspace('rgb16').png().toBuffer()],
    ['CMYK', () => sharp(cat).toColourspace('cmyk').jpeg().toBuffer()],
    ['with transparency', () => sharp(cat).ensureAlpha(0.5).png().toBuffer()],
    ['WebP', () => sharp(cat).webp().toBuffer()],
    ['with a palette', () => sharp(cat).png({ palette: true }).toBuffer()],
  ])('%s', async (_, make) => {
    const { bytes } = await edited(engine, await make(), 'sepia', { output_format: 'jpeg' });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 300, height: 200, channels: 3, space: 'srgb' });
  });

  it('16 bits deep are the same colours', async () => {
    const deep = await sharp(cat).toColourspace('rgb16').png().toBuffer();
    const [one, other] = await Promise.all([edited(engine, cat, 'mirror it'), edited(engine, deep, 'mirror it')]);
    const [a, b] = await Promise.all([pixelsOf(one.bytes), pixelsOf(other.bytes)]);
    expect(a.data.every((v, i) => Math.abs(v - b.data[i]!) <= 2)).toBe(true);
  });

  it('stand upright whatever the camera wrote', async () => {
    const lying = await sharp(cat).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { width, height, bytes } = await edited(engine, lying, 'sepia');
    expect([width, height]).toEqual([200, 300]);
    expect((await sharp(bytes).metadata()).orientation ?? 1).toBe(1);
  });

  it('keep their transparency where nothing covers it', async () => {
    const half = await sharp({
      create: { width: 40, height: 20, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } },
    })
      .composite([{ input: { create: { width: 20, height: 20, channels: 4, background: '#c00' } }, left: 0, top: 0 }])
      .png()
      .toBuffer();
    const { data, channels } = await pixelsOf((await edited(engine, half, 'mirror it')).bytes);
    expect([channels, data[3], data[39 * 4 + 3]]).toEqual([4, 0, 255]);
  });

  it('of more than 4 megapixels are made smaller, and it is said', async () => {
    const large = await sharp(cat).resize(3000, 2000).jpeg().toBuffer();
    const { width, height, note } = await edited(engine, large, 'invert', { output_format: 'jpeg' });
    expect(width * height).toBeLessThanOrEqual(4_000_000);
    expect(width / height).toBeCloseTo(1.5, 2);
    expect(note).toContain('made smaller from 3000 × 2000');
  });
});

describe('the smallest pictures', () => {
  it.each([
    [1, 1],
    [1, 40],
  ])('%d × %d pixels survive every effect', async (width, height) => {
    const tiny = await sharp({ create: { width, height, channels: 3, background: '#c33' } })
      .png()
      .toBuffer();
    const outcomes = await Promise.all(effectNames.map((effect) => engine.edit(tiny, input(effect))));
    expect(outcomes.map(({ status }) => status)).toEqual(effectNames.map(() => 'done'));
  });
});

describe('without the model', () => {
  it('a plain background is told by its colour, and the note says so', async () => {
    const plain = await sharp({ create: { width: 200, height: 150, channels: 3, background: '#9fb4c8' } })
      .composite([
        { input: { create: { width: 80, height: 70, channels: 4, background: '#a02020' } }, left: 60, top: 40 },
      ])
      .png()
      .toBuffer();
    const { bytes, note } = await edited(engine, plain, 'change background to orange');
    const after = await pixelsOf(bytes);
    expect(away(after.lab(5, 5), [255, 165, 0])).toBeLessThan(0.1);
    expect(away(after.lab(100, 75), [160, 32, 32])).toBeLessThan(0.02);
    expect(note).toContain("by the colour at the picture's border, since the subject model is switched off");
  });

  it('a lively background is an honest failure', async () => {
    const outcome = await engine.edit(await photo('astronaut.png'), input('change background to orange'));
    expect(outcome).toMatchObject({ status: 'failed', message: expect.stringContaining('not plain enough') });
  });

  it('a model that is not the one it should be is not used', async () => {
    const wrong = createEngine({ model: new URL('../../../../package.json', import.meta.url).pathname });
    const outcome = await wrong.edit(await photo('astronaut.png'), input('remove the background'));
    expect(outcome).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('Expected a model with SHA-256 309c'),
    });
    await wrong.close();
  });
});
