import type { DialogState } from './shell.ts';

/** These take the whole window, and are come back to from what was opened over them. */
const views: ReadonlySet<string> = new Set(['viewer', 'compare', 'gallery']);

/** The dialog that opens over another one, with the way back where it is not told. */
export function withWayBack(next: DialogState, before: DialogState | null): DialogState {
  return before && views.has(before.type) && before.type !== next.type && next.back === undefined
    ? { ...next, back: before }
    : next;
}
