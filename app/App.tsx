import { lazy, useCallback, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { tinykeys } from 'tinykeys';
import { useStore } from 'zustand';
import styles from './App.module.css';
import { Canvas, type CanvasHandle } from './canvas/Canvas.tsx';
import { createShell } from './create-shell.ts';
import type { FilePickers } from './file-pickers.ts';
import type { GraphFiles } from './graph-files.ts';
import type { Notices } from './notices.ts';
import { late } from './panels/late.tsx';
import { LoadBoundary } from './panels/LoadBoundary.tsx';
import { Palette } from './panels/Palette.tsx';
import { RunBar } from './panels/RunBar.tsx';
import { ServerBanner } from './panels/ServerBanner.tsx';
import { ShellContext, type DialogState, type Shell } from './panels/shell.ts';
import { Tooltips } from './panels/Tooltips.tsx';
import { TopBar } from './panels/TopBar.tsx';
import { useDialogFocus } from './panels/use-focus-back.ts';
import { usePalette } from './panels/use-palette.ts';
import { withWayBack } from './panels/way-back.ts';
import { bindings } from './shortcuts.ts';
import type { StartNotice } from './start-up.ts';
import type { Tabs } from './tabs.ts';
import { useDocument, useEditor, useRuns, useServer } from './use-editor.ts';

// What the first view does not have comes when it is first asked for.
const Dialogs = late(() => import('./panels/Dialogs.tsx'));
const EmptyState = late(() => import('./panels/EmptyState.tsx'), { quiet: true });
const TabsBar = lazy(() => import('./panels/TabsBar.tsx'));
// Without it a run goes on all the same.
const StorageWatch = lazy(() => import('./panels/StorageWatch.tsx').catch(() => ({ default: () => null })));
const Toasts = lazy(() => import('./panels/Toasts.tsx'));
const SetAsideNotice = lazy(() => import('./panels/SetAsideNotice.tsx'));
const RunWatch = lazy(() => import('./panels/RunWatch.tsx').catch(() => ({ default: () => null })));
const GridPanel = lazy(() => import('./grid/GridPanel.tsx'));
const PaletteDrawer = lazy(() => import('./panels/PaletteDrawer.tsx'));

type Props = { files: GraphFiles; pickers: FilePickers; notices: Notices; tabs: Tabs; startNotice: StartNotice | null };

/** The window: bars, palette, canvas and the one dialog that is open. */
export function App({ files, pickers, notices, tabs, startNotice }: Props) {
  const editor = useEditor();
  const palette = usePalette();
  const [{ canvas, attach }] = useState(createHandle);
  const [dialog, setDialog] = useState<DialogState | null>(() =>
    startNotice && startNotice.type !== 'draft-changed' ? dialogOf(startNotice) : null,
  );
  const [grid, setGrid] = useState<{ node: string; asked: number } | null>(null);
  const empty = useDocument(({ graph, readOnly }) => readOnly === null && isEmpty(graph.nodes));
  const shared = useStore(tabs.store, ({ role, kept }) => role === 'reader' || kept !== null);
  const shell = useMemo(() => {
    const show = (next: DialogState): void => {
      setDialog((before) => (next.type === 'grid' ? null : withWayBack(next, before)));
      if (next.type === 'grid') setGrid((before) => ({ node: next.node, asked: (before?.asked ?? 0) + 1 }));
    };
    return createShell({ editor, files, pickers, notices, canvas, show, leave: () => setDialog(null) });
  }, [editor, files, pickers, notices, canvas]);
  const closeGrid = useCallback(() => setGrid(null), []);
  const ran = useRuns(({ run }) => run !== null);
  const setAside = useServer(({ reply }) => reply?.setAside);
  const told = useSyncExternalStore(notices.subscribeFirst, notices.anyTold);
  useEffect(() => {
    // A draft with a placeholder has its notes at every start, so they do not stand in the way.
    if (startNotice?.type === 'draft-changed')
      notices.tell({
        kind: 'info',
        text: 'Your draft was opened. Not everything in it could be taken as it was.',
        action: { label: 'Show', act: () => setDialog(dialogOf(startNotice)) },
      });
  }, [startNotice, notices]);
  useDialogFocus(dialog, canvas);
  useShortcuts(shell, dialog !== null, palette.toggle);

  function closeFaulty(error: Error): void {
    setDialog(null);
    setGrid(null);
    console.error(error);
    // Each browser has other words for a part that did not come, with an address that says nothing to anybody.
    const why = error.message.includes('module') ? '' : ` (${error.message})`;
    notices.tell({
      kind: 'error',
      text: `This could not be shown${why}. If Editloom was updated or its server stopped meanwhile, load the page again; your graph is safe.`,
      action: { label: 'Load again', act: () => location.reload() },
    });
  }

  return (
    <ShellContext value={shell}>
      <div className={styles.app}>
        <TopBar paletteOpen={palette.side || palette.drawer} onPalette={palette.toggle} />
        <ServerBanner />
        {setAside && setAside.count > 0 && (
          <Suspense>
            <SetAsideNotice {...setAside} />
          </Suspense>
        )}
        {shared && (
          <Suspense>
            <TabsBar tabs={tabs} />
          </Suspense>
        )}
        <div className={styles.body}>
          {palette.side && (
            <aside className={styles.side} aria-label="Nodes">
              <Palette />
            </aside>
          )}
          <div className={styles.stage}>
            <div className={styles.work}>
              <main className={styles.canvas} aria-label="Graph">
                <Canvas
                  ref={attach}
                  onOpenPicture={(target) => setDialog({ type: 'viewer', ...target })}
                  onNotice={notices.tell}
                  onUnknown={(key) => setDialog({ type: 'unknown', key })}
                  onReport={(key) => setDialog({ type: 'report', key })}
                  onOpenFile={shell.openFile}
                />
                {empty && <EmptyState />}
              </main>
              {grid && (
                <LoadBoundary key={grid.node} onFault={closeFaulty}>
                  <Suspense>
                    <GridPanel {...grid} onNode={(node) => setGrid({ node, asked: 1 })} onClose={closeGrid} />
                  </Suspense>
                </LoadBoundary>
              )}
            </div>
            <RunBar onAdd={palette.openDrawer} />
          </div>
        </div>
      </div>
      {palette.drawer && (
        <Suspense>
          <PaletteDrawer onClose={palette.closeDrawer} />
        </Suspense>
      )}
      <LoadBoundary key={dialog?.type} onFault={closeFaulty}>
        {dialog && <Dialogs state={dialog} onClose={() => setDialog(dialog.back ?? null)} />}
      </LoadBoundary>
      {ran && (
        <Suspense>
          <StorageWatch notices={notices} onShow={() => setDialog({ type: 'storage' })} />
          <RunWatch quiet={dialog !== null} />
        </Suspense>
      )}
      {told && (
        <Suspense>
          <Toasts notices={notices} />
        </Suspense>
      )}
      <Tooltips />
    </ShellContext>
  );
}

/** Keys of the app; while a dialog is open only it listens. */
function useShortcuts(shell: Shell, dialogOpen: boolean, togglePalette: () => void): void {
  const { document } = useEditor();
  useEffect(() => {
    if (dialogOpen) return;
    return tinykeys(
      window,
      bindings({
        run: shell.run,
        'run-here': shell.runHere,
        stop: shell.stop,
        save: shell.saveFile,
        open: shell.chooseFile,
        templates: () => shell.show({ type: 'templates' }),
        versions: () => shell.show({ type: 'versions' }),
        'keep-version': () => shell.show({ type: 'keep-version' }),
        undo: document.undo,
        redo: document.redo,
        palette: togglePalette,
        settings: () => shell.show({ type: 'settings' }),
        gallery: () => shell.show({ type: 'gallery' }),
        help: () => shell.show({ type: 'shortcuts' }),
      }),
    );
  }, [shell, document, dialogOpen, togglePalette]);
}

/** The canvas as the commands reach it: they are pressed long after a render. */
function createHandle() {
  let handle: CanvasHandle | null = null;
  return { canvas: () => handle, attach: (next: CanvasHandle | null) => void (handle = next) };
}

function isEmpty(nodes: object): boolean {
  for (const _ in nodes) return false;
  return true;
}

function dialogOf(notice: StartNotice): DialogState {
  switch (notice.type) {
    case 'draft-set-aside':
      return { ...notice, type: 'set-aside' };
    case 'draft-changed':
      return {
        type: 'notes',
        title: 'Your draft was opened with changes',
        lead: 'Not everything in it could be taken as it was.',
        notes: notice.notes,
      };
    case 'not-saving':
      return notice;
  }
}
