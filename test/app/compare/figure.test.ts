import { describe, expect, it } from 'vitest';
import { comparedSize, differenceMap, figureOf } from '../../../app/compare/figure.ts';

type Rgba = readonly [number, number, number, number];

function pixels(width: number, height: number, at: (x: number, y: number) => Rgba): Uint8ClampedArray {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(at(x, y), (y * width + x) * 4);
  return data;
}
const flat = (value: number, width = 20, height = 20) => pixels(width, height, () => [value, value, value, 255]);
const chequers = (x: number, y: number): Rgba => ((x + y) % 2 === 0 ? [255, 255, 255, 255] : [0, 0, 0, 255]);

describe('the figure of two pictures', () => {
  it('is nothing for a picture and itself', () => {
    const a = pixels(20, 20, chequers);
    expect(figureOf({ a, b: a.slice(), width: 20, height: 20 })).toEqual({
      changed: 0,
      mean: 0,
      largest: 0,
      similarity: 1,
    });
  });

  it('counts a quarter of the pixels as changed where a quarter was painted over', () => {
    const a = flat(100);
    const b = pixels(20, 20, (x, y) => (x < 10 && y < 10 ? [100, 180, 100, 255] : [100, 100, 100, 255]));
    const { changed, mean, largest } = figureOf({ a, b, width: 20, height: 20 });
    expect(changed).toBe(0.25);
    expect(mean).toBeCloseTo(80 / 3 / 4, 10);
    expect(largest).toBe(80);
  });

  it('passes over what JPEG does to every pixel, and counts what is one step more', () => {
    expect(figureOf({ a: flat(100), b: flat(108), width: 20, height: 20 }).changed).toBe(0);
    expect(figureOf({ a: flat(100), b: flat(109), width: 20, height: 20 }).changed).toBe(1);
  });

  it('sees that a part became transparent', () => {
    const b = pixels(20, 20, (x) => [100, 100, 100, x < 5 ? 0 : 255]);
    expect(figureOf({ a: flat(100), b, width: 20, height: 20 }).changed).toBe(0.25);
  });

  it('has the structural similarity of the formula: two flat greys differ in brightness alone', () => {
    // (2ab + c) / (a² + b² + c) with c = (0.01 · 255)²; grey has no variance, so the other factor is 1.
    const known = (2 * 100 * 150 + 6.5025) / (100 ** 2 + 150 ** 2 + 6.5025);
    expect(known).toBeCloseTo(0.92309, 5);
    expect(figureOf({ a: flat(100), b: flat(150), width: 20, height: 20 }).similarity).toBeCloseTo(known, 3);
  });

  it('has a structural similarity of almost −1 for a pattern and its negative', () => {
    const negative = pixels(20, 20, (x, y) => chequers(x + 1, y));
    const { similarity } = figureOf({ a: pixels(20, 20, chequers), b: negative, width: 20, height: 20 });
    expect(similarity).toBeLessThan(-0.98);
  });

  it('has no structural similarity where the window is larger than the picture', () => {
    expect(figureOf({ a: flat(1, 10, 40), b: flat(1, 10, 40), width: 10, height: 40 }).similarity).toBeNull();
  });
});

it('the map is grey where nothing changed, yellow for a little and red for much', () => {
  const a = pixels(3, 1, () => [200, 200, 200, 255]);
  const b = pixels(
    3,
    1,
    (x) => [[200, 200, 200, 255] as const, [200, 190, 200, 255] as const, [0, 0, 0, 255] as const][x]!,
  );
  const map = [...differenceMap({ a, b })];
  const [unchanged, little, much] = [map.slice(0, 4), map.slice(4, 8), map.slice(8)];
  expect(unchanged).toEqual([90, 90, 90, 255]);
  expect(little[0]).toBe(255);
  expect(little[1]).toBeGreaterThan(150);
  expect(much[1]).toBeLessThan(50);
});

it('large pictures are compared at four million pixels, in their own proportion', () => {
  expect(comparedSize({ width: 600, height: 400 })).toEqual({ width: 600, height: 400 });
  expect(comparedSize({ width: 8000, height: 4000 })).toEqual({ width: 2828, height: 1414 });
});
