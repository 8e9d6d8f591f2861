type Press = { readonly key: string; readonly shiftKey: boolean };

const keys = [
  { back: 'ArrowLeft', on: 'ArrowRight', shift: false, shown: ['←', '→'] },
  { back: 'ArrowUp', on: 'ArrowDown', shift: false, shown: ['↑', '↓'] },
  { back: 'PageUp', on: 'PageDown', shift: true, shown: ['Shift+PgUp', 'Shift+PgDn'] },
] as const;

/** The keys of an axis among `count`: left and right for the last one, up and down for the one before, then Page Up and Page Down with Shift. */
export function keysOfAxis(place: number, count: number): readonly [back: string, on: string] | null {
  return keys[count - 1 - place]?.shown ?? null;
}

/** Which of `count` axes a key steps along, and which way; null for other keys, and where there is no such axis. */
export function axisOfKey(
  { key, shiftKey }: Press,
  count: number,
): { readonly place: number; readonly by: 1 | -1 } | null {
  const rank = keys.findIndex(({ back, on, shift }) => shift === shiftKey && (key === back || key === on));
  if (rank < 0 || rank >= count) return null;
  return { place: count - 1 - rank, by: keys[rank]!.on === key ? 1 : -1 };
}
