import { ChevronDown, Download, FileImage } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { IconButton } from '../panels/IconButton.tsx';
import { MenuContent } from '../panels/Menu.tsx';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useEditor } from '../use-editor.ts';
import { downloadPicture, type Downloaded } from './download.ts';

type Props = {
  /** Asked for when it is wanted. */
  what: () => Downloaded | Promise<Downloaded>;
  /** A bar has room for a picture only. */
  icon?: boolean;
};

/** A picture as a file: with how it was made and its graph inside, or without anything of the kind. */
export function DownloadButton({ what, icon = false }: Props) {
  const { api } = useEditor();
  const { tellError } = useShell();
  const save = async (plain: boolean): Promise<void> => downloadPicture(api, await what(), plain);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        {icon ? (
          <IconButton label="Download the picture">
            <Download size={16} aria-hidden />
          </IconButton>
        ) : (
          <button type="button" className={ui.button}>
            <Download size={15} aria-hidden /> Download <ChevronDown size={13} aria-hidden />
          </button>
        )}
      </DropdownMenu.Trigger>
      <MenuContent {...(icon ? { align: 'end' as const } : {})}>
        <DropdownMenu.Item className={ui.item} onSelect={() => void save(false).catch(tellError)}>
          <Download size={15} aria-hidden />
          <span className={ui.itemText}>Download with its details</span>
        </DropdownMenu.Item>
        <DropdownMenu.Item className={ui.item} onSelect={() => void save(true).catch(tellError)}>
          <FileImage size={15} aria-hidden />
          <span className={ui.itemText}>Download without details</span>
        </DropdownMenu.Item>
      </MenuContent>
    </DropdownMenu.Root>
  );
}
