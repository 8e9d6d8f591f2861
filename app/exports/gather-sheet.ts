import type { Artifact } from '../../graphs/artifact.ts';
import { axisTitle, labelsOf, pointAt, valueWords, type Axis } from '../../graphs/axes.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Plan } from '../../graphs/plan.ts';
import { isList, type Task, type TaskOutput } from '../../graphs/task.ts';
import { pointWordsOf, usualChoice } from '../grid/grid-layout.ts';
import type { ExportCell, ExportGrid } from './wire.ts';

type SheetTask = {
  readonly plan: Plan;
  readonly task: Task;
  readonly pictures: readonly Artifact[];
};

/**
 * The pictures that a node took as a list, as a grid along the axes that were taken away before it. Its own axes are the
 * same for all of them, so they are said once, above.
 */
export function gatherSheet(
  { plan, task, pictures }: SheetTask,
  { title, graph }: { title: string; graph: Graph },
  date: string,
): ExportGrid {
  const sources = Object.values(task.awaited).find(isList) ?? [];
  const nodes = [...new Set(sources.map((source) => source.task.node))];
  const titleOf = (node: string): string => graph.nodes[node]?.title ?? plan.nodes.get(node)?.type?.title ?? node;
  const own = plan.nodes.get(task.node)!.axes;
  const axes = nodes.length === 1 ? gatheredAxes(plan.nodes.get(nodes[0]!)!.axes, own) : [];
  const { rows, columns } = usualChoice(axes);
  const placeOf = (id: string | null): number | null => (id === null ? null : axes.findIndex((axis) => axis.id === id));
  const fixed = labelsOf(own, task.index).map((label) => `${label.title}: ${valueWords(label.value)}`);
  return {
    title: title.slice(0, 400),
    subject: [nodes.map(titleOf).join(', ') || titleOf(task.node), ...fixed].join(' · ').slice(0, 400),
    date,
    axes: axes.map((axis) => ({
      title: axisTitle(axis).slice(0, 400),
      values: Array.from({ length: axis.length }, (_, i) => pointWordsOf(axis, i).slice(0, 8000)),
    })),
    rows: placeOf(rows),
    columns: placeOf(columns),
    cells: pictures.map((picture, index): ExportCell => {
      const source = sources[index];
      return {
        index,
        point: source ? pointOf(plan, source, axes) : [],
        state: 'made',
        words: 'Made',
        detail: null,
        picture: {
          sha256: picture.sha256,
          width: picture.width,
          height: picture.height,
          mediaType: picture.mediaType,
          bytes: picture.bytes,
        },
        caption: axes.length > 0 ? null : captionOf(plan, source, picture),
        name: String(index + 1),
      };
    }),
  };
}

const gatheredAxes = (all: readonly Axis[], own: readonly Axis[]): readonly Axis[] =>
  all.filter((axis) => !own.some(({ id }) => id === axis.id));

function pointOf(plan: Plan, { task }: TaskOutput, axes: readonly Axis[]): number[] {
  const all = plan.nodes.get(task.node)!.axes;
  const point = pointAt(all, task.index);
  return axes.map((axis) => point[all.findIndex(({ id }) => id === axis.id)]!);
}

/** A picture that nobody made is told by its name. */
function captionOf(plan: Plan, source: TaskOutput | undefined, picture: Artifact): string {
  if (!source) return valueWords(picture);
  const { axes } = plan.nodes.get(source.task.node)!;
  return labelsOf(axes, source.task.index)
    .map((label) => `${label.title}: ${valueWords(label.value)}`)
    .join('\n');
}
