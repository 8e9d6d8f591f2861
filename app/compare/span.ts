import type { PictureView, Size } from '../panels/viewer-view.ts';

/** From where to where a picture is to be seen on its stage, in pixels from the stage's left or upper edge. */
export function spanOf(axis: 'x' | 'y', picture: Size, view: PictureView, stage: Size): { start: number; end: number } {
  const [length, room] = axis === 'x' ? [picture.width, stage.width] : [picture.height, stage.height];
  const middle = room / 2 + view[axis];
  const half = (length * view.zoom) / 2;
  const start = Math.max(0, Math.min(room, middle - half));
  return { start, end: Math.max(start, Math.min(room, middle + half)) };
}
