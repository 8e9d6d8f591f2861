import { FileError } from '../graphs/errors.ts';
import { loadGraph, type LoadedGraph } from '../graphs/file.ts';
import type { NodeTypes } from '../graphs/node-type.ts';
import { wordsOf } from './autosave.ts';
import type { DraftStorage } from './document.ts';

export const DRAFT = 'draft';
/** The graph that was open before this one. */
export const PREVIOUS = 'previous';
/** What could not be read is kept under names that begin with this, and end with the date. */
export const UNREADABLE = 'draft-unreadable-';

export type SetAside = { readonly name: string; readonly text: string; readonly reason: string };

/** A storage that fails once often answers a moment later. */
const READ_AGAIN_MS = [200, 1000];

/** The draft as it lies in the storage. */
export function createDrafts(storage: DraftStorage, nodeTypes: NodeTypes, now: () => number) {
  return {
    async read(): Promise<unknown> {
      for (const pause of READ_AGAIN_MS) {
        try {
          return await storage.get(DRAFT);
        } catch {
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
      return storage.get(DRAFT);
    },
    /** Throws a FileError, or a SyntaxError, where it cannot be read. */
    parse(draft: unknown): LoadedGraph {
      if (typeof draft !== 'string') throw new FileError('Expected a text.');
      return loadGraph(JSON.parse(draft), nodeTypes);
    },
    /** Keeps what cannot be read under a dated name that nothing else has. */
    async putAside(draft: unknown, error: unknown): Promise<SetAside> {
      const dated = `${UNREADABLE}${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')}`;
      let name = dated;
      for (let i = 2; (await storage.get(name)) !== undefined; i++) name = `${dated}-${i}`;
      const text = typeof draft === 'string' ? draft : (JSON.stringify(draft) ?? String(draft));
      await storage.set(name, text);
      return { name, text, reason: wordsOf(error) };
    },
    canWrite: (): Promise<boolean> =>
      storage.set('storage-test', now()).then(
        () => true,
        () => false,
      ),
  };
}

/** Made by a newer Editloom than this one. */
export function isOfNewerVersion(error: unknown): boolean {
  return error instanceof FileError && error.path === 'version';
}
