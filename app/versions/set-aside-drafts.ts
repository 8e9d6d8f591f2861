import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';
import { UNREADABLE } from '../drafts.ts';

export type SetAsideDrafts = ReturnType<typeof createSetAsideDrafts>;

/** Drafts that could not be read when the page began, newest first; they lie beside the draft in use. */
export function createSetAsideDrafts(drafts: UseStore = createStore('editloom', 'drafts')) {
  return {
    async list(): Promise<string[]> {
      const names = (await keys(drafts)).map(String).filter((name) => name.startsWith(UNREADABLE));
      return names.sort().reverse();
    },
    async text(name: string): Promise<string> {
      const text: unknown = await get(name, drafts);
      return typeof text === 'string' ? text : (JSON.stringify(text) ?? '');
    },
    /** Gives the way back. */
    async remove(name: string): Promise<() => Promise<void>> {
      const text: unknown = await get(name, drafts);
      await del(name, drafts);
      return () => set(name, text, drafts);
    },
  };
}
