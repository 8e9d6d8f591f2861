import { failuresOf } from '../graphs/failures.ts';
import { writeGraphFile, type LoadedGraph } from '../graphs/file.ts';
import { emptyGraph, type Graph } from '../graphs/graph.ts';
import type { CanvasHandle } from './canvas/Canvas.tsx';
import type { Editor } from './editor.ts';
import type { FilePickers } from './file-pickers.ts';
import { graphFileName, type GraphFiles } from './graph-files.ts';
import type { Notices } from './notices.ts';
import { unknownWords } from './panels/run-words.ts';
import type { DialogState, Shell } from './panels/shell.ts';
import type { StartResult } from './runs.ts';

/** What the panels can ask for; each is a command that does its work and tells how it ended. */
export function createShell(options: {
  editor: Editor;
  files: GraphFiles;
  pickers: FilePickers;
  notices: Notices;
  canvas: () => CanvasHandle | null;
  show: (dialog: DialogState) => void;
}): Shell {
  const { editor, files, pickers, notices, canvas, show } = options;
  const { document, runs, plans, server } = editor;
  const { tell, tellError } = notices;

  /** Opens a graph in place of the open one, with a way back. */
  function openGraph(loaded: { title: string; graph: Graph }): void {
    if (document.refuses()) return;
    const before = document.get();
    files.replace(loaded);
    pickers.forget();
    offerUndo(before, `“${loaded.title}” is open now.`);
  }

  function offerUndo({ title, graph }: { title: string; graph: Graph }, text: string): void {
    if (Object.keys(graph.nodes).length === 0) return;
    tell({
      kind: 'info',
      text,
      action: { label: 'Undo', act: () => files.replace({ title, graph }), untilChange: true },
    });
  }

  async function openFile(file: File, keep?: () => void): Promise<void> {
    const before = document.get();
    const outcome = await files.open(file);
    if (!outcome.opened) {
      if (outcome.message !== null) tell({ kind: 'error', text: outcome.message });
      return;
    }
    pickers.forget();
    keep?.();
    const { title, notes } = outcome.loaded;
    offerUndo(before, `“${title}” was opened.`);
    if (notes.length > 0) show(notesOf(outcome.loaded));
  }

  function answer(result: StartResult): void {
    if (result.started || result.reason === 'running' || result.reason === 'refused') return;
    if (result.reason === 'errors') {
      const [first] = result.errors;
      tell({ kind: 'error', text: `Nothing was run. ${first!.message}` });
      canvas()?.focusNode(first!.node);
      return;
    }
    const { stuck, unknown, edits } = plans.get().count;
    tell({
      kind: 'info',
      text:
        unknown > 0
          ? `Nothing was run: ${unknownWords(unknown)}. Press that in the bar below to look again, or for a new take.`
          : stuck > 0
            ? 'Nothing was run: what is left was taken by the edit service once. Press “Retry” for a new take, or change what is asked for.'
            : edits > 0
              ? 'Everything in this graph is made already.'
              : 'There is no edit in this graph yet.',
    });
  }

  const starting = (start: Promise<StartResult>): void => void start.then(answer).catch(tellError);

  return {
    canvas,
    show,
    tell,
    tellError,
    run(): void {
      if (!server.getState().reply)
        tell({ kind: 'error', text: 'Editloom’s server does not answer yet, so nothing can be run.' });
      else starting(runs.start());
    },
    make: (keys) => starting(runs.start(new Set(keys))),
    newTake: (firstKeys) => starting(editor.newTake(firstKeys)),
    stop: () => runs.stop(),
    retry(): void {
      const failures = failuresOf(plans.get().plan, runs.get().run, plans.lookup);
      const paysAgain = failures.newTake.length > 0 && server.getState().reply?.service.kind !== 'offline';
      if (paysAgain) show({ type: 'retry', failures });
      else starting(editor.retry(failures));
    },
    newGraph: () => openGraph({ title: 'Untitled', graph: emptyGraph }),
    openGraph,
    openFile: (file) => void openFile(file).catch(tellError),
    chooseFile(): void {
      if (document.refuses()) return;
      void pickers
        .choose()
        .then((chosen) => chosen && openFile(chosen.file, chosen.keep))
        .catch(tellError);
    },
    reopenPrevious: () =>
      void files
        .previous()
        .then((previous) =>
          previous ? openGraph(previous) : tell({ kind: 'info', text: 'No other graph was open before this one.' }),
        )
        .catch(tellError),
    saveFile(): void {
      const { title, graph } = document.get();
      void pickers
        .save(graphFileName(title), writeGraphFile(title, graph))
        .then((outcome) => {
          if (outcome === 'cancelled') return;
          const text = outcome === 'written' ? `“${title}” was saved.` : `“${graphFileName(title)}” was downloaded.`;
          tell({ kind: 'info', text });
        })
        .catch(tellError);
    },
  };
}

export function notesOf({ title, notes }: LoadedGraph): DialogState {
  return {
    type: 'notes',
    title: `“${title}” was opened with changes`,
    lead: 'Not everything in this file could be taken as it is. The file itself is untouched.',
    notes,
  };
}
