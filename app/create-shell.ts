import { failuresOf } from '../graphs/failures.ts';
import { writeGraphFile, type LoadedGraph } from '../graphs/file.ts';
import { emptyGraph, type Graph } from '../graphs/graph.ts';
import { ancestorsOf } from '../graphs/wanted.ts';
import type { CanvasHandle } from './canvas/Canvas.tsx';
import type { Editor } from './editor.ts';
import type { FilePickers } from './file-pickers.ts';
import { graphFileName, type GraphFiles } from './graph-files.ts';
import type { Notices } from './notices.ts';
import type { DialogState, RunWish, Shell } from './panels/shell.ts';
import type { StartResult } from './runs.ts';
import type { Answers } from './starting.ts';

/** What the panels can ask for; each is a command that does its work and tells how it ended. */
export function createShell(options: {
  editor: Editor;
  files: GraphFiles;
  pickers: FilePickers;
  notices: Notices;
  canvas: () => CanvasHandle | null;
  show: (dialog: DialogState) => void;
  leave: () => void;
}): Shell {
  const { editor, files, pickers, notices, canvas, show, leave } = options;
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

  function begin(wish: RunWish, answers: Answers = {}): void {
    if (!server.getState().reply)
      return tell({ kind: 'error', text: 'Editloom’s server does not answer yet, so nothing can be run.' });
    void startOf(wish, answers)
      .then(async (result) => {
        if (result.started || result.reason === 'refused') return;
        const { answerRun } = await import('./answer-run.ts');
        answerRun(result, wish, { editor, tell, show, canvas });
      })
      .catch(tellError);
  }

  function startOf(wish: RunWish, answers: Answers): Promise<StartResult> {
    switch (wish.type) {
      case 'all':
        return editor.start(undefined, answers);
      case 'keys':
        return editor.start(wish.keys, answers);
      case 'new-take':
        return editor.newTake(wish.firstKeys, answers);
      case 'retry':
        return editor.retry(wish.failures, answers);
    }
  }

  const isPaid = (): boolean => server.getState().reply?.service.kind !== 'offline';

  return {
    canvas,
    show,
    leave,
    tell,
    tellError,
    begin,
    run: () => begin({ type: 'all' }),
    runHere(): void {
      const nodes = canvas()?.meant() ?? [];
      if (nodes.length === 0)
        return tell({
          kind: 'info',
          text: 'Go to a card with Tab, or select some, and press that again: it runs to there.',
        });
      const keys = ancestorsOf(plans.get().plan, nodes, document.get().graph.edges);
      begin({ type: 'keys', keys, title: nodes.length === 1 ? 'Run to here' : `Run these ${nodes.length} nodes` });
    },
    make: (keys, { title } = {}) => begin({ type: 'keys', keys: new Set(keys), ...(title && { title }) }),
    newTake(firstKeys, { said = false } = {}): void {
      const wish = { type: 'new-take', firstKeys } as const;
      if (!isPaid()) return begin(wish);
      // Where it was chosen, the takes were priced, and nothing else.
      if (said) begin(wish, { said: new Set(firstKeys).size });
      else show({ type: 'ask-take', firstKeys });
    },
    goOn(answers = {}): void {
      const { wanted } = runs.get();
      begin(wanted ? { type: 'keys', keys: wanted } : { type: 'all' }, { many: true, ...answers });
    },
    stop: () => runs.stop(),
    retry(): void {
      const failures = failuresOf(plans.get().plan, runs.get().run, plans.lookup);
      if (failures.newTake.length > 0 && isPaid()) show({ type: 'retry', failures });
      else begin({ type: 'retry', failures });
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
