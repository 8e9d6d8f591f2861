import type { Spot } from './grid-keys.ts';

/** Which cell or header an event came from; null = none of them. */
export function spotOf(target: EventTarget): Spot | null {
  const place = target instanceof Element ? target.closest<HTMLElement>('[data-spot]')?.dataset.spot : undefined;
  if (place === undefined) return null;
  const [row, column] = place.split(':').map(Number);
  return { row: row!, column: column! };
}

/** A part of a cell with an act of its own: its tick, its menu. */
export function partOf(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-act]')?.dataset.act : undefined;
}

/** The cell or header at a place, while it is drawn. */
export function elementAt(scroller: HTMLElement | null, { row, column }: Spot): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-spot="${row}:${column}"]`) ?? null;
}

/** Where a menu of a cell or header opens that was asked for by a key. */
export function menuPlaceOf(scroller: HTMLElement | null, of: Spot): { x: number; y: number } | null {
  const box = elementAt(scroller, of)?.getBoundingClientRect();
  return box ? { x: box.left + Math.min(28, box.width / 2), y: box.top + Math.min(28, box.height / 2) } : null;
}
