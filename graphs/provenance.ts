import { labelsOf } from './axes.ts';
import type { Known, Lookup, Making } from './known.ts';
import type { Plan } from './plan.ts';
import { forwardedBy, isList, sourcesOf, type Task, type TaskOutput } from './task.ts';

/** How a picture was made: one step per task, sources first, the picture's own task last. */
export type Provenance = { readonly steps: readonly ProvenanceStep[] };

export type ProvenanceStep = {
  readonly key: string;
  readonly type: string;
  readonly version: number;
  /** Of the node type. */
  readonly title: string;
  /** The id of its node in the graph beside it; those of earlier versions have none. */
  readonly node?: string;
  /** Resolved parameters; a picture that was known stands as its artifact, one that a task made as that task's key. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, { readonly key: string; readonly port: string }>>;
  /** The point: title and value of each axis. */
  readonly point: readonly { readonly title: string; readonly value: unknown }[];
  readonly making: Making | null;
};

/** [V1] The chain of a task, from its sources; iterative, each task once. */
export function provenanceOf(plan: Plan, task: Task, lookup: Lookup): Provenance {
  const chain: Task[] = [];
  const seen = new Set<Task>([task]);
  const open = [task];
  for (let next = open.pop(); next; next = open.pop()) {
    chain.push(next);
    for (const { task: source } of [...sourcesOf(next), ...forwardedBy(next)]) {
      if (seen.has(source)) continue;
      seen.add(source);
      open.push(source);
    }
  }
  return {
    steps: chain.reverse().flatMap((step) => (step.key === null ? [] : [stepOf(plan, step, lookup(step.key))])),
  };
}

function stepOf(plan: Plan, task: Task, known: Known | undefined): ProvenanceStep {
  const { type, axes } = plan.nodes.get(task.node)!;
  return {
    key: task.key!,
    type: type!.type,
    version: type!.version,
    title: type!.title,
    node: task.node,
    values: { ...task.known, ...knownOfLists(task) },
    inputs: Object.fromEntries(
      Object.entries(task.awaited).flatMap(([name, source]): [string, { key: string; port: string }][] =>
        isList(source)
          ? source.flatMap(({ task: { key }, port }, i): [string, { key: string; port: string }][] =>
              key === null ? [] : [[`${name} ${i + 1}`, { key, port }]],
            )
          : [[name, { key: source.task.key!, port: source.port }]],
      ),
    ),
    point: labelsOf(axes, task.index).map(({ title, value }) => ({ title, value })),
    making: known?.status === 'done' ? (known.making ?? null) : null,
  };
}

/** What is known already of a list that is still to come. */
function knownOfLists({ awaited }: Task): Record<string, unknown> {
  const valueOf = ({ task, port }: TaskOutput) => task.outputs?.[port];
  return Object.fromEntries(
    Object.entries(awaited).flatMap(([name, source]) =>
      isList(source)
        ? source.flatMap((one, i): [string, unknown][] =>
            one.task.outputs ? [[`${name} ${i + 1}`, valueOf(one)]] : [],
          )
        : [],
    ),
  );
}

/** The nearest task above that used the edit service: what a picture's own prompt and seed are. */
export function nearestEdit(plan: Plan, task: Task): Task | null {
  const seen = new Set<Task>();
  let open = [task];
  while (open.length > 0) {
    const edit = open.find((candidate) => plan.nodes.get(candidate.node)!.type!.uses === 'edits');
    if (edit) return edit;
    for (const candidate of open) seen.add(candidate);
    open = open
      .flatMap((candidate) => [...sourcesOf(candidate), ...forwardedBy(candidate)].map((source) => source.task))
      .filter((next) => !seen.has(next));
  }
  return null;
}
