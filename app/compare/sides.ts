import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import { pointWords, type Axis } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { Task } from '../../graphs/task.ts';
import { originalOf, pictureOf } from '../../graphs/task-picture.ts';

import type { CompareCell } from '../panels/shell.ts';

export type SidePicture = Pick<Artifact, 'sha256' | 'width' | 'height'>;

/** One of the pictures that are compared. */
export type Side = {
  readonly cell: CompareCell;
  readonly letter: string;
  /** What the node is called, or the picture. */
  readonly title: string;
  /** The point in words; empty where there is only one. */
  readonly label: string;
  /** Null = there is none yet. */
  readonly picture: SidePicture | null;
  /** It was asked for by its bytes, and they are not here. */
  readonly gone: boolean;
  /** Null for a picture that is no result of the graph. */
  readonly task: Task | null;
  readonly axes: readonly Axis[];
};

export const MOST_SIDES = 4;

export function letterOf(place: number): string {
  return 'ABCD'[place] ?? '';
}

/** `sizes`: of pictures by their SHA-256, as far as they are known. */
export function sideOf(
  cell: CompareCell,
  place: number,
  world: {
    plan: Plan;
    lookup: Lookup;
    titleOf: (node: string) => string;
    sizes: ReadonlyMap<string, SidePicture | null>;
  },
): Side {
  const { plan, lookup, titleOf, sizes } = world;
  const letter = letterOf(place);
  if ('sha256' in cell)
    return {
      cell,
      letter,
      title: cell.title,
      label: '',
      picture: sizes.get(cell.sha256) ?? null,
      gone: sizes.get(cell.sha256) === null,
      task: null,
      axes: [],
    };
  const planned = plan.nodes.get(cell.node);
  const task = planned?.tasks[cell.index] ?? null;
  const title = titleOf(cell.node);
  return {
    cell,
    letter,
    title: cell.original ? `Original of ${title}` : title,
    label: planned && planned.tasks.length > 1 ? pointWords(planned.axes, cell.index) : '',
    picture: task && (cell.original ? originalOf(plan, task, lookup) : pictureOf(plan, task, lookup)),
    gone: false,
    task,
    axes: planned?.axes ?? [],
  };
}

/** `Seeds · Seed: 2`, for labels and for those who cannot see. */
export const nameOfSide = ({ title, label }: Side): string => (label ? `${title}, ${label}` : title);

/** Is there a result, and a photograph at the beginning that it can be compared with? */
export function hasOriginal(plan: Plan, cell: CompareCell, lookup: Lookup): boolean {
  if ('sha256' in cell || cell.original) return false;
  const task = plan.nodes.get(cell.node)?.tasks[cell.index];
  return task !== undefined && originalOf(plan, task, lookup) !== null;
}

/** The sizes of pictures that nothing but their bytes is known of; null = it could not be shown. */
export async function measure(sha256: string): Promise<SidePicture | null> {
  const image = new Image();
  image.src = pictureUrl(sha256);
  try {
    await image.decode();
    return { sha256, width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return null;
  }
}
