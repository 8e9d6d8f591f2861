import { labelsOf, pointWords, valueWords, type Axis } from '../../graphs/axes.ts';
import { chosenAt } from '../../graphs/chosen.ts';
import { pickId } from '../../graphs/gather.ts';
import type { GraphNode } from '../../graphs/graph.ts';
import type { Choices } from '../../graphs/node-type.ts';
import { pickAxisId } from '../../graphs/own-axis.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { TaskOutput } from '../../graphs/task.ts';
import { shortened } from '../grid/shorten.ts';

/** One picture that can be chosen. */
export type Candidate = {
  /** What a choice calls it. */
  readonly id: string;
  readonly output: TaskOutput;
  /** Where it stands along the axes that end here, and the value of each of them in words. */
  readonly label: string;
  readonly parts: readonly string[];
};

/** What is to be chosen at one point of the axes that stay. */
export type PickRow = {
  /** The name that a choice is kept under from now on, and the one that today's is kept under. */
  readonly name: string;
  readonly keptAs: string;
  /** The point in words; empty where no axis stays. */
  readonly title: string;
  readonly candidates: readonly Candidate[];
  /** Those that were chosen and are there, in the order in which they were. */
  readonly picked: readonly string[];
  /** Chosen once, but not among what comes in now. */
  readonly gone: number;
  /** How many are to be chosen. */
  readonly wanted: number;
  /** When it was chosen, in ms since 1970. */
  readonly at: number | null;
};

/** The rows of a node where a person chooses, without those that are struck out. */
export function pickRowsOf(plan: Plan, node: GraphNode): PickRow[] {
  const planned = plan.nodes.get(node.id);
  const picks = planned?.type?.picks;
  if (!planned || !picks) return [];
  const axes = planned.axes.filter(({ id }) => id !== pickAxisId(node));
  const count = axes.length === planned.axes.length ? 1 : planned.axes.at(-1)!.length;
  const choices = choicesOf(node, picks.choices);
  const chosenOf = chosenAt(choices, axes, (node.params[picks.order] ?? []) as readonly string[]);
  const rows: PickRow[] = [];
  for (let i = 0; i < planned.tasks.length; i += count) {
    const tasks = planned.tasks.slice(i, i + count);
    const wanted = tasks.filter(({ idle }) => idle !== 'struck').length;
    if (wanted === 0) continue;
    const candidates = candidatesOf(plan, tasks[0]!.gathered ?? [], axes);
    const { name, keptAs, choice } = chosenOf(i / count, (id) => candidates.some((candidate) => candidate.id === id));
    const stored = choice?.picked.slice(0, count) ?? [];
    const picked = stored.filter((id) => candidates.some((candidate) => candidate.id === id));
    rows.push({
      name,
      keptAs,
      title: pointWords(axes, i / count),
      candidates,
      picked,
      gone: stored.length - picked.length,
      wanted,
      at: picked.length > 0 ? choice!.at : null,
    });
  }
  return rows;
}

export function choicesOf(node: GraphNode, param: string): Choices {
  return (node.params[param] ?? {}) as Choices;
}

/** The same picture twice is one to choose. */
function candidatesOf(plan: Plan, outputs: readonly TaskOutput[], staying: readonly Axis[]): Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const output of outputs) {
    const id = pickId(output);
    if (seen.has(id)) continue;
    const parts = partsOf(plan, output, staying);
    seen.set(id, { id, output, label: parts.join(' · '), parts });
  }
  return [...seen.values()];
}

function partsOf(plan: Plan, { task }: TaskOutput, staying: readonly Axis[]): string[] {
  const { axes } = plan.nodes.get(task.node)!;
  const stays = new Set(staying.flatMap(({ members }) => members.map(({ node }) => node)));
  const members = axes.flatMap((axis) => axis.members);
  const labels = labelsOf(axes, task.index).filter((_, i) => !stays.has(members[i]!.node));
  // A text or a file's name says by itself what it is, a number does not.
  return labels.map(({ title, value }) =>
    typeof value === 'number' || typeof value === 'boolean' ? `${title}: ${valueWords(value)}` : valueWords(value),
  );
}

/** So many letters have room on a line below a candidate. */
const ROOM = 24;

/** What is written below each candidate, a line for each axis: long values shortened to what tells them apart. */
export function captionsOf(candidates: readonly Pick<Candidate, 'parts'>[]): string[][] {
  const lines = Math.max(0, ...candidates.map(({ parts }) => parts.length));
  const columns = Array.from({ length: lines }, (_, i) => {
    const column = candidates.map(({ parts }) => parts[i] ?? '');
    return column.some(({ length }) => length > ROOM) ? shortened(column) : column;
  });
  return candidates.map((_, n) => columns.map((column) => column[n]!).filter((text) => text !== ''));
}

/** The choices after this candidate was pressed: it is chosen, or no longer. Null where enough are chosen already. */
export function choose(choices: Choices, row: PickRow, id: string, now: number): Choices | null {
  const isPicked = row.picked.includes(id);
  const others = row.picked.filter((other) => other !== id);
  if (!isPicked && row.wanted > 1 && others.length >= row.wanted) return null;
  const picked = isPicked ? others : row.wanted === 1 ? [id] : [...others, id];
  const { [row.name]: _, [row.keptAs]: __, ...rest } = choices;
  return picked.length > 0 ? { ...rest, [row.name]: { picked, at: now } } : rest;
}

/** The next row with an open choice, from this one on and then from the top; -1 where all are made. */
export function nextOpen(rows: readonly PickRow[], from: number): number {
  const isOpen = ({ picked, wanted }: PickRow) => picked.length < wanted;
  const after = rows.findIndex((row, i) => i > from && isOpen(row));
  return after >= 0 ? after : rows.findIndex(isOpen);
}
