import { useLayoutEffect, useRef, type RefObject } from 'react';

type Sizes = { width: number; height: number; headWidth: number; headHeight: number };

/** Where the pointer or the fingers are that change the size now, in the view of the element. */
const aims = new WeakMap<Element, { x: number; y: number }>();

/** What is at this place of the window stays there when the size changes next. */
export function aimAt(element: Element, { x, y }: { x: number; y: number }): void {
  const { left, top } = element.getBoundingClientRect();
  aims.set(element, { x: x - left, y: y - top });
  // Where the size had reached its limit, nothing asked for it.
  requestAnimationFrame(() => aims.delete(element));
}

/**
 * When the cells grow or shrink, what is aimed at stays where it is. Without an aim it is the beginning, where that is in
 * view, else what is in the middle of the cells.
 */
export function useKeptPlace(scrollerRef: RefObject<HTMLElement | null>, sizes: Sizes): void {
  const { width, height, headWidth, headHeight } = sizes;
  const last = useRef<Sizes>(sizes);
  useLayoutEffect(() => {
    const element = scrollerRef.current;
    const before = last.current;
    last.current = { width, height, headWidth, headHeight };
    if (!element || (before.width === width && before.height === height)) return;
    const aim = aims.get(element);
    aims.delete(element);
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = element;
    element.scrollTo({
      left: keptScroll({
        from: scrollLeft,
        at: aim?.x ?? (scrollLeft > 0 ? (headWidth + clientWidth) / 2 : 0),
        before: { item: before.width, head: before.headWidth },
        after: { item: width, head: headWidth },
      }),
      top: keptScroll({
        from: scrollTop,
        at: aim?.y ?? (scrollTop > 0 ? (headHeight + clientHeight) / 2 : 0),
        before: { item: before.height, head: before.headHeight },
        after: { item: height, head: headHeight },
      }),
    });
  }, [scrollerRef, width, height, headWidth, headHeight]);
}

type Line = { readonly item: number; readonly head: number };

/** Where to scroll so that the same part of the same cell is at `at`. Headers stay in view and do not grow. */
export function keptScroll(options: { from: number; at: number; before: Line; after: Line }): number {
  const { from, at, before, after } = options;
  const place = Math.max(0, at - before.head);
  return ((from + place) / before.item) * after.item - Math.max(0, at - after.head);
}
