import { FileDown } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import type { PlannedNode } from '../../graphs/task.ts';
import { valueId } from '../../graphs/axes.ts';
import { useShell } from '../panels/shell.ts';
import { isInField } from '../shortcuts.ts';
import { useEditor } from '../use-editor.ts';
import { createGridActions, MOST_COMPARED } from './actions.ts';
import { AxisBar } from './AxisBar.tsx';
import { IconButton } from '../panels/IconButton.tsx';
import ui from '../panels/ui.module.css';
import styles from './Grid.module.css';
import { CellMenu, HeaderMenu } from './GridMenu.tsx';
import { GridTable, type GridTableHandle } from './GridTable.tsx';
import { moveOf, tasksAt, tasksBetween, type Spot } from './grid-keys.ts';
import { pointOf, titleOfAxis } from './grid-layout.ts';
import { OtherAxes } from './OtherAxes.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SpotBar } from './SpotBar.tsx';
import { StruckNotes } from './StruckNotes.tsx';
import { useGrid } from './use-grid.ts';
import { useLongPress, useZoomGestures } from './use-touch.ts';

type Props = {
  /** The beginning and the end of the line at the top. */
  start: ReactNode;
  end: ReactNode;
  node: string;
  asked: number;
  planned: PlannedNode;
  title: string;
  onClose: () => void;
};
type OpenMenu = { readonly spot: Spot; readonly at: { x: number; y: number } };

