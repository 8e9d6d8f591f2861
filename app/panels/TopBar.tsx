import {
  ChevronDown,
  Keyboard,
  Maximize,
  Menu as MenuIcon,
  PanelLeft,
  Redo2,
  Settings,
  SunMoon,
  Undo2,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { nameOfChange } from '../../graphs/changes.ts';
import { useDocument, useEditor } from '../use-editor.ts';
import { appEntries, changeEntries, fileEntries, viewEntries } from './entries.tsx';
import { IconButton } from './IconButton.tsx';
import { Mark } from './Mark.tsx';
import { MenuContent, MenuEntries } from './Menu.tsx';
import { SavedState } from './SavedState.tsx';
import { ServiceBadge } from './ServiceBadge.tsx';
import { useShell } from './shell.ts';
import { ThemeChoices } from './ThemeChoices.tsx';
import { TitleField } from './TitleField.tsx';
import styles from './TopBar.module.css';
import ui from './ui.module.css';
import { useNarrow } from './use-media.ts';

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
        <NarrowMenu rename={rename} />
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
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger className={ui.plain}>
            File <ChevronDown size={13} aria-hidden />
          </DropdownMenu.Trigger>
          <MenuContent>
            <MenuEntries entries={fileEntries(shell, rename)} />
          </MenuContent>
        </DropdownMenu.Root>
        <UndoRedo />
      </div>
      <div className={styles.middle}>
        <TitleField ref={title} />
        <SavedState />
      </div>
      <div className={styles.right}>
        <ServiceBadge />
        <span className={styles.divider} aria-hidden />
        <IconButton label="Fit into view" shortcut="fit" onClick={() => shell.canvas.current?.fit()}>
          <Maximize size={15} aria-hidden />
        </IconButton>
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger asChild>
            <IconButton label="Theme">
              <SunMoon size={16} aria-hidden />
            </IconButton>
          </DropdownMenu.Trigger>
          <MenuContent align="end">
            <ThemeChoices />
          </MenuContent>
        </DropdownMenu.Root>
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

function useUndo() {
  const undo = useDocument(({ history }) => history.past.at(-1)?.type ?? null);
  const redo = useDocument(({ history }) => history.future[0]?.type ?? null);
  return {
    undo: undo && `Undo: ${nameOfChange(undo)}`,
    redo: redo && `Redo: ${nameOfChange(redo)}`,
  };
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

function NarrowMenu({ rename }: { rename: () => void }) {
  const shell = useShell();
  const { document } = useEditor();
  const can = useUndo();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className={ui.icon} aria-label="Menu">
          <MenuIcon size={20} aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <MenuContent>
        <div className={styles.menuBrand}>
          <Mark size={20} /> Editloom
        </div>
        <MenuEntries
          entries={[
            ...fileEntries(shell, rename),
            'separator',
            ...changeEntries(document, can),
            ...viewEntries(shell),
            'separator',
            ...appEntries(shell),
          ]}
        />
        <DropdownMenu.Separator className={ui.separator} />
        <ThemeChoices />
      </MenuContent>
    </DropdownMenu.Root>
  );
}
