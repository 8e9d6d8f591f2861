import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../../app/server/offline/engine.ts';
import { effectNames } from '../../../../app/server/offline/operation.ts';
import { difference, edited, hashOf, input, measured, photo, pixelsOf } from './engine-support.ts';

const engine = createEngine({ model: null });
let cat: Uint8Array;

beforeAll(async () => {
  cat = await photo('chelsea.png');
});
afterAll(() => engine.close());

const figures = async (prompt: string, more: Parameters<typeof input>[1] = {}) =>
  measured(await pixelsOf((await edited(engine, cat, prompt, more)).bytes));

describe('every effect', () => {
  it.each(effectNames)('%s changes the picture, by the seed where anything is left open', async (effect) => {
    const [one, again, other] = await Promise.all([
      edited(engine, cat, effect, { seed: 1 }),
      edited(engine, cat, effect, { seed: 1 }),
      edited(engine, cat, effect, { seed: 2 }),
    ]);
    expect(await difference(cat, one.bytes)).toBeGreaterThan(1);
    expect(hashOf(again.bytes)).toBe(hashOf(one.bytes));
    // A negative is a negative: there is nothing to choose.
    const least = effect === 'invert' ? 0 : 0.35;
    expect(await difference(one.bytes, other.bytes)).toBeGreaterThanOrEqual(least);
  });

  it('does what its name says', async () => {
    const plain = measured(await pixelsOf(cat));
    expect((await figures('brighter')).lightness).toBeGreaterThan(plain.lightness + 0.04);
    expect((await figures('darker')).lightness).toBeLessThan(plain.lightness - 0.05);
    expect((await figures('warmer')).warmth).toBeGreaterThan(plain.warmth + 0.01);
    expect((await figures('cooler')).warmth).toBeLessThan(plain.warmth - 0.01);
    expect((await figures('more saturation')).chroma).toBeGreaterThan(plain.chroma + 0.008);
    expect((await figures('black and white')).chroma).toBeLessThan(0.001);
    expect((await figures('night')).lightness).toBeLessThan(plain.lightness - 0.1);
  });
});

describe('geometry', () => {
  it.each([
    ['rotate 90 degrees', [200, 300]],
    ['rotate 180 degrees', [300, 200]],
    ['flip horizontally', [300, 200]],
    ['crop to a square', [200, 200]],
    ['crop to 4:5', [160, 200]],
    ['add a 10 px black border', [320, 220]],
    ['upscale 2x', [600, 400]],
  ] as const)('%s', async (prompt, size) => {
    const { width, height, bytes } = await edited(engine, cat, prompt);
    expect([width, height]).toEqual(size);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: size[0], height: size[1] });
  });

  it('mirrors exactly', async () => {
    const twice = await edited(engine, (await edited(engine, cat, 'mirror it')).bytes, 'mirror it');
    expect(await difference(cat, twice.bytes)).toBe(0);
  });
});

describe('the modes', () => {
  it('reads abstract wording only in thinking mode, and tells what it took it for', async () => {
    const prompt = 'make it feel like a cold morning';
    const { note } = await edited(engine, cat, prompt);
    expect(note).toContain('Thinking: "cold morning" read as');
    const off = await engine.edit(cat, input(prompt, { enable_thinking_mode: false }));
    expect(off).toMatchObject({ status: 'failed', message: expect.stringContaining('thinking mode') });
  });

  it('reflection measures, and corrects what came out too weak', async () => {
    const pale = await sharp(cat).linear(0.25, 180).png().toBuffer();
    const [on, off] = await Promise.all([
      edited(engine, pale, 'brighter', { enable_reflection_mode: true }),
      edited(engine, pale, 'brighter', { enable_reflection_mode: false }),
    ]);
    expect(on.note).toContain('too little, made stronger');
    expect(off.note).not.toContain('Reflection');
    const lightness = async (bytes: Uint8Array): Promise<number> => measured(await pixelsOf(bytes)).lightness;
    expect(await lightness(on.bytes)).toBeGreaterThan((await lightness(off.bytes)) + 0.01);
  });

  it('the negative prompt removes the faults it names, and tells about the others', async () => {
    const dark = await sharp(cat).linear(0.4, 0).png().toBuffer();
    const plain = await edited(engine, dark, 'mirror it');
    const better = await edited(engine, dark, 'mirror it', { negative_prompt: 'too dark, six fingers' });
    expect(measured(await pixelsOf(better.bytes)).lightness).toBeGreaterThan(
      measured(await pixelsOf(plain.bytes)).lightness + 0.03,
    );
    expect(better.note).toContain('nothing could be done about "six fingers"');
    const wanted = await edited(engine, cat, 'blur it', { negative_prompt: 'blurry' });
    expect(hashOf(wanted.bytes)).toBe(hashOf((await edited(engine, cat, 'blur it')).bytes));
  });
});

describe('honest failures', () => {
  it('names what was not understood, does none of it, and says what it can do', async () => {
    const outcome = await engine.edit(cat, input('make it black and white and add a dragon'));
    expect(outcome).toMatchObject({ status: 'failed' });
    expect('message' in outcome && outcome.message).toMatch(
      /"add a dragon".*Nothing was changed.*It can change the background/,
    );
  });

  it.each([
    ['no picture', Buffer.from('not a picture')],
    ['a picture that is cut off', null],
  ])('%s is refused in words', async (_, bytes) => {
    const outcome = await engine.edit(bytes ?? cat.slice(0, cat.length / 2), input('sepia'));
    expect(outcome).toMatchObject({ status: 'failed', message: expect.stringContaining('could not read the picture') });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const edit = engine.edit(cat, input('oil painting'), stop.signal);
    stop.abort();
    await expect(edit).rejects.toThrow(/abort/i);
  });
});
