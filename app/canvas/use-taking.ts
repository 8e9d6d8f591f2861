import { useMemo } from 'react';
import type { Editor } from '../editor.ts';
import { useShell } from '../panels/shell.ts';
import type { DropTarget, DropWorld } from './dropping.ts';
import { fieldWith } from './fields.ts';
import type { CanvasContextValue } from './view.ts';

export type Take = (dropped: readonly (FileSystemEntry | File)[], target: DropTarget) => void;
/** True when the text is a table, which is asked about then. */
export type PasteTable = (text: string) => boolean;

/** Takes whatever files and folders are given to the canvas, and tables that are pasted; loaded when first needed. */
export function useTaking(editor: Editor, canvas: CanvasContextValue): { take: Take; pasteTable: PasteTable } {
  const shell = useShell();
  return useMemo(() => {
    const world: DropWorld = { editor, canvas, shell };
    return {
      take: (dropped, target) =>
        void import('./dropping.ts').then(({ takeFiles }) => takeFiles(world, dropped, target)).catch(shell.tellError),
      pasteTable(text) {
        const [node, ...others] = canvas.view.meant();
        const type = editor.nodeTypes.get(editor.document.get().graph.nodes[node ?? '']?.type ?? '');
        const isForCard = others.length === 0 && type !== undefined && fieldWith(type, 'table') !== undefined;
        // Cells of a spreadsheet have tabs between them; anything else is a table only for a card that wants one.
        if (text.trim() === '' || (!isForCard && !/\t.*\n/.test(text))) return false;
        void import('./dropping.ts')
          .then(({ askForTable }) => askForTable(world, { text }, isForCard ? { node } : {}))
          .catch(shell.tellError);
        return true;
      },
    };
  }, [editor, canvas, shell]);
}
