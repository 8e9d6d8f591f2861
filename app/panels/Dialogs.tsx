import { lazy, Suspense, type ReactNode } from 'react';
import type { DialogState } from './shell.ts';

const SettingsDialog = lazy(() => import('./SettingsDialog.tsx'));
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog.tsx'));
const TemplatesDialog = lazy(() => import('./TemplatesDialog.tsx'));
const NotesDialog = lazy(() => import('./NotesDialog.tsx'));
const SetAsideDialog = lazy(() => import('./SetAsideDialog.tsx'));
const NotSavingDialog = lazy(() => import('./NotSavingDialog.tsx'));
const RetryDialog = lazy(() => import('./RetryDialog.tsx'));
const ReportDialog = lazy(() => import('./ReportDialog.tsx'));
const StorageDialog = lazy(() => import('./StorageDialog.tsx'));
const UnknownDialog = lazy(() => import('./UnknownDialog.tsx'));
const VersionsDialog = lazy(() => import('./VersionsDialog.tsx'));
const KeepVersionDialog = lazy(() => import('./KeepVersionDialog.tsx'));
const Viewer = lazy(() => import('./Viewer.tsx'));

/** The one dialog that is open, loaded when it is first asked for. */
export function Dialogs({ state, onClose }: { state: DialogState | null; onClose: () => void }) {
  return <Suspense>{state && dialogOf(state, onClose)}</Suspense>;
}

function dialogOf(state: DialogState, onClose: () => void): ReactNode {
  switch (state.type) {
    case 'settings':
      return <SettingsDialog onClose={onClose} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />;
    case 'storage':
      return <StorageDialog onClose={onClose} />;
    case 'templates':
      return <TemplatesDialog onClose={onClose} />;
    case 'versions':
      return <VersionsDialog onClose={onClose} />;
    case 'keep-version':
      return <KeepVersionDialog onClose={onClose} />;
    case 'notes':
      return <NotesDialog {...state} onClose={onClose} />;
    case 'set-aside':
      return <SetAsideDialog {...state} onClose={onClose} />;
    case 'not-saving':
      return <NotSavingDialog onClose={onClose} />;
    case 'retry':
      return <RetryDialog failures={state.failures} onClose={onClose} />;
    case 'report':
      return <ReportDialog jobKey={state.key ?? null} onClose={onClose} />;
    case 'unknown':
      return <UnknownDialog first={state.key ?? null} onClose={onClose} />;
    case 'viewer':
      return <Viewer node={state.node} index={state.index} onClose={onClose} />;
  }
}
