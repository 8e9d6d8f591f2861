import type { Editor } from '../editor.ts';
import type { Shell } from '../panels/shell.ts';
import { carriedBy } from './carried.ts';

/** The server takes no larger pictures, so a larger one is refused there with a sentence. */
const MOST_BYTES = 50_000_000;

/**
 * A picture was dropped or pasted: where it carries a graph, the user is asked which of the two is meant. All others are
 * taken as pictures at once, and what they carry that is of no use is told of.
 */
export async function offerGraph(
  file: File,
  take: () => void,
  { editor, shell }: { readonly editor: Pick<Editor, 'nodeTypes'>; readonly shell: Pick<Shell, 'show' | 'tell'> },
): Promise<void> {
  if (file.size > MOST_BYTES) return take();
  const carries = carriedBy(new Uint8Array(await file.arrayBuffer()), editor.nodeTypes);
  if (carries.type === 'graph') return shell.show({ type: 'carried', file, carried: carries.carried, take });
  take();
  if (carries.type === 'told') shell.tell({ kind: 'info', text: carries.message });
}
