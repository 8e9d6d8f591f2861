import { createStore } from 'zustand/vanilla';
import type { GridChoice } from './grid-layout.ts';

export type Dock = 'side' | 'below' | 'full';

export type GridState = {
  readonly dock: Dock;
  /** In pixels, where it stands beside or below the canvas. */
  readonly width: number;
  readonly height: number;
  /** What the user chose for each node, for as long as its graph is open. */
  readonly choices: ReadonlyMap<string, GridChoice>;
  /** Width of a cell in pixels by node; without, as it fits. */
  readonly sizes: ReadonlyMap<string, number>;
};

export type GridStore = ReturnType<typeof createGridStore>;

type Memory = Pick<Storage, 'getItem' | 'setItem'>;
const NAME = 'editloom-grid';

/** Where the grid stands and how large it is outlives the page; what stands on which axis does not. */
export function createGridStore(memory: Memory | null) {
  const store = createStore<GridState>(() => ({
    dock: 'side',
    width: 560,
    height: 380,
    ...readPlace(memory),
    choices: new Map(),
    sizes: new Map(),
  }));

  return {
    store,
    get: store.getState,
    place(place: Partial<Pick<GridState, 'dock' | 'width' | 'height'>>): void {
      store.setState(place);
      const { dock, width, height } = store.getState();
      try {
        memory?.setItem(NAME, JSON.stringify({ dock, width, height }));
      } catch {
        // Site data are full or blocked: then it is not remembered.
      }
    },
    /** Nodes of another graph may have the same names. */
    forget: (): void => store.setState({ choices: new Map(), sizes: new Map() }),
    choose(node: string, choice: GridChoice): void {
      store.setState(({ choices }) => ({ choices: new Map(choices).set(node, choice) }));
    },
    size(node: string, width: number | null): void {
      store.setState(({ sizes }) => {
        const next = new Map(sizes);
        if (width === null) next.delete(node);
        else next.set(node, width);
        return { sizes: next };
      });
    },
  };
}

function readPlace(memory: Memory | null): Partial<Pick<GridState, 'dock' | 'width' | 'height'>> {
  try {
    const read: unknown = JSON.parse(memory?.getItem(NAME) ?? '{}');
    if (read === null || typeof read !== 'object') return {};
    const { dock, width, height } = read as Record<string, unknown>;
    return {
      ...(dock === 'side' || dock === 'below' || dock === 'full' ? { dock } : {}),
      ...(typeof width === 'number' && Number.isFinite(width) ? { width } : {}),
      ...(typeof height === 'number' && Number.isFinite(height) ? { height } : {}),
    };
  } catch {
    return {};
  }
}
