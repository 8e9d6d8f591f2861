import { describe, expect, it } from 'vitest';
import { cellsInView, fitted, movedBy, zoomedAt } from '../../../app/panels/viewer-view.ts';

const stage = { width: 1048, height: 648 };
const picture = { width: 1000, height: 500 };

it('fits a picture with room around it, and blows a small one up only twice', () => {
  expect(fitted({ width: 2000, height: 600 }, stage)).toEqual({ zoom: 0.5, x: 0, y: 0 });
  expect(fitted({ width: 100, height: 100 }, stage).zoom).toBe(2);
});

describe('zooming', () => {
  it('keeps the spot under the cursor in its place', () => {
    const before = { zoom: 1, x: 0, y: 0 };
    const after = zoomedAt(before, 2, { x: 300, y: 100 }, picture, stage);
    const spot = (view: typeof before) => (300 - view.x) / view.zoom;
    expect(after.zoom).toBe(2);
    expect(spot(after)).toBe(spot(before));
  });

  it('ends at sixteen times and at half of the fitted size', () => {
    const fit = fitted(picture, stage);
    expect(zoomedAt(fit, 100, { x: 0, y: 0 }, picture, stage).zoom).toBe(16);
    expect(zoomedAt(fit, 0.001, { x: 0, y: 0 }, picture, stage).zoom).toBe(0.5);
  });

  it('brings a picture back to the middle when it becomes smaller than the stage', () => {
    const off = { zoom: 4, x: 1500, y: 700 };
    expect(zoomedAt(off, 0.6, { x: 0, y: 0 }, picture, stage)).toEqual({ zoom: 0.6, x: 0, y: 0 });
  });
});

it('pans a large picture no further than to its edge in the middle', () => {
  expect(movedBy({ zoom: 2, x: 0, y: 0 }, { x: 5000, y: -20 }, picture, stage)).toEqual({ zoom: 2, x: 1000, y: -20 });
});

it('draws the cells in view and a few beside them, however many there are', () => {
  expect(cellsInView({ scroll: 50_000, room: 1000, cell: 100, count: 100_000 })).toEqual([496, 514]);
  expect(cellsInView({ scroll: 0, room: 1000, cell: 100, count: 3 })).toEqual([0, 3]);
});
