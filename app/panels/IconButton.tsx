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
export function IconButton({ label, shortcut, inactive, children, onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      className={ui.icon}
      aria-label={label}
      aria-disabled={inactive || undefined}
      onClick={inactive ? undefined : onClick}
      {...tip(label, shortcut)}
      {...rest}
    >
      {children}
    </button>
  );
}

/** Makes the app's tooltip say this when the pointer rests on the element or it has the focus. */
export function tip(text: string, shortcut?: ShortcutId): { 'data-tip': string; 'data-keys'?: string } {
  return { 'data-tip': text, ...(shortcut ? { 'data-keys': keyText(shortcut, isMac()) } : {}) };
}
