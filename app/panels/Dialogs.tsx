import { lazy, Suspense, type ReactNode } from 'react';
import type { DialogState } from './shell.ts';

const SettingsDialog = lazy(() => import('./SettingsDialog.tsx'));
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog.tsx'));
const TemplatesDialog = lazy(() => import('./TemplatesDialog.tsx'));
const NotesDialog = lazy(() => import('./NotesDialog.tsx'));
const SetAsideDialog = lazy(() => import('./SetAsideDialog.tsx'));
const NotSavingDialog = lazy(() => import('./NotSavingDialog.tsx'));
const AskRunDialog = lazy(() => import('./AskRunDialog.tsx'));
const AskTakeDialog = lazy(() => import('./AskTakeDialog.tsx'));
const MoreSeedsDialog = lazy(() => import('./MoreSeedsDialog.tsx'));
const HeldDialog = lazy(() => import('./HeldDialog.tsx'));
const RetryDialog = lazy(() => import('./RetryDialog.tsx'));
const ReportDialog = lazy(() => import('./ReportDialog.tsx'));
const StorageDialog = lazy(() => import('./StorageDialog.tsx'));
const UnknownDialog = lazy(() => import('./UnknownDialog.tsx'));
const VersionsDialog = lazy(() => import('./VersionsDialog.tsx'));
const KeepVersionDialog = lazy(() => import('./KeepVersionDialog.tsx'));
const MadeDialog = lazy(() => import('../provenance/MadeDialog.tsx'));
const HistoryDialog = lazy(() => import('../provenance/HistoryDialog.tsx'));
const CarriedDialog = lazy(() => import('../provenance/CarriedDialog.tsx'));
const Compare = lazy(() => import('../compare/Compare.tsx'));
const SkipFilesDialog = lazy(() => import('./SkipFilesDialog.tsx'));
const TableDialog = lazy(() => import('../table/TableDialog.tsx'));
const TableImportDialog = lazy(() => import('../table/TableImportDialog.tsx'));
const PickDialog = lazy(() => import('../pick/PickDialog.tsx'));
const Gallery = lazy(() => import('../gallery/Gallery.tsx'));
const ExportDialog = lazy(() => import('../exports/ExportDialog.tsx'));
const Viewer = lazy(() => import('./Viewer.tsx'));

/** The one dialog that is open, loaded when it is first asked for. */
export default function Dialogs({ state, onClose }: { state: DialogState; onClose: () => void }) {
  return <Suspense>{dialogOf(state, onClose)}</Suspense>;
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
    case 'skip-files':
      return <SkipFilesDialog {...state} onClose={onClose} />;
    case 'table-import':
      return <TableImportDialog {...state} onClose={onClose} />;
    case 'table':
      return <TableDialog node={state.node} name={state.name} onClose={onClose} />;
    case 'retry':
      return <RetryDialog failures={state.failures} onClose={onClose} />;
    case 'ask-run':
      return <AskRunDialog wish={state.wish} count={state.count} onClose={onClose} />;
    case 'ask-take':
      return <AskTakeDialog firstKeys={state.firstKeys} onClose={onClose} />;
    case 'more-seeds':
      return <MoreSeedsDialog node={state.node} onClose={onClose} />;
    case 'held':
      return <HeldDialog by={state.by} onClose={onClose} />;
    case 'report':
      return <ReportDialog jobKey={state.key ?? null} onClose={onClose} />;
    case 'unknown':
      return <UnknownDialog first={state.key ?? null} onClose={onClose} />;
    case 'grid':
      return null;
    case 'made':
      return <MadeDialog key={state.key} jobKey={state.key} onClose={onClose} />;
    case 'history':
      return <HistoryDialog node={state.node} index={state.index} onClose={onClose} />;
    case 'carried':
      return <CarriedDialog {...state} onClose={onClose} />;
    case 'compare':
      return <Compare {...state} onClose={onClose} />;
    case 'pick':
      return <PickDialog node={state.node} start={state.start} onClose={onClose} />;
    case 'gallery':
      return <Gallery view={state.view} onClose={onClose} />;
    case 'export':
      return <ExportDialog state={state} onClose={onClose} />;
    case 'viewer':
      return <Viewer {...state} onClose={onClose} />;
  }
}
