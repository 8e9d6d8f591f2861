import { labelsOf, valueWords } from '../../graphs/axes.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { Lookup } from '../../graphs/known.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import { isList, type Task } from '../../graphs/task.ts';
import { factsOf } from '../panels/provenance-words.ts';

/** How a cell is made, in lines to read: its place in the sweeps, then each value of each step. */
export function settingsText(plan: Plan, task: Task, nodeTypes: NodeTypes, lookup: Lookup): string {
  const axes = plan.nodes.get(task.node)?.axes ?? [];
  const point = labelsOf(axes, task.index).map(({ title, value }) => `${title}: ${valueWords(value)}`);
  const provenance = provenanceOf(plan, task, lookup);
  const steps = provenance.steps.map((step, i) =>
    [
      `${i + 1}. ${step.title}`,
      ...factsOf(step, provenance, nodeTypes).map(({ title, text }) => `   ${title}: ${text}`),
    ].join('\n'),
  );
  return [...point, ...steps].join('\n');
}

/** The same as JSON: the values that are known now, pictures by their SHA-256, and what other tasks make by their keys. */
export function settingsJson(plan: Plan, task: Task, lookup: Lookup): string {
  const axes = plan.nodes.get(task.node)?.axes ?? [];
  const { steps } = provenanceOf(plan, task, lookup);
  return JSON.stringify(
    {
      key: task.key,
      point: labelsOf(axes, task.index).map(({ title, value }) => ({ title, value })),
      values: task.known,
      inputs: Object.fromEntries(
        Object.entries(task.awaited).map(([port, source]) => [
          port,
          isList(source) ? source.map(({ task: { key } }) => key) : source.task.key,
        ]),
      ),
      steps: steps.map(({ making: _, ...step }) => step),
    },
    null,
    2,
  );
}
