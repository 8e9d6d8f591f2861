import {
  BookmarkPlus,
  FileOutput,
  FilePlus2,
  FolderOpen,
  HardDrive,
  History,
  Images,
  Keyboard,
  LayoutTemplate,
  LifeBuoy,
  Maximize,
  PencilLine,
  Redo2,
  Save,
  Settings,
  Undo2,
  UndoDot,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { EditorDocument } from '../document.ts';
import type { MenuEntry } from './Menu.tsx';
import type { Shell } from './shell.ts';

const size = { size: 15, 'aria-hidden': true } as const;

export function fileEntries(shell: Shell, rename: () => void): MenuEntry[] {
  return [
    { label: 'New graph', icon: <FilePlus2 {...size} />, act: shell.newGraph },
    {
      label: 'Templates…',
      icon: <LayoutTemplate {...size} />,
      act: () => shell.show({ type: 'templates' }),
      shortcut: 'templates',
    },
    { label: 'Open…', icon: <FolderOpen {...size} />, act: shell.chooseFile, shortcut: 'open' },
    { label: 'Back to the graph before', icon: <UndoDot {...size} />, act: shell.reopenPrevious },
    'separator',
    {
      label: 'Versions…',
      icon: <History {...size} />,
      act: () => shell.show({ type: 'versions' }),
      shortcut: 'versions',
    },
    {
      label: 'Keep a version…',
      icon: <BookmarkPlus {...size} />,
      act: () => shell.show({ type: 'keep-version' }),
      shortcut: 'keep-version',
    },
    'separator',
    {
      label: 'Gallery…',
      icon: <Images {...size} />,
      act: () => shell.show({ type: 'gallery' }),
      shortcut: 'gallery',
    },
    'separator',
    { label: 'Save graph file', icon: <Save {...size} />, act: shell.saveFile, shortcut: 'save' },
    {
      label: 'Export…',
      icon: <FileOutput {...size} />,
      act: () => shell.show({ type: 'export', node: null }),
      shortcut: 'export',
    },
    { label: 'Rename', icon: <PencilLine {...size} />, act: rename },
    'separator',
    { label: 'Storage…', icon: <HardDrive {...size} />, act: () => shell.show({ type: 'storage' }) },
    { label: 'Report a problem…', icon: <LifeBuoy {...size} />, act: () => shell.show({ type: 'report' }) },
  ];
}

export function changeEntries(
  document: EditorDocument,
  can: { undo: string | null; redo: string | null },
): MenuEntry[] {
  return [
    { label: can.undo ?? 'Undo', icon: <Undo2 {...size} />, act: document.undo, shortcut: 'undo', disabled: !can.undo },
    { label: can.redo ?? 'Redo', icon: <Redo2 {...size} />, act: document.redo, shortcut: 'redo', disabled: !can.redo },
  ];
}

export function viewEntries(shell: Shell): MenuEntry[] {
  const { canvas } = shell;
  return [
    { label: 'Fit into view', icon: <Maximize {...size} />, act: () => canvas()?.fit(), shortcut: 'fit' },
    { label: 'Zoom in', icon: <ZoomIn {...size} />, act: () => canvas()?.zoomIn(), shortcut: 'zoom-in' },
    { label: 'Zoom out', icon: <ZoomOut {...size} />, act: () => canvas()?.zoomOut(), shortcut: 'zoom-out' },
  ];
}

export function appEntries(shell: Shell): MenuEntry[] {
  return [
    {
      label: 'Keyboard shortcuts',
      icon: <Keyboard {...size} />,
      act: () => shell.show({ type: 'shortcuts' }),
      shortcut: 'help',
    },
    {
      label: 'Settings…',
      icon: <Settings {...size} />,
      act: () => shell.show({ type: 'settings' }),
      shortcut: 'settings',
    },
  ];
}
