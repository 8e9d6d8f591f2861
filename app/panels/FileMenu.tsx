import { DropdownMenu } from 'radix-ui';
import { fileEntries } from './entries.tsx';
import { MenuContent, MenuEntries } from './Menu.tsx';
import type { PopupProps } from './on-demand.tsx';
import { useShell } from './shell.ts';

export default function FileMenu({ trigger, rename }: PopupProps & { rename: () => void }) {
  const shell = useShell();
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <MenuContent>
        <MenuEntries entries={fileEntries(shell, rename)} />
      </MenuContent>
    </DropdownMenu.Root>
  );
}
