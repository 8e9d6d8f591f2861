/**
 * The nodes that a key or a command means: the selected ones, or the focused card alone where it is not among them. So
 * what has the ring is never passed over, and a selection is kept while the focus moves within it.
 */
export function meantNodes(selected: readonly string[], focused: string | null): readonly string[] {
  return focused !== null && !selected.includes(focused) ? [focused] : selected;
}

/** The one node that is meant where only one can be: the focused card, else the only selected one. */
export function meantNode(selected: readonly string[], focused: string | null): string | null {
  return focused ?? (selected.length === 1 ? selected[0]! : null);
}

/** The card that the keyboard's focus is on or in; a press of the mouse leaves no ring, so it counts for nothing here. */
export function focusedCard(): string | null {
  const { activeElement } = document;
  if (!activeElement?.matches(':focus-visible')) return null;
  return activeElement.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? null;
}
