import { describe, expect, it } from 'vitest';
import type { DialogState } from '../../../app/panels/shell.ts';
import { withWayBack } from '../../../app/panels/way-back.ts';

const viewer: DialogState = { type: 'viewer', node: 'edit', index: 3 };
const compare: DialogState = { type: 'compare', cells: [{ node: 'edit', index: 3 }] };

describe('the way back from a dialog', () => {
  it('leads to the view that it was opened from', () => {
    expect(withWayBack(compare, viewer)).toEqual({ ...compare, back: viewer });
    expect(withWayBack({ type: 'unknown' }, compare)).toEqual({ type: 'unknown', back: compare });
  });

  it('is the one that was told, where one was', () => {
    const told: DialogState = { ...compare, back: { type: 'viewer', node: 'edit', index: 9 } };
    expect(withWayBack(told, viewer)).toBe(told);
  });

  it('is none from the canvas, from a small dialog, and from one picture to the next', () => {
    expect(withWayBack(viewer, null)).toBe(viewer);
    expect(withWayBack(viewer, { type: 'settings' })).toBe(viewer);
    expect(withWayBack({ ...viewer, index: 4 }, viewer)).toEqual({ ...viewer, index: 4 });
  });
});
