import { useMemo, type DragEvent } from 'react';
import type { Editor } from '../editor.ts';
import { carriesGraph } from '../graph-files.ts';
import { guessSize } from './size.ts';
import type { CanvasContextValue } from './view.ts';

/** What the palette writes into a drag: the name of the node type. */
export const DRAGGED_NODE = 'application/x-editloom-node';

/** Node types from the palette, pictures and graph files may be dropped on the canvas. */
export function useDrop(editor: Editor, { commands, notice }: CanvasContextValue, onOpenFile?: (file: File) => void) {
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent): void => {
        const { types } = event.dataTransfer;
        if (!types.includes(DRAGGED_NODE) && !types.includes('Files') && !types.includes('text/uri-list')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDrop: (event: DragEvent): void => {
        if (event.defaultPrevented) return;
        const { dataTransfer } = event;
        const at = commands.toGraph({ x: event.clientX, y: event.clientY });
        const type = editor.nodeTypes.get(dataTransfer.getData(DRAGGED_NODE));
        const files = [...dataTransfer.files];
        const address = dataTransfer.getData('text/uri-list').split('\n')[0]?.trim() ?? '';
        if (type) {
          const { width } = guessSize(type, { id: '', type: type.type, version: 1, position: at, params: {} });
          commands.addNode({ type, at: { x: at.x - width / 2, y: at.y - 20 }, exact: true });
        } else if (files.length > 0) dropFiles(files, at);
        else if (/^https?:\/\//.test(address)) void commands.addAddress(address, at);
        else return;
        event.preventDefault();
      },
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- `dropFiles` is made of nothing but these
    [editor, commands, notice, onOpenFile],
  );

  function dropFiles(files: readonly File[], at: { x: number; y: number }): void {
    const graphFile = files.find(isGraphFile);
    const pictures = files.filter((file) => !isGraphFile(file));
    if (graphFile && onOpenFile) onOpenFile(graphFile);
    else if (graphFile) notice({ kind: 'error', text: `${graphFile.name}: graph files cannot be opened here.` });
    if (pictures.length > 0) void commands.addFiles(pictures, at).then(() => offerGraph(pictures));
  }

  /** A picture that was saved here is a picture and a graph; which of the two was meant, the user knows. */
  async function offerGraph([picture, ...others]: readonly File[]): Promise<void> {
    if (!picture || others.length > 0 || !onOpenFile || !(await carriesGraph(picture))) return;
    notice({
      kind: 'info',
      text: 'This picture carries the graph that made it.',
      action: { label: 'Open its graph', act: () => onOpenFile(picture) },
    });
  }
}

function isGraphFile({ name, type }: File): boolean {
  return type === 'application/json' || name.toLowerCase().endsWith('.json');
}
