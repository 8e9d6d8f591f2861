/** How a picture lies on the stage: its scale, and where its middle is from the stage's middle, in pixels. */
export type PictureView = { readonly zoom: number; readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

export const LARGEST_ZOOM = 16;
/** A small picture is not blown up further than this to fill the stage. */
const LARGEST_FIT = 2;
const MARGIN = 24;

/** The whole picture in view, in the middle. */
export function fitted(picture: Size, stage: Size): PictureView {
  return { zoom: fitZoom(picture, stage), x: 0, y: 0 };
}

export function fitZoom(picture: Size, stage: Size): number {
  const zoom = Math.min((stage.width - 2 * MARGIN) / picture.width, (stage.height - 2 * MARGIN) / picture.height);
  return Math.max(0.01, Math.min(zoom, LARGEST_FIT));
}

/** Zooms so that the spot of the picture under `at` (from the stage's middle) stays where it is. */
export function zoomedAt(view: PictureView, zoom: number, at: Point, picture: Size, stage: Size): PictureView {
  const least = Math.min(fitZoom(picture, stage), 1) / 2;
  const next = Math.max(least, Math.min(zoom, LARGEST_ZOOM));
  const factor = next / view.zoom;
  return within({ zoom: next, x: at.x - (at.x - view.x) * factor, y: at.y - (at.y - view.y) * factor }, picture, stage);
}

export function movedBy(view: PictureView, by: Point, picture: Size, stage: Size): PictureView {
  return within({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage);
}

/** A picture larger than the stage may be pushed about until its edge reaches the stage's middle; a smaller one stays. */
function within(view: PictureView, picture: Size, stage: Size): PictureView {
  const hold = (value: number, length: number, room: number): number => {
    const most = length * view.zoom > room ? (length * view.zoom) / 2 : 0;
    return Math.max(-most, Math.min(value, most));
  };
  return {
    zoom: view.zoom,
    x: hold(view.x, picture.width, stage.width),
    y: hold(view.y, picture.height, stage.height),
  };
}

/** The part of a strip of equal cells that is in view, with a few to either side: a strip may have a hundred thousand. */
export function cellsInView(options: { scroll: number; room: number; cell: number; count: number }): [number, number] {
  const { scroll, room, cell, count } = options;
  const spare = 4;
  const first = Math.max(0, Math.floor(scroll / cell) - spare);
  return [first, Math.min(count, Math.ceil((scroll + room) / cell) + spare)];
}
