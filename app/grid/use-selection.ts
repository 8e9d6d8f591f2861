import { useMemo, useRef, useState } from 'react';
import { tasksAt, tasksBetween, type Spot } from './grid-keys.ts';
import type { GridLayout } from './grid-layout.ts';

export type GridSelection = ReturnType<typeof useSelection>;

/** Which cells are selected; ranges begin at the anchor. `count`: how many cells there are. */
export function useSelection(layout: GridLayout, count: number, begin: Spot) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(nothing);
  const anchor = useRef(begin);
  // A sweep that got shorter takes its cells out of the selection.
  const selected = useMemo(() => within(picked, count), [picked, count]);

  return {
    selected,
    clear: (): void => setPicked(nothing),
    /** Where the next range begins. */
    beginAt(of: Spot): void {
      anchor.current = of;
    },
    toggle(of: Spot): void {
      const tasks = tasksAt(layout, of);
      const next = new Set(selected);
      const isIn = tasks.every((index) => next.has(index));
      for (const index of tasks) {
        if (isIn) next.delete(index);
        else next.add(index);
      }
      anchor.current = of;
      setPicked(next);
    },
    extendTo(of: Spot, add: boolean): void {
      setPicked(new Set([...(add ? selected : nothing), ...tasksBetween(layout, anchor.current, of)]));
    },
    /** All that are in sight. */
    all: (): void =>
      setPicked(new Set(tasksBetween(layout, { row: 0, column: -1 }, { row: layout.rowCount - 1, column: -1 }))),
    /** What an act is about: the selection where the cell is part of it, else the cell, or the row or column of a header. */
    targets: (of: Spot): number[] => {
      const tasks = tasksAt(layout, of);
      return tasks.length > 0 && tasks.every((index) => selected.has(index)) ? [...selected] : tasks;
    },
  };
}

const nothing: ReadonlySet<number> = new Set();

function within(tasks: ReadonlySet<number>, count: number): ReadonlySet<number> {
  for (const index of tasks) if (index >= count) return new Set([...tasks].filter((other) => other < count));
  return tasks;
}
