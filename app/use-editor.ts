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
  const known = usePlans((state) => (key === null ? undefined : state.known.get(key)));
  return useRuns((state) => (key === null ? undefined : viewOf(state.run, known, key)));
}
