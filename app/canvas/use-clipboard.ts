import { useEffect } from 'react';
import { isInField } from '../shortcuts.ts';
import { useOffer } from './use-offer.ts';
import type { PasteTable, Take } from './use-taking.ts';
import type { CanvasContextValue } from './view.ts';

/** Copy, cut and paste through the system's clipboard, so they work across tabs and documents; pictures and addresses too. */
export function useClipboard(canvas: CanvasContextValue, take: Take, pasteTable: PasteTable): void {
  const offer = useOffer();
  useEffect(() => {
    const { commands } = canvas;
    // The paste event does not say whether Shift was held.
    let shift = false;

    function isOurs(event: Event): boolean {
      const target = event.target as HTMLElement | null;
      return !event.defaultPrevented && !isInField(target) && !target?.closest?.('[role=dialog],[role=alertdialog]');
    }

    function onCopy(event: ClipboardEvent): void {
      if (!isOurs(event) || String(getSelection() ?? '') !== '') return;
      const text = commands.copy();
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') commands.removeMeant();
    }

    function onPaste(event: ClipboardEvent): void {
      if (!isOurs(event) || !event.clipboardData) return;
      const pictures = [...event.clipboardData.files].filter(({ type }) => type.startsWith('image/'));
      const text = event.clipboardData.getData('text/plain').trim();
      if (pictures.length > 1) take(pictures, {});
      else if (pictures[0]) offer(pictures[0], () => void commands.addFiles(pictures));
      else if (/^https?:\/\/\S+$/.test(text)) void commands.addAddress(text);
      else if (!commands.pasteText(text, shift) && !pasteTable(event.clipboardData.getData('text/plain'))) return;
      event.preventDefault();
    }

    const onKeyDown = (event: KeyboardEvent): void => {
      shift = event.shiftKey;
    };

    addEventListener('keydown', onKeyDown, { capture: true });
    addEventListener('copy', onCopy);
    addEventListener('cut', onCopy);
    addEventListener('paste', onPaste);
    return () => {
      removeEventListener('keydown', onKeyDown, { capture: true });
      removeEventListener('copy', onCopy);
      removeEventListener('cut', onCopy);
      removeEventListener('paste', onPaste);
    };
  }, [canvas, take, pasteTable, offer]);
}
