import type { Artifact } from '../../graphs/artifact.ts';
import { valueWords } from '../../graphs/axes.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Lookup, Making } from '../../graphs/known.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import type { Plan } from '../../graphs/plan.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import { sourcesOf, type Task } from '../../graphs/task.ts';
import { originalOf } from '../../graphs/task-picture.ts';
import { factsOf, makingFacts } from '../panels/provenance-words.ts';
import type { Job } from '../wire.ts';

/** How a picture was made, as far as pictures are compared by it. */
export type HowMade = {
  /** The photograph at the beginning; null where nobody knows, or where the picture is one itself. */
  readonly source: Source | null;
  /** From the photograph to the picture. */
  readonly steps: readonly Step[];
};
export type Source = { readonly sha256: string; readonly name: string };
export type Step = {
  readonly key: string;
  readonly type: string;
  /** What the type of its node is called. */
  readonly made: string;
  /** What the node is called. */
  readonly title: string;
  readonly facts: readonly { readonly title: string; readonly text: string }[];
};

/** Of a task of the graph's plan. */
export function howMade(options: {
  plan: Plan;
  task: Task;
  lookup: Lookup;
  nodeTypes: NodeTypes;
  graph: Pick<Graph, 'nodes' | 'takes'>;
}): HowMade {
  const { plan, task, lookup, nodeTypes, graph } = options;
  const provenance = provenanceOf(plan, task, lookup);
  const tasks = tasksBehind(task);
  const original = originalOf(plan, task, lookup);
  return {
    source: original && { sha256: original.sha256, name: nameOf(original, [...tasks.values()]) },
    steps: provenance.steps.map((step) => {
      const behind = tasks.get(step.key);
      const type = nodeTypes.get(step.type);
      const paid = type?.uses === 'edits';
      const take = graph.takes[behind?.firstKey ?? step.key] ?? 1;
      return {
        key: step.key,
        type: step.type,
        made: step.title,
        title: (behind && graph.nodes[behind.node]?.title) ?? step.title,
        facts: [
          // What a step took from another one shows in that step, and the photograph as the source.
          ...factsOf({ ...step, inputs: {} }, provenance, nodeTypes).filter(({ picture }) => !picture),
          ...(paid
            ? [{ title: 'Take', text: String(take) }, ...serviceFacts(step.making ?? { service: plan.service })]
            : []),
        ],
      };
    }),
  };
}

/** Of a picture that the server made, by its job: one step, the input of which may have been made by others. */
export function howJobMade(job: Job, nodeTypes: NodeTypes): HowMade {
  const type = [...nodeTypes.values()].find(({ uses }) => uses === 'edits');
  const { image, ...values } = job.input;
  const step = {
    key: job.key,
    type: type?.type ?? job.model,
    version: type?.version ?? 1,
    title: type?.title ?? job.model,
    values,
    inputs: {},
    point: [],
    making: null,
  };
  return {
    source: { sha256: image, name: image.slice(0, 8) },
    steps: [
      {
        key: job.key,
        type: step.type,
        made: step.title,
        title: step.title,
        facts: [
          ...factsOf(step, { steps: [step] }, nodeTypes),
          ...serviceFacts({ service: job.service, model: job.model }),
        ],
      },
    ],
  };
}

/** Who made it: when, at what price and under which request says nothing about the picture. */
function serviceFacts(making: Making): { title: string; text: string }[] {
  const { service, model } = making;
  return makingFacts({ ...(service ? { service } : {}), ...(model ? { model } : {}) }).filter(
    ({ title }) => title !== 'Price',
  );
}

/** The tasks that a picture depends on, itself among them, by key; those without a key under their place. */
function tasksBehind(task: Task): Map<string, Task> {
  const found = new Map<string, Task>();
  const open = [task];
  for (let next = open.pop(); next; next = open.pop()) {
    const name = next.key ?? `${next.node} ${next.index}`;
    if (found.has(name)) continue;
    found.set(name, next);
    for (const source of sourcesOf(next)) open.push(source.task);
  }
  return found;
}

/** The file name that a photograph came with, as long as the plan has it. */
function nameOf(original: Artifact, tasks: readonly Task[]): string {
  for (const { known } of tasks)
    for (const value of Object.values(known))
      if (value !== null && typeof value === 'object' && 'sha256' in value && value.sha256 === original.sha256)
        return valueWords(value);
  return original.sha256.slice(0, 8);
}
