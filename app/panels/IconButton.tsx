import { Tooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { isMac, keyText, type ShortcutId } from '../shortcuts.ts';
import ui from './ui.module.css';

type Props = Omit<ComponentProps<'button'>, 'title' | 'children'> & {
  label: string;
  shortcut?: ShortcutId;
  /** Looks and says that it does nothing now, but keeps the focus and its tooltip. */
  inactive?: boolean;
  children: ReactNode;
};

/** A button that is a picture: its name stands in a tooltip, with its key. */
export function IconButton({ label, shortcut, inactive, children, onClick, className, ...rest }: Props) {
  return (
    <Tip label={label} {...(shortcut ? { shortcut } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-disabled={inactive || undefined}
        className={className ?? ui.icon}
        onClick={inactive ? undefined : onClick}
        {...rest}
      >
        {children}
      </button>
    </Tip>
  );
}

export function Tip({ label, shortcut, children }: { label: string; shortcut?: ShortcutId; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={ui.tooltip} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut && <span>{keyText(shortcut, isMac())}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
