import { axisTitle, pointAt, type Axis } from '../../graphs/axes.ts';
import { valueName } from '../../graphs/file-name.ts';
import type { Known, Lookup, Making } from '../../graphs/known.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import type { Plan } from '../../graphs/plan.ts';
import { nearestEdit, provenanceOf, type Provenance } from '../../graphs/provenance.ts';
import { sourcesOf, type Task } from '../../graphs/task.ts';
import { faceOf, type GridState } from '../grid/cells.ts';
import { pointWordsOf } from '../grid/grid-layout.ts';
import { shortened } from '../grid/shorten.ts';
import { factsOf, makingFacts } from '../panels/provenance-words.ts';
import type { TaskView } from '../runs.ts';
import type { ExportCell, ExportGrid, ExportState } from './wire.ts';

export type GatherOptions = {
  readonly title: string;
  readonly node: string;
  /** What the node is called on the canvas. */
  readonly subject: string;
  readonly plan: Plan;
  readonly lookup: Lookup;
  readonly viewOf: (key: string) => TaskView | undefined;
  readonly nodeTypes: NodeTypes;
  /** The takes of the graph. */
  readonly takes: Readonly<Record<string, number>>;
  readonly which: 'all' | 'made' | readonly number[];
  /** Ids of axes. */
  readonly rows: string | null;
  readonly columns: string | null;
  readonly date: string;
  /** How each was made in words, for a page; as data, for pictures that carry it. */
  readonly with?: { readonly steps?: boolean; readonly provenance?: boolean };
};

/** What is known of a node's cells now, as plain data that can be exported. */
export function gatherCells(options: GatherOptions): ExportGrid {
  const { plan, node, which, rows, columns } = options;
  const { axes, tasks } = plan.nodes.get(node)!;
  const words = axes.map((axis) => Array.from({ length: axis.length }, (_, i) => pointWordsOf(axis, i).slice(0, 8000)));
  const names = axes.map((axis) => {
    const values = Array.from({ length: axis.length }, (_, i) => pointName(axis, i).slice(0, 8000));
    return values.some((value) => value.length > MOST_NAME) ? shortened(values) : values;
  });
  const files = savedFiles(plan, options.lookup);
  const wanted = typeof which === 'string' ? tasks : which.flatMap((index) => tasks[index] ?? []);
  const cells = wanted.map((task) => cellOf(options, task, axes, names, files.get(task) ?? []));
  const placeOf = (id: string | null): number | null => {
    const place = axes.findIndex((axis) => axis.id === id);
    return place < 0 ? null : place;
  };
  return {
    title: options.title.slice(0, 400),
    subject: options.subject.slice(0, 400),
    date: options.date,
    axes: axes.map((axis, i) => ({ title: axisTitle(axis).slice(0, 400), values: words[i]! })),
    rows: placeOf(rows),
    columns: placeOf(columns),
    cells: which === 'made' ? cells.filter(({ state }) => state === 'made') : cells,
  };
}

/** As `pointWordsOf` has it, without the endings of pictures' files. */
function pointName({ members }: Axis, index: number): string {
  if (members.length === 1) return valueName(members[0]!.values[index]);
  return members.map(({ title, values }) => `${title}: ${valueName(values[index])}`).join(', ');
}

function cellOf(
  options: GatherOptions,
  task: Task,
  axes: readonly Axis[],
  names: readonly (readonly string[])[],
  files: readonly string[],
): ExportCell {
  const { plan, lookup, viewOf, nodeTypes, node } = options;
  const planned = plan.nodes.get(node)!;
  const face = faceOf(planned.type, task, task.key === null ? undefined : viewOf(task.key), lookup);
  const point = pointAt(axes, task.index);
  const edit = nearestEdit(plan, task);
  const known = edit?.key ? lookup(edit.key) : undefined;
  const number = String(task.index + 1).padStart(String(planned.tasks.length).length, '0');
  const values = point.map((at, axis) => shortName(names[axis]![at]!)).filter(Boolean);
  const provenance = options.with ? provenanceOf(plan, task, lookup) : null;
  return {
    index: task.index,
    point,
    ...stateOf(face.state, face.picture !== null),
    detail: face.detail?.slice(0, 4000) ?? (face.picture === null ? (face.text?.slice(0, 4000) ?? null) : null),
    picture: face.picture && artifactOnly(face.picture),
    caption: axes.length === 0 ? options.subject : null,
    name: [number, ...values].join(' - ') || number,
    record: {
      node: options.subject,
      key: task.key,
      take: edit?.firstKey ? (options.takes[edit.firstKey] ?? 1) : null,
      parameters: parametersOf(edit),
      files,
      ...makingOf(known),
    },
    ...(options.with?.steps && provenance ? { steps: stepWords(provenance, nodeTypes) } : {}),
    ...(options.with?.provenance && provenance ? { provenance } : {}),
  };
}

