import type { Step } from '../../graphs/history.ts';
import { nameOfStep } from '../../graphs/step-name.ts';
import { useDocument, useEditor } from '../use-editor.ts';

/** What undo and redo would do, in words; null when there is nothing. */
export function useUndo(): { undo: string | null; redo: string | null } {
  const { nodeTypes } = useEditor();
  const nameOf = (what: string, step: Step | undefined) => (step ? `${what}: ${nameOfStep(step, nodeTypes)}` : null);
  return {
    undo: useDocument(({ history }) => nameOf('Undo', history.past.at(-1))),
    redo: useDocument(({ history }) => nameOf('Redo', history.future[0])),
  };
}
