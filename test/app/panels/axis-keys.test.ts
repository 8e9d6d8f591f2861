import { expect, it } from 'vitest';
import { axisOfKey, keysOfAxis } from '../../../app/panels/axis-keys.ts';

const press = (key: string, shiftKey = false) => ({ key, shiftKey });

it('of three axes each has keys of its own, and they are the ones that are shown', () => {
  expect([0, 1, 2].map((place) => keysOfAxis(place, 3))).toEqual([
    ['Shift+PgUp', 'Shift+PgDn'],
    ['↑', '↓'],
    ['←', '→'],
  ]);
  expect(axisOfKey(press('PageUp', true), 3)).toEqual({ place: 0, by: -1 });
  expect(axisOfKey(press('PageDown', true), 3)).toEqual({ place: 0, by: 1 });
  expect(axisOfKey(press('ArrowUp'), 3)).toEqual({ place: 1, by: -1 });
  expect(axisOfKey(press('ArrowRight'), 3)).toEqual({ place: 2, by: 1 });
});

it('a key without an axis steps nowhere: fewer axes, Shift for moving the picture, other keys', () => {
  expect(axisOfKey(press('ArrowUp'), 1)).toBe(null);
  expect(axisOfKey(press('PageDown', true), 2)).toBe(null);
  expect(axisOfKey(press('ArrowRight', true), 3)).toBe(null);
  expect(axisOfKey(press('PageDown'), 3)).toBe(null);
  expect(axisOfKey(press('ArrowLeft'), 0)).toBe(null);
  expect(keysOfAxis(0, 4)).toBe(null);
});
