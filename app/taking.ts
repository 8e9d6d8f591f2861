import { applyChange } from '../graphs/changes.ts';
import type { GraphError } from '../graphs/errors.ts';
import { withDependents } from '../graphs/failures.ts';
import type { Graph } from '../graphs/graph.ts';
import type { Count, Lookup } from '../graphs/known.ts';
import type { Plan } from '../graphs/plan.ts';
import { countWanted } from '../graphs/wanted.ts';
import type { EditorDocument } from './document.ts';
import type { Plans } from './plans.ts';

/** What new takes would bring, before there are any. */
export type Draft = {
  /** The graph that they would be made in. */
  readonly of: Graph;
  /** Keys of take 1, once for each time that their take is counted on. */
  readonly rounds: readonly (readonly string[])[];
  /** The keys of the new takes, and with a retry what is tried with them. */
  readonly wanted: ReadonlySet<string>;
  /** What a run of them would do, with all that they need. */
  readonly count: Count;
  /** Where there are any, nothing runs. */
  readonly errors: readonly GraphError[];
};

export type Taking = ReturnType<typeof createTaking>;

/** New takes of edits: reckoned on a graph that nobody sees, so that the question before them names what will be bought. */
export function createTaking({ document, plans }: { document: EditorDocument; plans: Plans }) {
  let gestures = 0;

  return {
    /**
     * Where an earlier take is shown, the next one may be made already: it is passed over, since one more was asked for.
     * `same`: failed edits that are tried with them as they are, and what waits for any of them; null = none.
     */
    async draft(firstKeys: readonly string[], same: readonly string[] | null): Promise<Draft> {
      const of = document.get().graph;
      let graph = of;
      if (firstKeys.length === 0) await plans.refresh();
      let { plan } = plans.get();
      const rounds: (readonly string[])[] = [];
      let again: readonly string[] = [...new Set(firstKeys)];
      let taken: string[] = [];
      while (again.length > 0) {
        const places = placesOf(plan, new Set(again));
        rounds.push(again);
        graph = applyChange(graph, { type: 'newTake', firstKeys: again }).graph;
        plan = await plans.tryOut(graph);
        const keys = new Set(places.flatMap(({ node, index }) => plan.nodes.get(node)?.tasks[index]?.key ?? []));
        const made = new Set([...keys].filter((key) => plans.lookup(key) !== undefined));
        taken = [...taken, ...[...keys].filter((key) => !made.has(key))];
        again = firstKeysOf(plan, made);
      }
      const asked = new Set([...(same ?? []), ...taken]);
      const wanted = same ? withDependents(plan, asked, plans.lookup) : asked;
      return { of, rounds, wanted, count: countWanted(plan, plans.lookup, wanted), errors: plan.errors };
    },

    /** Makes the takes of a draft, as one undo step. What stands behind another one of them is named anew by that alone. */
    take({ rounds }: Draft): void {
      const gesture = `new take ${++gestures}`;
      for (const firstKeys of rounds) document.change({ type: 'newTake', firstKeys }, gesture);
    },

    /** The keys that today's takes of these edits have. */
    keysOf(firstKeys: readonly string[]): string[] {
      const { plan } = plans.get();
      const places = placesOf(plan, new Set(firstKeys));
      return [...new Set(places.flatMap(({ node, index }) => plan.nodes.get(node)!.tasks[index]!.key ?? []))];
    },
  };
}

/** What trying these failed edits again would do, with what waits for them. */
export function countRetry(plan: Plan, lookup: Lookup, same: readonly string[]): Count {
  return countWanted(plan, lookup, withDependents(plan, same, lookup));
}

function placesOf(plan: Plan, firstKeys: ReadonlySet<string>): { node: string; index: number }[] {
  const places: { node: string; index: number }[] = [];
  for (const { tasks } of plan.nodes.values())
    for (const { node, index, firstKey } of tasks)
      if (firstKey && firstKeys.has(firstKey)) places.push({ node, index });
  return places;
}

function firstKeysOf(plan: Plan, keys: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  if (keys.size === 0) return [];
  for (const { tasks } of plan.nodes.values())
    for (const { key, firstKey } of tasks) if (key && firstKey && keys.has(key)) found.add(firstKey);
  return [...found];
}
