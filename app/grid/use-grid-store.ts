import type { Editor } from '../editor.ts';
import { useEditor } from '../use-editor.ts';
import { createGridStore, type GridStore } from './grid-store.ts';

/** What was chosen outlives the panel, and ends with the page. */
const stores = new WeakMap<Editor, GridStore>();

export function useGridStore(): GridStore {
  const editor = useEditor();
  let store = stores.get(editor);
  if (!store) {
    store = createGridStore(memoryOfBrowser());
    stores.set(editor, store);
  }
  return store;
}

function memoryOfBrowser(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
