import { nameOfChange } from '../../graphs/changes.ts';
import { useDocument } from '../use-editor.ts';

/** What undo and redo would do, in words; null when there is nothing. */
export function useUndo(): { undo: string | null; redo: string | null } {
  const undo = useDocument(({ history }) => history.past.at(-1)?.type ?? null);
  const redo = useDocument(({ history }) => history.future[0]?.type ?? null);
  return { undo: undo && `Undo: ${nameOfChange(undo)}`, redo: redo && `Redo: ${nameOfChange(redo)}` };
}
