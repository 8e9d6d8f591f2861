import { DropdownMenu } from 'radix-ui';
import type { FocusEvent, ReactNode } from 'react';
import { isMac, keyCaps, shortcut, type ShortcutId } from '../shortcuts.ts';
import ui from './ui.module.css';

export type MenuEntry =
  | {
      readonly label: string;
      readonly icon: ReactNode;
      readonly act: () => void;
      readonly shortcut?: ShortcutId;
      readonly disabled?: boolean;
    }
  | 'separator';

/** The entries of a menu; they stand in the top bar's menus and in the one menu of a telephone alike. */
export function MenuEntries({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry, i) =>
    entry === 'separator' ? (
      // oxlint-disable-next-line react/no-array-index-key -- separators have nothing else to be told apart by
      <DropdownMenu.Separator key={i} className={ui.separator} />
    ) : (
      <DropdownMenu.Item
        key={entry.label}
        className={ui.item}
        disabled={entry.disabled ?? false}
        onSelect={() => entry.act()}
      >
        {entry.icon}
        <span className={ui.itemText}>{entry.label}</span>
        {entry.shortcut && <Keys id={entry.shortcut} />}
      </DropdownMenu.Item>
    ),
  );
}

export function Keys({ id }: { id: ShortcutId }) {
  return <KeyCaps combination={shortcut(id).keys[0]!} />;
}

export function KeyCaps({ combination }: { combination: string }) {
  return (
    <span className={ui.kbd}>
      {keyCaps(combination, isMac()).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}

export function MenuContent({ children, align = 'start' }: { children: ReactNode; align?: 'start' | 'end' }) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        className={ui.menu}
        align={align}
        sideOffset={6}
        collisionPadding={8}
        onFocus={beginWithFirst}
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}

/**
 * A menu that was opened by a key begins with its first entry. Radix would see to it, had it been there when the key was
 * pressed: menus are loaded on demand. Moving on from an entry to the menu itself is no beginning.
 */
function beginWithFirst({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>): void {
  if (target !== currentTarget || currentTarget.contains(relatedTarget) || !currentTarget.matches(':focus-visible'))
    return;
  currentTarget.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus();
}
