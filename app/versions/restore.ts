import type { LoadedGraph } from '../../graphs/file.ts';
import type { Editor } from '../editor.ts';
import { differenceOf } from './book.ts';
import type { Version } from './version.ts';

/**
 * [R3] Puts a version back as one undoable change; what is open now is kept as a version before, and nothing waits for
 * that. Says what it did; null where nothing may be changed here, which has been told then.
 */
export function restoreVersion(
  { document, versions, nodeTypes }: Pick<Editor, 'document' | 'versions' | 'nodeTypes'>,
  version: Version,
  loaded: LoadedGraph,
  onError: (error: unknown) => void,
): { readonly words: readonly string[] } | null {
  if (document.refuses()) return null;
  const words = differenceOf(document.get(), loaded, nodeTypes);
  if (words.length === 0) return { words };
  const kept = Object.keys(document.get().graph.nodes).length > 0 ? versions.keepNow('restore') : Promise.resolve();
  document.putBack(loaded);
  void kept
    .catch(onError)
    .then(versions.book)
    .then((book) => book.follow(version.document))
    .catch(onError);
  return { words };
}
