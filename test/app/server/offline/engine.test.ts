import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../../app/server/offline/engine.ts';
import { away, difference, edited, hashOf, input, measured, photo, pixelsOf } from './engine-support.ts';

const orange: [number, number, number] = [255, 165, 0];
const engine = createEngine();
let coffee: Uint8Array;
let astronaut: Uint8Array;

beforeAll(async () => {
  [coffee, astronaut] = await Promise.all([photo('coffee.png'), photo('astronaut.png')]);
});
afterAll(() => engine.close());

/** On the coffee photograph (300 × 200): the saucer lies in the middle, these are far outside of it. */
const corners = [
  [2, 2],
  [297, 2],
  [2, 197],
  [297, 197],
  [20, 100],
  [280, 60],
] as const;
const cup = (x: number, y: number): boolean => x > 105 && x < 180 && y > 40 && y < 110;

describe('the background', () => {
  it('becomes really orange, and the subject stays as it was', { timeout: 60_000 }, async () => {
    const { bytes, note } = await edited(engine, coffee, 'change background to orange');
    const [before, after] = await Promise.all([pixelsOf(coffee), pixelsOf(bytes)]);
    for (const [x, y] of corners) expect(away(after.lab(x, y), orange)).toBeLessThan(0.1);
    expect(Math.abs(measured(before, cup).lightness - measured(after, cup).lightness)).toBeLessThan(0.002);
    expect(note).toContain('U²-Net-p');
    expect(note).toMatch(/background 0\.0\d+ from orange/);
  });

  it('is orange behind another kind of subject, too', { timeout: 60_000 }, async () => {
    const { bytes } = await edited(engine, astronaut, 'change the background to #00ff00');
    const after = await pixelsOf(bytes);
    for (const [x, y] of [
      [290, 10],
      [60, 10],
      [250, 60],
    ] as const) {
      expect(away(after.lab(x, y), [0, 255, 0])).toBeLessThan(0.12);
    }
    expect(away(after.lab(130, 60), [0, 255, 0])).toBeGreaterThan(0.25);
  });

  it('is then made grey by a second instruction, and only by that', async () => {
    const first = await edited(engine, coffee, 'change background to orange');
    const both = await edited(engine, coffee, 'change background to orange and make it black and white');
    expect(measured(await pixelsOf(first.bytes)).chroma).toBeGreaterThan(0.08);
    const { data } = await pixelsOf(both.bytes);
    for (let i = 0; i < data.length; i += 3) expect([data[i + 1], data[i + 2]]).toEqual([data[i], data[i]]);
  });

  it('is transparent in a PNG, and white in a JPEG that says so', async () => {
    const png = await pixelsOf((await edited(engine, coffee, 'remove the background')).bytes);
    expect([png.channels, png.data[3], png.data[(75 * 300 + 150) * 4 + 3]]).toEqual([4, 0, 255]);
    const jpeg = await edited(engine, coffee, 'remove the background', { output_format: 'jpeg' });
    expect(jpeg.mediaType).toBe('image/jpeg');
    expect(away((await pixelsOf(jpeg.bytes)).lab(2, 2), [255, 255, 255])).toBeLessThan(0.02);
    expect(jpeg.note).toContain('JPEG knows no transparency');
  });

  it('is turned, framed and filled with its mask', async () => {
    const prompt = 'rotate 90 degrees, change the background to teal, then add a 10 px white border';
    const { bytes, width, height } = await edited(engine, coffee, prompt);
    const after = await pixelsOf(bytes);
    expect([width, height]).toEqual([220, 320]);
    expect(away(after.lab(4, 4), [255, 255, 255])).toBeLessThan(0.01);
    expect(away(after.lab(14, 14), [0, 128, 128])).toBeLessThan(0.12);
    expect(away(after.lab(205, 305), [0, 128, 128])).toBeLessThan(0.12);
  });

  it('can be blurred while the subject stays sharp', async () => {
    const after = await pixelsOf((await edited(engine, coffee, 'blur the background')).bytes);
    const before = await pixelsOf(coffee);
    const rough = (pixels: typeof after, left: number): number => {
      let sum = 0;
      for (let y = 120; y < 190; y++) {
        for (let x = left; x < left + 25; x++) sum += Math.abs(pixels.lab(x + 1, y)[0] - pixels.lab(x, y)[0]);
      }
      return sum;
    };
    expect(rough(after, 2)).toBeLessThan(rough(before, 2) * 0.4);
    expect(rough(after, 110)).toBeGreaterThan(rough(before, 110) * 0.95);
  });

  it('makes another picture for another seed, the same bytes for the same', async () => {
    const one = await edited(engine, coffee, 'change background to orange', { seed: 1 });
    const repeated = await edited(engine, coffee, 'change background to orange', { seed: 1 });
    expect(hashOf(repeated.bytes)).toBe(hashOf(one.bytes));
    const other = await edited(engine, coffee, 'change background to orange', { seed: 2 });
    expect(await difference(one.bytes, other.bytes)).toBeGreaterThan(0.7);
  });

  it('cannot be told from a subject that is not there', { timeout: 60_000 }, async () => {
    const empty = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#678' } })
      .png()
      .toBuffer();
    const outcome = await engine.edit(empty, input('change background to orange'));
    expect(outcome).toMatchObject({ status: 'failed', message: expect.stringContaining('no main subject') });
  });
});

describe('recolouring', () => {
  it('finds a thing by its colour and leaves the rest', async () => {
    const after = await pixelsOf((await edited(engine, astronaut, 'make the orange parts blue')).bytes);
    const before = await pixelsOf(astronaut);
    // The sleeve was orange; the face was not.
    expect(before.lab(60, 220)[2]).toBeGreaterThan(0.08);
    expect(after.lab(60, 220)[2]).toBeLessThan(-0.1);
    const face = (x: number, y: number): boolean => x > 122 && x < 150 && y > 50 && y < 90;
    expect(Math.abs(measured(before, face).warmth - measured(after, face).warmth)).toBeLessThan(0.02);
  });

  it('says so when there is no such thing', async () => {
    expect(await engine.edit(coffee, input('make the green parts blue'))).toMatchObject({
      message: expect.stringContaining('found nothing green'),
    });
    expect(await engine.edit(coffee, input('make the sky pink'))).toMatchObject({
      message: expect.stringContaining('found no sky'),
    });
  });
});
