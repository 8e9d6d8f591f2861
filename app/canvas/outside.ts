import type { CanvasProps } from './Canvas.tsx';
import type { Notice } from './placing.ts';

type Outside = Pick<CanvasProps, 'onOpenPicture' | 'onNotice' | 'onUnknown' | 'onReport'> & {
  readonly frame: HTMLElement | null;
};

/** The app may pass new functions with every render; the cards must not notice. */
export function createOutside() {
  let now: Outside = {
    onOpenPicture: () => {},
    onNotice: () => {},
    onUnknown: () => {},
    onReport: () => {},
    frame: null,
  };
  return {
    meet: (next: Outside): void => void (now = next),
    notice: (what: Notice): void => now.onNotice(what),
    openPicture: (target: { node: string; index: number }): void => now.onOpenPicture(target),
    decide: (key: string): void => now.onUnknown(key),
    report: (key: string): void => now.onReport(key),
    frame: (): DOMRect => now.frame?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight),
  };
}
