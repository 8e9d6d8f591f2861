import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import type { Spot } from './grid-keys.ts';
import { useKeptPlace } from './kept-place.ts';
import { pictureQueue } from './picture-queue.ts';
import { rangeInView, scrollFor, type Range } from './window.ts';

/** Rows and columns beyond the edge that are drawn already. */
const MORE = 1;

type Sizes = {
  /** Of a cell with the gap beside it. */
  width: number;
  height: number;
  /** Of the headers, which cover the beginning of the view. */
  headWidth: number;
  headHeight: number;
  rowCount: number;
  columnCount: number;
  /** Of the view. */
  box: { width: number; height: number };
};

/** The rows and columns in view, how to bring a cell there, and how many of them a page has. */
export function useWindow(scrollerRef: RefObject<HTMLDivElement | null>, sizes: Sizes) {
  const { width, height, headWidth, headHeight, rowCount, columnCount, box } = sizes;
  const [ranges, setRanges] = useState({ rows: none, columns: none });

  const look = useCallback((): void => {
    const element = scrollerRef.current;
    if (!element) return;
    const { scrollTop, scrollLeft, clientWidth, clientHeight } = element;
    const down = { from: scrollTop, size: clientHeight - headHeight, item: height, count: rowCount, more: MORE };
    const across = { from: scrollLeft, size: clientWidth - headWidth, item: width, count: columnCount, more: MORE };
    setRanges((before) => {
      const rows = keptRange(before.rows, rangeInView(down));
      const columns = keptRange(before.columns, rangeInView(across));
      return rows === before.rows && columns === before.columns ? before : { rows, columns };
    });
  }, [scrollerRef, headHeight, headWidth, height, width, rowCount, columnCount]);

  // Sizes and the number of cells decide what is in view, as scrolling does.
  useLayoutEffect(look, [look, box]);
  useEffect(() => {
    const element = scrollerRef.current;
    const onScroll = (): void => {
      pictureQueue.moved();
      look();
    };
    element?.addEventListener('scroll', onScroll, { passive: true });
    return () => element?.removeEventListener('scroll', onScroll);
  }, [scrollerRef, look]);
  useKeptPlace(scrollerRef, { width, height, headWidth, headHeight });

  const reveal = useCallback(
    ({ row, column }: Spot): void => {
      const element = scrollerRef.current;
      if (!element) return;
      const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
      const top = { from: scrollTop, size: clientHeight, begin: row * height, length: height, covered: headHeight };
      const left = { from: scrollLeft, size: clientWidth, begin: column * width, length: width, covered: headWidth };
      element.scrollTo({
        top: row >= 0 ? scrollFor(top) : scrollTop,
        left: column >= 0 ? scrollFor(left) : scrollLeft,
      });
    },
    [scrollerRef, height, width, headHeight, headWidth],
  );

  const page = useCallback((): { rows: number; columns: number } => {
    const { clientHeight = 0, clientWidth = 0 } = scrollerRef.current ?? {};
    return {
      rows: Math.max(1, Math.floor((clientHeight - headHeight) / height)),
      columns: Math.max(1, Math.floor((clientWidth - headWidth) / width)),
    };
  }, [scrollerRef, height, width, headHeight, headWidth]);

  return { ...ranges, reveal, page };
}

const none: Range = { first: 0, last: -1 };

const keptRange = (before: Range, now: Range): Range =>
  before.first === now.first && before.last === now.last ? before : now;
