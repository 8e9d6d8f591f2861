import { useLayoutEffect, useRef } from 'react';
import type { CanvasHandle } from '../canvas/Canvas.tsx';
import type { DialogState } from './shell.ts';

/**
 * The focus goes back to where it was before the first of several dialogs opened one after the other: each of them gives
 * it back to the one before, which is gone. `otherwise`: where that is gone too.
 */
export function useFocusBack(open: boolean, otherwise?: () => void): void {
  const opener = useRef<Element | null>(null);
  const last = useRef(otherwise);
  useLayoutEffect(() => {
    last.current = otherwise;
  });
  useLayoutEffect(() => {
    if (open) {
      opener.current = document.activeElement;
      return;
    }
    const element = opener.current;
    // The dialog itself gives the focus back after a moment too, where it still knows whom.
    const timer = setTimeout(() => {
      if (!element || document.activeElement !== document.body) return;
      if (element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true });
      else last.current?.();
    }, 30);
    return () => clearTimeout(timer);
  }, [open]);
}

/** Where what opened a dialog is gone, the focus goes to the card that the dialog was about, or to the canvas. */
export function useDialogFocus(dialog: DialogState | null, canvas: () => CanvasHandle | null): void {
  const node = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (dialog) node.current = 'node' in dialog ? dialog.node : null;
  }, [dialog]);
  useFocusBack(dialog !== null, () => {
    if (node.current !== null) canvas()?.focusNode(node.current);
    if (document.activeElement === document.body) canvas()?.focus();
  });
}
