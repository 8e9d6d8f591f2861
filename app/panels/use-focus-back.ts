import { useLayoutEffect, useRef } from 'react';

/**
 * The focus goes back to where it was before the first of several dialogs opened one after the other: each of them gives
 * it back to the one before, which is gone.
 */
export function useFocusBack(open: boolean): void {
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (open) {
      opener.current = document.activeElement;
      return;
    }
    const element = opener.current;
    // The dialog itself gives the focus back after a moment too, where it still knows whom.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body && element instanceof HTMLElement && element.isConnected)
        element.focus({ preventScroll: true });
    }, 30);
    return () => clearTimeout(timer);
  }, [open]);
}
