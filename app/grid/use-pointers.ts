import type { MouseEvent, PointerEvent } from 'react';
import type { GridActions } from './actions.ts';
import { tasksAt, type Spot } from './grid-keys.ts';
import type { GridLayout } from './grid-layout.ts';
import { partOf, spotOf } from './spot-element.ts';
import { useLongPress } from './use-touch.ts';
import type { GridSelection } from './use-selection.ts';

/** What clicks, taps, long presses and the right button do in the cells and headers. */
export function usePointers(options: {
  layout: GridLayout;
  selection: GridSelection;
  actions: GridActions;
  setSpot: (spot: Spot) => void;
  focus: (spot: Spot) => void;
  openMenu: (of: Spot, at: { x: number; y: number }) => void;
}) {
  const { layout, selection, actions, setSpot, focus, openMenu } = options;
  const press = useLongPress((target, at) => {
    const of = spotOf(target);
    if (of) openMenu(of, at);
  });

  return {
    onPointerDown(event: PointerEvent): void {
      press.down(event);
      const at = spotOf(event.target);
      if (!at || event.button !== 0 || event.pointerType === 'touch') return;
      // Where the focus goes, so that a range begins at the cell before this one.
      if (event.shiftKey) event.preventDefault();
      setSpot(at);
    },
    onPointerMove: (event: PointerEvent): void => press.move(event),
    onPointerUp: (): void => press.end(),
    onPointerCancel: (): void => press.end(),
    onClick(event: MouseEvent): void {
      const at = spotOf(event.target);
      if (!at || press.wasLong()) return;
      const part = partOf(event.target);
      const isTouch = (event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch';
      if (part === 'menu') return openMenu(at, { x: event.clientX, y: event.clientY });
      if (event.shiftKey && part === undefined) {
        selection.extendTo(at, event.ctrlKey || event.metaKey);
        focus(at);
        return;
      }
      const isHeader = at.row < 0 || at.column < 0;
      const selects = part === 'select' || event.ctrlKey || event.metaKey || isHeader;
      if (selects || (isTouch && selection.selected.size > 0)) return selection.toggle(at);
      selection.beginAt(at);
      const [index] = tasksAt(layout, at);
      if (isTouch && index !== undefined) actions.open(index);
    },
    onDoubleClick(event: MouseEvent): void {
      const at = spotOf(event.target);
      const [index] = at && at.row >= 0 && at.column >= 0 ? tasksAt(layout, at) : [];
      const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (index !== undefined && partOf(event.target) === undefined && isPlain) actions.open(index);
    },
    onContextMenu(event: MouseEvent): void {
      const at = spotOf(event.target);
      if (!at) return;
      event.preventDefault();
      // A finger that rests opens it itself.
      if (!press.wasLong()) openMenu(at, { x: event.clientX, y: event.clientY });
    },
  };
}
