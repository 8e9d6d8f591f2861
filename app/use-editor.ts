import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { DocumentState } from './document.ts';
import type { Editor, ServerState } from './editor.ts';
import type { PlansState } from './plans.ts';
import { viewOf, type RunsState, type TaskView } from './runs.ts';

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor needs an EditorContext around it');
  return editor;
}

/** Small selectors only: a card reads its own node and its own tasks. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(useEditor().document.store, select);
}

/** May this tab only look at the graph? */
export function useReadOnly(): boolean {
  return useDocument((state) => state.readOnly !== null);
}

export function usePlans<T>(select: (state: PlansState) => T): T {
  return useStore(useEditor().plans.store, select);
}

export function useRuns<T>(select: (state: RunsState) => T): T {
  return useStore(useEditor().runs.store, select);
}

export function useServer<T>(select: (state: ServerState) => T): T {
  return useStore(useEditor().server, select);
}

/** What to show of a task's key; undefined = nobody has asked for it yet. */
export function useTaskView(key: string | null): TaskView | undefined {
  const { plans, runs } = useEditor();
  const view = (run: RunsState['run'], { known }: PlansState): TaskView | undefined =>
    key === null ? undefined : viewOf(run, (wanted) => known.get(wanted), key);
  usePlans((state) => view(runs.get().run, state));
  return useRuns((state) => view(state.run, plans.get()));
}
