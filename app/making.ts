import { createStore } from 'zustand/vanilla';
import type { RunLimits } from '../graphs/allowance.ts';
import type { MakingOrder } from '../graphs/making-order.ts';
import type { EditorDocument } from './document.ts';

/** How runs of the open graph are made: chosen at the Run button, and kept for as long as the graph is open. */
export type Making = {
  readonly order: MakingOrder;
  /** When a run stops by itself, with something in hand. */
  readonly stop: Pick<RunLimits, 'pictures'> | Pick<RunLimits, 'dollars'>;
};

export const usualMaking: Making = { order: { type: 'as-it-comes' }, stop: {} };

export type MakingChoice = ReturnType<typeof createMaking>;

export function createMaking(document: Pick<EditorDocument, 'get' | 'subscribe'>) {
  const store = createStore<Making>(() => usualMaking);
  document.subscribe(({ opened }, before) => {
    if (opened !== before.opened) store.setState(usualMaking, true);
  });
  return { store, get: store.getState, choose: (making: Partial<Making>): void => store.setState(making) };
}
