import { useLayoutEffect, useRef, useState, type UIEvent } from 'react';
import type { GalleryStore } from './gallery-store.ts';
import { readTileSize, writeTileSize } from './tile-size.ts';
import { largestTile, layoutOf, rowsIn, scrollTo, smallestTile } from './tiles.ts';

/** Which rows of tiles are in view, in what room: scrolled by hand, or after the tile that the keys move. */
export function useTileWindow(
  gallery: GalleryStore,
  { total, at, round }: { total: number; at: number; round: number },
) {
  const scroller = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  const [scrolled, setScrolled] = useState(0);
  const [wish, setWish] = useState(readTileSize);
  const layout = layoutOf(total, room.width, wish);
  const { first, last } = rowsIn(layout, scrolled, room.height);
  const { columns, row } = layout;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => {
      const style = getComputedStyle(element);
      const sides = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
      setRoom({ width: element.clientWidth - sides, height: element.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (room.width > 0) gallery.need(first * columns, last * columns);
  }, [gallery, first, last, columns, room.width, round]);

  // The tile that the keys have moved to comes into view, and stays there while the tiles change their size.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || room.height === 0 || at === 0) return;
    const to = scrollTo(layout, at, element.scrollTop, element.clientHeight - 24);
    if (to !== null) element.scrollTop = to;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- scrolling by hand must not be taken back
  }, [at, columns, row, room.height]);

  return {
    scroller,
    room,
    layout,
    first,
    last,
    rowsInView: Math.floor(room.height / row),
    toTop: (): void => scroller.current?.scrollTo({ top: 0 }),
    onScroll: ({ currentTarget }: UIEvent<HTMLElement>): void => {
      setScrolled(currentTarget.scrollTop);
      gallery.scrolled(currentTarget.scrollTop < 8);
    },
    resize(by: number): void {
      const next = Math.min(largestTile, Math.max(smallestTile, Math.round(wish * by)));
      setWish(next);
      writeTileSize(next);
    },
    /** How large the tiles of so many would be. */
    tileOf: (count: number): number => layoutOf(count, room.width || 800, wish).tile,
  };
}
