import type { EditorDocument } from './document.ts';
import type { LoadedGraph } from '../graphs/file.ts';

/** What the user is told at the start, where there is anything to tell. */
export type StartNotice =
  | { readonly type: 'draft-changed'; readonly notes: readonly string[] }
  | { readonly type: 'draft-set-aside'; readonly name: string; readonly text: string; readonly reason: string }
  /** The draft could not be read, so nothing is saved: what to do, the user decides. */
  | { readonly type: 'not-saving' };

/** Restores the draft of last time; at the very first start opens a template instead. Never throws: the app opens anyway. */
export async function startUp(options: {
  document: EditorDocument;
  firstGraph: () => Promise<LoadedGraph>;
}): Promise<StartNotice | null> {
  const { document, firstGraph } = options;
  let isReadable = true;
  try {
    const { loaded, setAside } = await document.restore();
    if (setAside) return { type: 'draft-set-aside', ...setAside };
    if (loaded) return loaded.notes.length > 0 ? { type: 'draft-changed', notes: loaded.notes } : null;
  } catch {
    isReadable = false;
  }
  try {
    const { title, graph } = await firstGraph();
    // Where nothing is saved, the template is only shown: it may not count as a change that could be lost.
    if (isReadable) document.open({ title, graph });
    else document.follow({ title, graph, isOther: true });
  } catch {
    // A template that cannot be loaded leaves an empty graph, which says what to do first.
  }
  return isReadable ? null : { type: 'not-saving' };
}
