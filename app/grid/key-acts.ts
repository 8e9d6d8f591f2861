import type { KeyboardEvent } from 'react';
import type { GridActions } from './actions.ts';
import { tasksAt, type Spot } from './grid-keys.ts';
import type { GridLayout } from './grid-layout.ts';
import type { SpotActs } from './spot-acts.ts';
import type { GridSelection } from './use-selection.ts';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What a key that does not move does with the cell or header it is pressed on; null = nothing, so others may take it. */
export function actOfKey(
  press: Press,
  of: Spot,
  options: {
    layout: GridLayout;
    selection: GridSelection;
    actions: GridActions;
    acts: SpotActs;
    size: number;
    zoomTo: (size: number | null) => void;
    openMenu: (of: Spot) => void;
    close: () => void;
  },
): (() => void) | null {
  const { layout, selection, actions, acts, size, zoomTo, openMenu, close } = options;
  const { selected, targets } = selection;
  const { key, shiftKey, altKey } = press;
  const [index] = tasksAt(layout, of);
  const isCell = of.row >= 0 && of.column >= 0;
  if (press.ctrlKey || press.metaKey) {
    if (key.toLowerCase() === 'a' && !shiftKey) return selection.all;
    if (key.toLowerCase() === 'c' && isCell && index !== undefined) return () => actions.copyText(index);
    return null;
  }
  if (altKey) return null;
  if (key === 'Enter') return isCell ? () => index !== undefined && actions.open(index) : () => openMenu(of);
  if (key === ' ') return () => (shiftKey ? selection.extendTo(of, true) : selection.toggle(of));
  if (key === 'ContextMenu' || (shiftKey && key === 'F10')) return () => openMenu(of);
  if (key === 'Escape') return selected.size > 0 ? selection.clear : close;
  if (/^[0-5]$/.test(key)) return () => actions.rate(targets(of), Number(key));
  if (key === '+' || key === '=') return () => zoomTo(size * 1.2);
  if (key === '-') return () => zoomTo(size / 1.2);
  if (key === '.') return () => zoomTo(null);
  switch (key.toLowerCase()) {
    case 'x':
      return () => acts.strike(of);
    case 'm':
      return () => actions.make(targets(of));
    case 'r':
      return () => actions.retry(targets(of));
    case 't':
      return () => actions.takeAnew(targets(of));
    case 'c':
      return () => acts.compare(of);
    case 's':
      return () => isCell && index !== undefined && actions.save(index, false);
    case 'i':
      return () => actions.useAsInput(targets(of));
    default:
      return null;
  }
}
