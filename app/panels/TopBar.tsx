import {
  ChevronDown,
  Images,
  Keyboard,
  Maximize,
  Menu as MenuIcon,
  PanelLeft,
  Redo2,
  Settings,
  SunMoon,
  Undo2,
} from 'lucide-react';
import { useRef } from 'react';
import { useEditor } from '../use-editor.ts';
import { IconButton } from './IconButton.tsx';
import { Mark } from './Mark.tsx';
import { onDemand } from './on-demand.tsx';
import { SavedState } from './SavedState.tsx';
import { ServiceBadge } from './ServiceBadge.tsx';
import { useShell } from './shell.ts';
import { TitleField } from './TitleField.tsx';
import styles from './TopBar.module.css';
import ui from './ui.module.css';
import { useNarrow } from './use-media.ts';
import { useUndo } from './use-undo.ts';

const FileMenu = onDemand(() => import('./FileMenu.tsx'));
const ThemeMenu = onDemand(() => import('./ThemeMenu.tsx'));
const NarrowMenu = onDemand(() => import('./NarrowMenu.tsx'));

type Props = { paletteOpen: boolean; onPalette: () => void };

/** Product, document, undo, edit service and settings; on a narrow screen all but title and service is in one menu. */
export function TopBar({ paletteOpen, onPalette }: Props) {
  const narrow = useNarrow();
  const shell = useShell();
  const title = useRef<HTMLInputElement>(null);
  // The closing menu takes the focus back first, so the field gets it afterwards.
  const rename = (): void => void setTimeout(() => title.current?.focus(), 50);

  if (narrow)
    return (
      <header className={styles.bar}>
        <NarrowMenu rename={rename}>
          <button type="button" className={ui.icon} aria-label="Menu">
            <MenuIcon size={20} aria-hidden />
          </button>
        </NarrowMenu>
        <TitleField ref={title} />
        <SavedState />
        <ServiceBadge />
      </header>
    );
  return (
    <header className={styles.bar}>
      <div className={styles.left}>
        <IconButton
          label={paletteOpen ? 'Hide the nodes panel' : 'Show the nodes panel'}
          shortcut="palette"
          aria-pressed={paletteOpen}
          onClick={onPalette}
        >
          <PanelLeft size={16} aria-hidden />
        </IconButton>
        <span className={styles.brand}>
          <Mark /> Editloom
        </span>
        <FileMenu rename={rename}>
          <button type="button" className={ui.plain}>
            File <ChevronDown size={13} aria-hidden />
          </button>
        </FileMenu>
        <UndoRedo />
      </div>
      <div className={styles.middle}>
        <TitleField ref={title} />
        <SavedState />
      </div>
      <div className={styles.right}>
        <ServiceBadge />
        <span className={styles.divider} aria-hidden />
        <IconButton label="Gallery of all pictures" shortcut="gallery" onClick={() => shell.show({ type: 'gallery' })}>
          <Images size={16} aria-hidden />
        </IconButton>
        <IconButton label="Fit into view" shortcut="fit" onClick={() => shell.canvas()?.fit()}>
          <Maximize size={15} aria-hidden />
        </IconButton>
        <ThemeMenu>
          <IconButton label="Theme">
            <SunMoon size={16} aria-hidden />
          </IconButton>
        </ThemeMenu>
        <IconButton label="Keyboard shortcuts" shortcut="help" onClick={() => shell.show({ type: 'shortcuts' })}>
          <Keyboard size={16} aria-hidden />
        </IconButton>
        <IconButton label="Settings" shortcut="settings" onClick={() => shell.show({ type: 'settings' })}>
          <Settings size={16} aria-hidden />
        </IconButton>
      </div>
    </header>
  );
}

function UndoRedo() {
  const { document } = useEditor();
  const { undo, redo } = useUndo();
  return (
    <span className={styles.group}>
      <IconButton label={undo ?? 'Nothing to undo'} shortcut="undo" inactive={!undo} onClick={document.undo}>
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton label={redo ?? 'Nothing to redo'} shortcut="redo" inactive={!redo} onClick={document.redo}>
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </span>
  );
}
