import { Tooltip } from 'radix-ui';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { tinykeys } from 'tinykeys';
import styles from './App.module.css';
import { Canvas, type CanvasHandle } from './canvas/Canvas.tsx';
import { createShell } from './create-shell.ts';
import type { FilePickers } from './file-pickers.ts';
import type { GraphFiles } from './graph-files.ts';
import type { Notices } from './notices.ts';
import { Dialogs } from './panels/Dialogs.tsx';
import { EmptyState } from './panels/EmptyState.tsx';
import { Palette } from './panels/Palette.tsx';
import { RunBar } from './panels/RunBar.tsx';
import { ServerBanner } from './panels/ServerBanner.tsx';
import { ShellContext, type DialogState, type Shell } from './panels/shell.ts';
import { TopBar } from './panels/TopBar.tsx';
import { isNarrow, useNarrow } from './panels/use-media.ts';
import { bindings } from './shortcuts.ts';
import type { StartNotice } from './start-up.ts';
import { useDocument, useEditor } from './use-editor.ts';

const Toasts = lazy(() => import('./panels/Toasts.tsx'));
const PaletteDrawer = lazy(() => import('./panels/PaletteDrawer.tsx'));

type Props = { files: GraphFiles; pickers: FilePickers; notices: Notices; startNotice: StartNotice | null };

/** The window: bars, palette, canvas and the one dialog that is open. */
export function App({ files, pickers, notices, startNotice }: Props) {
  const editor = useEditor();
  const narrow = useNarrow();
  const canvas = useRef<CanvasHandle>(null);
  const [dialog, setDialog] = useState<DialogState | null>(() => startNotice && dialogOf(startNotice));
  const [paletteOpen, setPaletteOpen] = useState(() => !isNarrow());
  const empty = useDocument(({ graph }) => isEmpty(graph.nodes));
  const shell = useMemo(
    () => createShell({ editor, files, pickers, notices, canvas, show: setDialog }),
    [editor, files, pickers, notices],
  );
  useShortcuts(shell, dialog !== null, () => setPaletteOpen((open) => !open));

  return (
    <ShellContext value={shell}>
      <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
        <div className={styles.app}>
          <TopBar paletteOpen={paletteOpen} onPalette={() => setPaletteOpen((open) => !open)} />
          <ServerBanner />
          <div className={styles.body}>
            {paletteOpen && !narrow && (
              <aside className={styles.side} aria-label="Nodes">
                <Palette />
              </aside>
            )}
            <div className={styles.stage}>
              <main className={styles.canvas} aria-label="Graph">
                <Canvas
                  ref={canvas}
                  onOpenPicture={(target) => setDialog({ type: 'viewer', ...target })}
                  onNotice={notices.tell}
                  onOpenFile={shell.openFile}
                />
                {empty && <EmptyState />}
              </main>
              <RunBar onAdd={() => setPaletteOpen(true)} />
            </div>
          </div>
        </div>
        {paletteOpen && narrow && (
          <Suspense>
            <PaletteDrawer onClose={() => setPaletteOpen(false)} />
          </Suspense>
        )}
        <Dialogs state={dialog} onClose={() => setDialog(null)} />
        <Suspense>
          <Toasts notices={notices} />
        </Suspense>
      </Tooltip.Provider>
    </ShellContext>
  );
}

/** Keys of the app; while a dialog is open only it listens. */
function useShortcuts(shell: Shell, dialogOpen: boolean, togglePalette: () => void): void {
  const { document } = useEditor();
  const toggle = useRef(togglePalette);
  toggle.current = togglePalette;
  useEffect(() => {
    if (dialogOpen) return;
    return tinykeys(
      window,
      bindings({
        run: shell.run,
        stop: shell.stop,
        save: shell.saveFile,
        open: shell.chooseFile,
        templates: () => shell.show({ type: 'templates' }),
        undo: document.undo,
        redo: document.redo,
        palette: () => toggle.current(),
        settings: () => shell.show({ type: 'settings' }),
        help: () => shell.show({ type: 'shortcuts' }),
      }),
    );
  }, [shell, document, dialogOpen]);
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
    case 'no-storage':
      return {
        type: 'notes',
        title: 'Drafts cannot be kept here',
        lead: 'This browser does not let Editloom store anything, so save graph files yourself (File, Save graph file).',
        notes: [notice.message],
      };
  }
}
