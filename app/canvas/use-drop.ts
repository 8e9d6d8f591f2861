import { useMemo, type DragEvent } from 'react';
import type { Editor } from '../editor.ts';
import { fieldWith } from './fields.ts';
import { guessSize } from './size.ts';
import { useOffer } from './use-offer.ts';
import type { Take } from './use-taking.ts';
import type { CanvasContextValue } from './view.ts';

/** What the palette writes into a drag: the name of the node type. */
export const DRAGGED_NODE = 'application/x-editloom-node';

/** Node types from the palette, pictures, folders, tables and graph files may be dropped on the canvas and on cards. */
export function useDrop(
  editor: Editor,
  { commands, notice }: CanvasContextValue,
  take: Take,
  onOpenFile?: (file: File) => void,
) {
  const offer = useOffer();
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
        const dropped = entriesOf(dataTransfer);
        const [only] = dropped;
        const address = dataTransfer.getData('text/uri-list').split('\n')[0]?.trim() ?? '';
        if (type) {
          const { width } = guessSize(type, { id: '', type: type.type, version: 1, position: at, params: {} });
          commands.addNode({ type, at: { x: at.x - width / 2, y: at.y - 20 }, exact: true });
        } else if (dropped.length === 1 && only instanceof File && !isList(only, event)) dropFiles([only], at);
        else if (dropped.length > 0) take(dropped, { at, node: cardUnder(event) });
        else if (/^https?:\/\//.test(address)) void commands.addAddress(address, at);
        else return;
        event.preventDefault();
      },
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- `dropFiles` is made of nothing but these
    [editor, commands, notice, take, offer, onOpenFile],
  );

  /** A table, or one more picture for a card that holds many. */
  function isList(file: File, event: DragEvent): boolean {
    const type = editor.nodeTypes.get(editor.document.get().graph.nodes[cardUnder(event) ?? '']?.type ?? '');
    return isTable(file) || (type !== undefined && fieldWith(type, 'pictures') !== undefined);
  }

  function dropFiles(files: readonly File[], at: { x: number; y: number }): void {
    const graphFile = files.find(isGraphFile);
    const pictures = files.filter((file) => !isGraphFile(file));
    if (graphFile && onOpenFile) onOpenFile(graphFile);
    else if (graphFile) notice({ kind: 'error', text: `${graphFile.name}: graph files cannot be opened here.` });
    const [picture, ...others] = pictures;
    const take = (): void => void commands.addFiles(pictures, at);
    if (picture && others.length === 0) offer(picture, take);
    else if (picture) take();
  }
}

/** What was dropped, as long as the drop lasts: folders can be asked for only then. */
export function entriesOf(transfer: DataTransfer): (FileSystemEntry | File)[] {
  return [...transfer.items].flatMap((item): (FileSystemEntry | File)[] => {
    if (item.kind !== 'file') return [];
    const entry = item.webkitGetAsEntry?.();
    if (entry?.isDirectory) return [entry];
    const file = item.getAsFile();
    return file ? [file] : [];
  });
}

function cardUnder({ target }: DragEvent): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('.react-flow__node')?.dataset.id : undefined;
}

const isTable = ({ name, type }: File): boolean => /^text\/(csv|tab-)/.test(type) || /\.(csv|tsv|tab)$/i.test(name);

function isGraphFile({ name, type }: File): boolean {
  return type === 'application/json' || name.toLowerCase().endsWith('.json');
}
