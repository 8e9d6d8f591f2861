import { labelsOf, valueId } from './axes.ts';
import type { Provenance, ProvenanceStep } from './provenance.ts';
import { same } from './same.ts';
import type { PlannedNode, Task } from './task.ts';

/** What stood at a place: a value, what another step made, or nothing. */
export type Stood =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'made'; readonly by: string }
  | { readonly type: 'nothing' };

/** One difference between how a picture was made and how it would be made now. */
export type Difference =
  /** A parameter or an input of a step. */
  | {
      readonly type: 'value';
      readonly step: ProvenanceStep;
      readonly name: string;
      readonly was: Stood;
      readonly now: Stood;
    }
  /** Another node type stands there now. */
  | { readonly type: 'step'; readonly was: ProvenanceStep; readonly now: ProvenanceStep }
  /** All is the same but which take of it is meant. */
  | { readonly type: 'take'; readonly step: ProvenanceStep }
  | { readonly type: 'version'; readonly step: ProvenanceStep; readonly now: number };

/**
 * What differs between two chains, from the pictures at their ends back to the sources; empty for equal ones. The point is
 * not compared: what it stands for is among the values. Where one chain has a step more, that is told at the input.
 */
export function whatDiffers(then: Provenance, now: Provenance): Difference[] {
  const stepsThen = new Map(then.steps.map((step) => [step.key, step]));
  const stepsNow = new Map(now.steps.map((step) => [step.key, step]));
  const [last, lastNow] = [then.steps.at(-1), now.steps.at(-1)];
  if (!last || !lastNow) return [];
  const found: Difference[] = [];
  const seen = new Set<string>();
  const open: [ProvenanceStep, ProvenanceStep][] = [[last, lastNow]];
  for (let pair = open.shift(); pair; pair = open.shift()) {
    const [old, step] = pair;
    const name = `${old.key} ${step.key}`;
    if (old.key === step.key || seen.has(name)) continue;
    seen.add(name);
    if (old.type !== step.type) {
      found.push({ type: 'step', was: old, now: step });
      continue;
    }
    const before = found.length + open.length;
    if (old.version !== step.version) found.push({ type: 'version', step: old, now: step.version });
    for (const port of namesOf(old, step)) {
      const [inputThen, inputNow] = [own(old.inputs, port), own(step.inputs, port)];
      const [source, sourceNow] = [inputThen && stepsThen.get(inputThen.key), inputNow && stepsNow.get(inputNow.key)];
      if (inputThen && inputNow && inputThen.key === inputNow.key) continue;
      if (source && sourceNow) open.push([source, sourceNow]);
      else if (inputThen || inputNow || !sameValue(own(old.values, port), own(step.values, port)))
        found.push({
          type: 'value',
          step: old,
          name: port,
          was: stood(old, port, stepsThen),
          now: stood(step, port, stepsNow),
        });
    }
    if (found.length + open.length === before) found.push({ type: 'take', step: old });
  }
  return found;
}

function stood(step: ProvenanceStep, port: string, steps: ReadonlyMap<string, ProvenanceStep>): Stood {
  const input = own(step.inputs, port);
  if (input) return { type: 'made', by: steps.get(input.key)?.title ?? 'another step' };
  const value = own(step.values, port);
  return isEmpty(value) ? { type: 'nothing' } : { type: 'value', value };
}

/** The task of a node that comes nearest to a point: the one of this key, else the one with most values in common. */
export function nearestTask(
  { tasks, axes }: Pick<PlannedNode, 'tasks' | 'axes'>,
  made: { readonly key: string; readonly point: ProvenanceStep['point']; readonly index?: number },
): Task | null {
  const exact = tasks.find(({ key }) => key === made.key);
  if (exact) return exact;
  const wanted = new Set(made.point.map(({ title, value }) => `${title}\n${valueId(value)}`));
  const common = (index: number): number =>
    labelsOf(axes, index).filter(({ title, value }) => wanted.has(`${title}\n${valueId(value)}`)).length;
  const usual = tasks[made.index ?? 0] ?? tasks[0] ?? null;
  if (!usual || wanted.size === 0) return usual;
  let [best, most] = [usual, common(usual.index)];
  for (const task of tasks) {
    const count = common(task.index);
    if (count > most) [best, most] = [task, count];
  }
  return best;
}

function namesOf(a: ProvenanceStep, b: ProvenanceStep): Set<string> {
  return new Set([a, b].flatMap(({ inputs, values }) => [...Object.keys(inputs), ...Object.keys(values)]));
}

/** A picture is its bytes: under another name it is the same. */
function sameValue(a: unknown, b: unknown): boolean {
  if (isPicture(a) && isPicture(b)) return a.sha256 === b.sha256;
  return same(a, b) || (isEmpty(a) && isEmpty(b));
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

function isPicture(value: unknown): value is { readonly sha256: unknown } {
  return value !== null && typeof value === 'object' && 'sha256' in value;
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