const words: Readonly<Record<GridState, readonly [ExportState, string]>> = {
  done: ['made', 'Made'],
  empty: ['not-made', 'Not made'],
  pick: ['not-made', 'Waits for a choice'],
  waiting: ['underway', 'Waiting'],
  running: ['underway', 'Being made'],
  failed: ['failed', 'Failed'],
  blocked: ['blocked', 'Blocked: something before it failed'],
  cancelled: ['cancelled', 'Cancelled'],
  unknown: ['unknown', 'Outcome unknown'],
  struck: ['struck', 'Struck out'],
};

function stateOf(state: GridState, shows: boolean): Pick<ExportCell, 'state' | 'words'> {
  if (state === 'done' && !shows) return { state: 'not-made', words: 'No picture' };
  const [exported, said] = words[state];
  return { state: exported, words: said };
}

/** A picture of an upload also has a name, which is not part of what it is. */
const artifactOnly = ({ sha256, width, height, mediaType, bytes }: NonNullable<ExportCell['picture']>) => ({
  sha256,
  width,
  height,
  mediaType,
  bytes,
});

/** Values that are longer are shortened to what differs, and cut. */
const MOST_NAME = 60;

const shortName = (value: string): string => [...value.replace(/\s+/g, ' ').trim()].slice(0, MOST_NAME).join('').trim();

/** Of an edit, all it was told but for the pictures; those are named by their bytes. */
function parametersOf(edit: Task | null): Record<string, unknown> {
  if (!edit) return {};
  return Object.fromEntries(
    Object.entries(edit.known).map(([name, value]) => [
      name,
      value !== null && typeof value === 'object' && 'sha256' in value ? value.sha256 : value,
    ]),
  );
}

function makingOf(known: Known | undefined): Record<string, unknown> {
  const making: Making = (known?.status === 'done' ? known.making : undefined) ?? {};
  const { service, model, requestId, submittedAt, finishedAt, price } = making;
  const time = (at: number | null | undefined): string | null => (at ? new Date(at).toISOString() : null);
  return {
    service: service ?? null,
    model: model ?? null,
    requestId: requestId ?? null,
    submittedAt: time(submittedAt),
    finishedAt: time(finishedAt),
    price: price ?? null,
  };
}

/** The files that save nodes wrote of each task's picture. */
function savedFiles(plan: Plan, lookup: Lookup): Map<Task, string[]> {
  const files = new Map<Task, string[]>();
  const add = (task: Task, file: string): void => {
    const list = files.get(task);
    if (list) list.push(file);
    else files.set(task, [file]);
  };
  for (const { type, tasks } of plan.nodes.values()) {
    if (type?.uses !== 'outputs') continue;
    for (const task of tasks) {
      const known = task.key === null ? undefined : lookup(task.key);
      if (known?.status !== 'done' || !known.file) continue;
      add(task, known.file.file);
      const sources = sourcesOf(task);
      // A file that was put together from many is no picture of any of them.
      if (sources.length === 1) add(sources[0]!.task, known.file.file);
    }
  }
  return files;
}

function stepWords(provenance: Provenance, nodeTypes: NodeTypes): NonNullable<ExportCell['steps']> {
  return provenance.steps.slice(-200).map((step) => ({
    title: step.title.slice(0, 400),
    facts: [...factsOf(step, provenance, nodeTypes), ...makingFacts(step.making)].map(({ title, text }) => ({
      title: title.slice(0, 400),
      text: text.slice(0, 20_000),
    })),
  }));
}
