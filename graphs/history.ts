import { applyPatches, type Patch } from 'immer';
import { applyChange, type Change, type ChangeType } from './changes.ts';
import type { Graph } from './graph.ts';

export type Step = {
  readonly type: ChangeType;
  /** Changes of one gesture are one step. */
  readonly gesture: string | null;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Of the document, where the step changed its title as well. */
  readonly titles?: { readonly before: string; readonly after: string };
};

/** A graph with what was done to it. */
export type History = { readonly graph: Graph; readonly past: readonly Step[]; readonly future: readonly Step[] };

/** Older steps are forgotten. */
export const MOST_STEPS = 500;

export function startHistory(graph: Graph): History {
  return { graph, past: [], future: [] };
}

/** [H1, H2] Makes a change: one undo step, or part of the last one when both belong to the same gesture. */
export function change(history: History, what: Change, gesture: string | null = null): History {
  const { graph, patches, inverse } = applyChange(history.graph, what);
  if (graph === history.graph || patches.length === 0) return history;
  const last = history.past.at(-1);
  const joins = last !== undefined && gesture !== null && last.gesture === gesture && history.future.length === 0;
  const step: Step = joins
    ? { ...last, patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse] }
    : { type: what.type, gesture, patches, inverse };
  const past = joins ? [...history.past.slice(0, -1), step] : [...history.past, step].slice(-MOST_STEPS);
  return { graph, past, future: [] };
}

/** [R3] Another state of the whole graph and its title: one undo step, even where only the title differs. */
export function putBack(history: History, graph: Graph, titles: { before: string; after: string }): History {
  const { patches, inverse } = applyChange(history.graph, { type: 'replace', graph });
  const step: Step = { type: 'replace', gesture: null, patches, inverse, titles };
  return { graph, past: [...history.past, step].slice(-MOST_STEPS), future: [] };
}

/** [H3] The graph before the last step; the same history when there is none. */
export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  return {
    graph: applyPatches(history.graph, step.inverse as Patch[]),
    past: history.past.slice(0, -1),
    future: [step, ...history.future],
  };
}

export function redo(history: History): History {
  const step = history.future[0];
  if (!step) return history;
  return {
    graph: applyPatches(history.graph, step.patches as Patch[]),
    past: [...history.past, step],
    future: history.future.slice(1),
  };
}
