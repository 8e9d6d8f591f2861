import { FileError } from '../graphs/errors.ts';
import { loadGraph, MOST_FILE_BYTES, readGraphFile, writeGraphFile, type LoadedGraph } from '../graphs/file.ts';
import type { Graph } from '../graphs/graph.ts';
import type { NodeTypes } from '../graphs/node-type.ts';
import type { DraftStorage, EditorDocument } from './document.ts';
import { PREVIOUS } from './drafts.ts';

export type OpenOutcome =
  | { readonly opened: true; readonly loaded: LoadedGraph }
  /** A whole sentence with the path of the fault, or null when it was told already; the open document is untouched. */
  | { readonly opened: false; readonly message: string | null };

export type GraphFiles = ReturnType<typeof createGraphFiles>;

/** Pictures carry the graph that made them, so they can be opened like graph files; they are larger. */
const MOST_PICTURE_BYTES = 50_000_000;

/** Opens graphs in place of the open one, which can be had back: nothing is lost by opening the wrong file. */
export function createGraphFiles(options: { document: EditorDocument; storage: DraftStorage; nodeTypes: NodeTypes }) {
  const { document, storage, nodeTypes } = options;

  /** Keeps what is open now, when there is anything in it. */
  async function setAside(): Promise<void> {
    const { title, graph } = document.get();
    if (Object.keys(graph.nodes).length > 0) await storage.set(PREVIOUS, writeGraphFile(title, graph));
  }

  function replace(loaded: { title: string; graph: Graph }): void {
    if (document.refuses()) return;
    // A storage that is full may not keep anybody from opening a graph; the undo of the message holds it in memory.
    void setAside().catch(() => undefined);
    document.open(loaded);
  }

  return {
    replace,
    async open(file: File): Promise<OpenOutcome> {
      // Told of already.
      if (document.refuses()) return { opened: false, message: null };
      try {
        const loaded = await readGraph(file, nodeTypes);
        replace(loaded);
        return { opened: true, loaded };
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        return { opened: false, message: `“${file.name}” was not opened. ${error.message}` };
      }
    },
    /** The graph that was open before this one; null when there was none. */
    async previous(): Promise<LoadedGraph | null> {
      const text = await storage.get(PREVIOUS);
      return typeof text === 'string' ? readGraphFile(text, nodeTypes) : null;
    },
  };
}

async function readGraph(file: File, nodeTypes: NodeTypes): Promise<LoadedGraph> {
  const isPicture = file.type.startsWith('image/');
  const most = isPicture ? MOST_PICTURE_BYTES : MOST_FILE_BYTES;
  if (file.size > most)
    throw new FileError(`Expected a file of at most ${most / 1e6} MB, got ${(file.size / 1e6).toFixed(1)} MB.`);
  if (!isPicture) return readGraphFile(await file.text(), nodeTypes);
  const { extract } = await import('./embed/embed.ts');
  const embedded = extract(new Uint8Array(await file.arrayBuffer()));
  if (!embedded) throw new FileError('This picture carries no graph: only pictures that a graph saved do.');
  return loadGraph(embedded.graph, nodeTypes);
}

/** A name that every system takes: `Product shots.editloom.json`. */
export function graphFileName(title: string): string {
  const safe = [...title.normalize('NFC')]
    // Control characters, and what Windows, macOS or a shell do not let stand in a name.
    .filter((sign) => sign > '\u001f' && sign !== '\u007f')
    .join('')
    .replace(/[<>:"/\\|?*]+/g, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return `${[...safe].slice(0, 80).join('').trim() || 'Untitled'}.editloom.json`;
}
