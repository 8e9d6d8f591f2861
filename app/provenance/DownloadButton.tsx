import { ChevronDown, Download, FileImage } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { MenuContent } from '../panels/Menu.tsx';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useEditor } from '../use-editor.ts';
import { downloadPicture, type Downloaded } from './download.ts';

/** A picture as a file: with how it was made and its graph inside, or without anything of the kind. */
export function DownloadButton({ what }: { what: Downloaded }) {
  const { api } = useEditor();
  const { tellError } = useShell();
  const get = (plain: boolean): void => void downloadPicture(api, what, plain).catch(tellError);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className={ui.button}>
          <Download size={15} aria-hidden /> Download <ChevronDown size={13} aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <MenuContent>
        <DropdownMenu.Item className={ui.item} onSelect={() => get(false)}>
          <Download size={15} aria-hidden />
          <span className={ui.itemText}>Download with its details</span>
        </DropdownMenu.Item>
        <DropdownMenu.Item className={ui.item} onSelect={() => get(true)}>
          <FileImage size={15} aria-hidden />
          <span className={ui.itemText}>Download without details</span>
        </DropdownMenu.Item>
      </MenuContent>
    </DropdownMenu.Root>
  );
}
