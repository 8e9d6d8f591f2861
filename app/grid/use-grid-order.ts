import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Axis } from '../../graphs/axes.ts';
import { inGridOrder, usualChoice } from './grid-layout.ts';
import { useGridStore } from './use-grid-store.ts';

/** These axes so that keys step along them as in the grid of this node. */
export function useGridOrder(node: string | null, axes: readonly Axis[]): readonly Axis[] {
  const choice = useStore(useGridStore().store, ({ choices }) => (node === null ? undefined : choices.get(node)));
  return useMemo(() => inGridOrder(axes, choice ?? usualChoice(axes)), [axes, choice]);
}
