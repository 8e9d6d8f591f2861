import { DropdownMenu } from 'radix-ui';
import { MenuContent } from './Menu.tsx';
import type { PopupProps } from './on-demand.tsx';
import { ThemeChoices } from './ThemeChoices.tsx';

export default function ThemeMenu({ trigger }: PopupProps) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <MenuContent align="end">
        <ThemeChoices />
      </MenuContent>
    </DropdownMenu.Root>
  );
}
