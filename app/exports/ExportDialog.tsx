import type { DialogState } from '../panels/shell.ts';
import { ExportCells } from './ExportCells.tsx';
import { ExportPictures } from './ExportPictures.tsx';

/** What is to be exported: cells of a node, or pictures of the gallery. */
export default function ExportDialog(props: { state: Extract<DialogState, { type: 'export' }>; onClose: () => void }) {
  const { state, onClose } = props;
  if ('pictures' in state) return <ExportPictures pictures={state.pictures} onClose={onClose} />;
  const { node, cells, rows, columns } = state;
  return <ExportCells node={node} cells={cells} rows={rows} columns={columns} onClose={onClose} />;
}