/** The table of one node with everything that can be done in it. */
export function GridBody({ node, asked, planned, title, onClose, start, end }: Props) {
  const editor = useEditor();
  const shell = useShell();
  const grid = useGrid(node, planned);
  const { layout, spot, setSpot, scroller, size, zoomTo } = grid;
  const actions = useMemo(() => createGridActions({ editor, shell, node }), [editor, shell, node]);
  const handle = useRef<GridTableHandle>(null);
  const [picked, setPicked] = useState<ReadonlySet<number>>(nothing);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const anchor = useRef<Spot>(spot);
  // A sweep that got shorter takes its cells out of the selection.
  const selected = useMemo(() => within(picked, planned.tasks.length), [picked, planned.tasks.length]);
  useZoomGestures(scroller, size, zoomTo);
  const press = useLongPress((target, at) => openMenu(spotOf(target), at));

  // Whoever opens the grid wants to be in it.
  const first = useRef(spot);
  useEffect(() => {
    first.current = spot;
  });
  useEffect(() => handle.current?.focus(first.current), [asked]);

  const onSpot = useCallback((next: Spot) => setSpot(next), [setSpot]);

  /** What an act is about: the selection where the cell is part of it, else the cell, or the row or column of a header. */
  function targets(of: Spot): number[] {
    const tasks = tasksAt(layout, of);
    return tasks.length > 0 && tasks.every((index) => selected.has(index)) ? [...selected] : tasks;
  }

  function toggle(of: Spot): void {
    const tasks = tasksAt(layout, of);
    const next = new Set(selected);
    const isIn = tasks.every((index) => next.has(index));
    for (const index of tasks) {
      if (isIn) next.delete(index);
      else next.add(index);
    }
    anchor.current = of;
    setPicked(next);
  }

  function extendTo(of: Spot, add: boolean): void {
    setPicked(new Set([...(add ? selected : nothing), ...tasksBetween(layout, anchor.current, of)]));
  }

  function openMenu(of: Spot | null, at: { x: number; y: number }): void {
    if (!of) return;
    setSpot(of);
    setMenu({ spot: of, at });
  }

  function openMenuAt(of: Spot): void {
    const box = elementAt(of)?.getBoundingClientRect();
    if (box) openMenu(of, { x: box.left + Math.min(28, box.width / 2), y: box.top + Math.min(28, box.height / 2) });
  }

  const elementAt = (of: Spot): HTMLElement | null | undefined =>
    scroller.current?.querySelector<HTMLElement>(`[data-spot="${of.row}:${of.column}"]`);

  /** Struck out or put back: a header its value, a cell itself. */
  function strike(of: Spot): void {
    if (of.row >= 0 && of.column >= 0) {
      const tasks = targets(of);
      actions.strike(tasks, actions.struckAlone(tasks).length < tasks.length);
      return;
    }
    const axis = of.row < 0 ? layout.columnAxis : layout.rowAxis;
    const index = of.row < 0 ? layout.columns[of.column] : layout.rows[of.row];
    if (!axis || index === undefined) return;
    const { struck } = pointOf(axis, index);
    // Struck out by any of its members, put back in all of them.
    for (const member of struck ? axis.members : axis.members.slice(0, 1))
      actions.strikeValues(member.node, [valueId(member.values[index])], !struck);
  }

  function act(event: KeyboardEvent, of: Spot): (() => void) | null {
    const { key } = event;
    const mod = event.ctrlKey || event.metaKey;
    const [index] = tasksAt(layout, of);
    const isCell = of.row >= 0 && of.column >= 0;
    if (mod) {
      if (key.toLowerCase() === 'a' && !event.shiftKey) return () => setPicked(new Set(allShown()));
      if (key.toLowerCase() === 'c' && isCell && index !== undefined) return () => actions.copyText(index);
      return null;
    }
    if (event.altKey) return null;
    if (key === 'Enter') return isCell ? () => index !== undefined && actions.open(index) : () => openMenuAt(of);
    if (key === ' ') return () => (event.shiftKey ? extendTo(of, true) : toggle(of));
    if (key === 'ContextMenu' || (event.shiftKey && key === 'F10')) return () => openMenuAt(of);
    if (key === 'Escape') return selected.size > 0 ? () => setPicked(nothing) : onClose;
    if (/^[0-5]$/.test(key)) return () => actions.rate(targets(of), Number(key));
    if (key === '+' || key === '=') return () => zoomTo(size * 1.2);
    if (key === '-') return () => zoomTo(size / 1.2);
    if (key === '.') return () => zoomTo(null);
    switch (key.toLowerCase()) {
      case 'x':
        return () => strike(of);
      case 'm':
        return () => actions.make(targets(of));
      case 'r':
        return () => actions.retry(targets(of));
      case 't':
        return () => actions.newTake(actions.takesOf(targets(of)));
      case 'c':
        return () => compare(of);
      case 's':
        return () => isCell && index !== undefined && actions.save(index, false);
      case 'i':
        return () => actions.useAsInput(targets(of));
      default:
        return null;
    }
  }

  /** The selection, else the cell; the comparison asks for a second one itself. */
  function compare(of: Spot): void {
    const tasks = targets(of);
    if (tasks.length <= MOST_COMPARED) actions.compare(tasks);
    else shell.tell({ kind: 'info', text: `Two to four pictures can be compared, and ${tasks.length} are selected.` });
  }

  const allShown = (): number[] =>
    tasksBetween(layout, { row: 0, column: -1 }, { row: layout.rowCount - 1, column: -1 });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isInField(event.target)) return;
    const from = spotOf(event.target) ?? spot;
    const mod = event.ctrlKey || event.metaKey;
    const to = moveOf({ key: event.key, mod, alt: event.altKey }, from, layout, handle.current?.page() ?? onePage);
    const move = to && (() => goTo(to, event.shiftKey));
    const done = move ?? act(event, from);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    done();
  }

  function goTo(to: Spot, extend: boolean): void {
    handle.current?.focus(to);
    if (extend) extendTo(to, false);
    else anchor.current = to;
  }

  function onPointerDown(event: PointerEvent): void {
    press.down(event);
    const at = spotOf(event.target);
    if (!at || event.button !== 0 || event.pointerType === 'touch') return;
    // Where the focus goes, so that a range begins at the cell before this one.
    if (event.shiftKey) event.preventDefault();
    setSpot(at);
  }

  function onClick(event: MouseEvent): void {
    const at = spotOf(event.target);
    if (!at || press.wasLong()) return;
    const part =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]')?.dataset.act : undefined;
    const isTouch = (event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch';
    if (part === 'menu') return openMenu(at, { x: event.clientX, y: event.clientY });
    if (event.shiftKey && part === undefined) {
      extendTo(at, event.ctrlKey || event.metaKey);
      handle.current?.focus(at);
      return;
    }
    const isHeader = at.row < 0 || at.column < 0;
    if (part === 'select' || event.ctrlKey || event.metaKey || isHeader || (isTouch && selected.size > 0))
      return toggle(at);
    anchor.current = at;
    const [index] = tasksAt(layout, at);
    if (isTouch && index !== undefined) actions.open(index);
  }

  function onDoubleClick(event: MouseEvent): void {
    const at = spotOf(event.target);
    const onPart = event.target instanceof Element && event.target.closest('[data-act]') !== null;
    const [index] = at && at.row >= 0 && at.column >= 0 ? tasksAt(layout, at) : [];
    if (index !== undefined && !onPart && !event.ctrlKey && !event.metaKey && !event.shiftKey) actions.open(index);
  }

  const exportCells = (tasks: readonly number[]): void =>
    actions.exportCells(tasks, { rows: layout.rowAxis?.id ?? null, columns: layout.columnAxis?.id ?? null });

  function closeMenu(): void {
    const of = menu?.spot;
    setMenu(null);
    // What the menu did may have taken the focus somewhere on purpose.
    requestAnimationFrame(() => {
      if (of && document.activeElement === document.body) handle.current?.focus(of);
    });
  }

  return (
    <>
      <header className={styles.header}>
        {start}
        <AxisBar axes={planned.axes} grid={grid}>
          {planned.type?.picks && (
            <button type="button" className={ui.button} onClick={actions.pick}>
              Pick…
            </button>
          )}
          <IconButton label="Export the grid…" onClick={() => exportCells([])}>
            <FileDown size={16} aria-hidden />
          </IconButton>
        </AxisBar>
        {end}
      </header>
      <OtherAxes axes={planned.axes} grid={grid} />
      <StruckNotes planned={planned} actions={actions} />
      <div className={styles.table}>
        <GridTable
          planned={planned}
          layout={layout}
          label={`Results of ${title}`}
          colours={grid.colours}
          size={size}
          ratio={grid.ratio}
          box={grid.box}
          spot={spot}
          selected={selected}
          handle={handle}
          scroller={scroller}
          corner={<Corner rows={titleOfAxis(layout.rowAxis)} columns={titleOfAxis(layout.columnAxis)} />}
          onSpot={onSpot}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          onPointerMove={(event) => press.move(event)}
          onPointerUp={() => press.end()}
          onPointerCancel={() => press.end()}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={(event) => {
            const at = spotOf(event.target);
            if (!at) return;
            event.preventDefault();
            // A finger that rests opens it itself.
            if (!press.wasLong()) openMenu(at, { x: event.clientX, y: event.clientY });
          }}
        />
      </div>
      {selected.size > 0 ? (
        <SelectionBar
          tasks={[...selected]}
          actions={actions}
          onExport={exportCells}
          onClear={() => setPicked(nothing)}
        />
      ) : (
        <SpotBar
          spot={spot}
          layout={layout}
          planned={planned}
          actions={actions}
          onMenu={() => openMenuAt(spot)}
          onStrike={strike}
        />
      )}
      {menu &&
        (menu.spot.row >= 0 && menu.spot.column >= 0 ? (
          <CellMenu
            at={menu.at}
            tasks={targets(menu.spot)}
            selected={selected.size > 0 && targets(menu.spot).every((index) => selected.has(index))}
            actions={actions}
            onSelect={() => toggle(menu.spot)}
            onStrike={() => strike(menu.spot)}
            onExport={exportCells}
            onClose={closeMenu}
          />
        ) : (
          <HeaderMenu
            at={menu.at}
            spot={menu.spot}
            layout={layout}
            choice={grid.choice}
            tasks={tasksAt(layout, menu.spot)}
            actions={actions}
            onChoose={grid.choose}
            onSelect={() => toggle(menu.spot)}
            onStrike={() => strike(menu.spot)}
            onClose={closeMenu}
          />
        ))}
    </>
  );
}

const nothing: ReadonlySet<number> = new Set();
const onePage = { rows: 1, columns: 1 };

function within(tasks: ReadonlySet<number>, count: number): ReadonlySet<number> {
  for (const index of tasks) if (index >= count) return new Set([...tasks].filter((other) => other < count));
  return tasks;
}

function spotOf(target: EventTarget): Spot | null {
  const place = target instanceof Element ? target.closest<HTMLElement>('[data-spot]')?.dataset.spot : undefined;
  if (place === undefined) return null;
  const [row, column] = place.split(':').map(Number);
  return { row: row!, column: column! };
}

/** Which axis runs where, at the place where both begin. */
function Corner({ rows, columns }: { rows: string; columns: string }) {
  return (
    <>
      <span className={styles.cornerColumns}>{columns} →</span>
      <span className={styles.cornerRows}>{rows} ↓</span>
    </>
  );
}
