import { FileDown } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PlannedNode } from '../../graphs/task.ts';
import { IconButton } from '../panels/IconButton.tsx';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { isInField } from '../shortcuts.ts';
import { useEditor } from '../use-editor.ts';
import { createGridActions } from './actions.ts';
import { AxisBar } from './AxisBar.tsx';
import cells from './Cells.module.css';
import styles from './Grid.module.css';
import { CellMenu, HeaderMenu } from './GridMenu.tsx';
import { GridTable, type GridTableHandle } from './GridTable.tsx';
import { moveOf, tasksAt, type Spot } from './grid-keys.ts';
import { titledPoint, titleOfAxis } from './grid-layout.ts';
import { actOfKey } from './key-acts.ts';
import { OtherAxes } from './OtherAxes.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SpotBar } from './SpotBar.tsx';
import { createSpotActs } from './spot-acts.ts';
import { elementAt, menuPlaceOf, spotOf } from './spot-element.ts';
import { StruckNotes } from './StruckNotes.tsx';
import { useGrid } from './use-grid.ts';
import { usePointers } from './use-pointers.ts';
import { useSelection } from './use-selection.ts';
import { useZoomGestures } from './use-touch.ts';

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
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const selection = useSelection(layout, planned.tasks.length, spot);
  const { selected, targets } = selection;
  const acts = createSpotActs({ layout, selection, actions, shell });
  useZoomGestures(scroller, size, zoomTo);
  const focus = (at: Spot): void => handle.current?.focus(at);
  const pointers = usePointers({ layout, selection, actions, setSpot, focus, openMenu });

  // Whoever opens the grid wants to be in it.
  const first = useRef(spot);
  useEffect(() => {
    first.current = spot;
  });
  useEffect(() => handle.current?.focus(first.current), [asked]);

  const onSpot = useCallback((next: Spot) => setSpot(next), [setSpot]);

  function openMenu(of: Spot, at: { x: number; y: number }): void {
    setSpot(of);
    setMenu({ spot: of, at });
  }

  function openMenuAt(of: Spot): void {
    const at = menuPlaceOf(scroller.current, of);
    if (at) openMenu(of, at);
  }

  function closeMenu(): void {
    const of = menu?.spot;
    setMenu(null);
    // At once, so that a dialog that the menu opens knows where the focus goes back to.
    if (of) elementAt(scroller.current, of)?.focus({ preventScroll: true });
    // A cell that was out of view is there a moment later; what the menu did may have taken the focus on purpose.
    requestAnimationFrame(() => {
      if (of && document.activeElement === document.body) handle.current?.focus(of);
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isInField(event.target)) return;
    const from = spotOf(event.target) ?? spot;
    const mod = event.ctrlKey || event.metaKey;
    const to = moveOf({ key: event.key, mod, alt: event.altKey }, from, layout, handle.current?.page() ?? onePage);
    const options = { layout, selection, actions, acts, size, zoomTo, openMenu: openMenuAt, close: onClose };
    const done = to ? () => goTo(to, event.shiftKey) : actOfKey(event, from, options);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    done();
  }

  function goTo(to: Spot, extend: boolean): void {
    focus(to);
    if (extend) selection.extendTo(to, false);
    else selection.beginAt(to);
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
          <IconButton label="Export the grid…" onClick={() => acts.exportCells([])}>
            <FileDown size={16} aria-hidden />
          </IconButton>
        </AxisBar>
        {end}
      </header>
      <OtherAxes axes={planned.axes} grid={grid} />
      <StruckNotes planned={planned} actions={actions} />
      <div
        className={cells.table}
        // The cursor of a screen reader moves the focus too.
        onFocus={({ target }) => {
          const at = spotOf(target);
          if (at && (at.row !== spot.row || at.column !== spot.column)) setSpot(at);
        }}
      >
        <GridTable
          planned={planned}
          layout={layout}
          label={[`Results of ${title}`, ...layout.others.map(({ axis, at }) => titledPoint(axis, at))].join(', ')}
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
          {...pointers}
        />
      </div>
      {selected.size > 0 ? (
        <SelectionBar
          tasks={[...selected]}
          actions={actions}
          onExport={acts.exportCells}
          onClear={() => selection.clear()}
        />
      ) : (
        <SpotBar
          spot={spot}
          layout={layout}
          planned={planned}
          actions={actions}
          onMenu={() => openMenuAt(spot)}
          onStrike={acts.strike}
        />
      )}
      {menu &&
        (menu.spot.row >= 0 && menu.spot.column >= 0 ? (
          <CellMenu
            at={menu.at}
            tasks={targets(menu.spot)}
            selected={selected.size > 0 && targets(menu.spot).every((index) => selected.has(index))}
            actions={actions}
            onSelect={() => selection.toggle(menu.spot)}
            onStrike={() => acts.strike(menu.spot)}
            onExport={acts.exportCells}
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
            onSelect={() => selection.toggle(menu.spot)}
            onStrike={() => acts.strike(menu.spot)}
            onClose={closeMenu}
          />
        ))}
    </>
  );
}

const onePage = { rows: 1, columns: 1 };

/** Which axis runs where, at the place where both begin. */
function Corner({ rows, columns }: { rows: string; columns: string }) {
  return (
    <>
      <span className={cells.cornerColumns} title={columns}>
        {columns} →
      </span>
      <span title={rows}>{rows} ↓</span>
    </>
  );
}
