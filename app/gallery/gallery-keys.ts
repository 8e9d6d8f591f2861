import type { KeyboardEvent } from 'react';

/** What keys do on tiles and in the large view alike. */
export type GalleryKeys = {
  readonly rate: (stars: number) => void;
  readonly remove: () => void;
  readonly compare: () => void;
  readonly useAsInput: () => void;
  /** Null where there is no search field in view. */
  readonly search: (() => void) | null;
};

/** True where the key was taken. */
export function pressKey(event: KeyboardEvent, does: GalleryKeys): boolean {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (/^[0-5]$/.test(key)) does.rate(Number(key));
  else if (key === 'Delete' || key === 'Backspace') does.remove();
  else if (key === 'c') does.compare();
  else if (key === 'u') does.useAsInput();
  else if (key === '/' && does.search) does.search();
  else return false;
  event.preventDefault();
  return true;
}
