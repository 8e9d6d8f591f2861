import { DropdownMenu } from 'radix-ui';
import { useEditor } from '../use-editor.ts';
import { appEntries, changeEntries, fileEntries, viewEntries } from './entries.tsx';
import { Mark } from './Mark.tsx';
import { MenuContent, MenuEntries } from './Menu.tsx';
import type { PopupProps } from './on-demand.tsx';
import { useShell } from './shell.ts';
import { ThemeChoices } from './ThemeChoices.tsx';
import styles from './TopBar.module.css';
import ui from './ui.module.css';
import { useUndo } from './use-undo.ts';

/** Everything that a wide top bar shows, in one menu. */
export default function NarrowMenu({ trigger, rename }: PopupProps & { rename: () => void }) {
  const shell = useShell();
  const { document } = useEditor();
  const can = useUndo();
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
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
