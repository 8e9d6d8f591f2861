import { Braces, Copy, Text } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Provenance } from '../../graphs/provenance.ts';
import { IconButton } from '../panels/IconButton.tsx';
import { MenuContent } from '../panels/Menu.tsx';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useEditor } from '../use-editor.ts';
import type { Job } from '../wire.ts';
import { provenanceAsJson, provenanceAsText } from './as-text.ts';

/** How a picture was made, onto the clipboard: to be read, or as JSON with every request. */
export function CopyButton({ provenance, jobs }: { provenance: Provenance; jobs: ReadonlyMap<string, Job> }) {
  const { nodeTypes } = useEditor();
  const { tell, tellError } = useShell();
  const copy = (text: string): void =>
    void navigator.clipboard
      .writeText(text)
      .then(() => tell({ kind: 'info', text: 'How it was made is on the clipboard.' }))
      .catch(tellError);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label="Copy how it was made">
          <Copy size={15} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuContent align="end">
        <DropdownMenu.Item className={ui.item} onSelect={() => copy(provenanceAsText({ provenance, jobs, nodeTypes }))}>
          <Text size={15} aria-hidden />
          <span className={ui.itemText}>Copy as text</span>
        </DropdownMenu.Item>
        <DropdownMenu.Item className={ui.item} onSelect={() => copy(provenanceAsJson({ provenance, jobs }))}>
          <Braces size={15} aria-hidden />
          <span className={ui.itemText}>Copy as JSON</span>
        </DropdownMenu.Item>
      </MenuContent>
    </DropdownMenu.Root>
  );
}
