import type { Artifact } from '../../graphs/artifact.ts';
import { valueWords } from '../../graphs/axes.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { NodeType } from '../../graphs/node-type.ts';
import type { Task } from '../../graphs/task.ts';
import { pictureOfType } from '../../graphs/task-picture.ts';
import { cellStateOf, wordsOf, type CellState } from '../canvas/task-words.ts';
import type { TaskView } from '../runs.ts';

/** What a cell of the grid shows; two more than a card has, since the grid shows what is never made, too. */
export type GridState = CellState | 'struck' | 'pick';

export type CellFace = {
  readonly state: GridState;
  readonly picture: Artifact | null;
  /** What a node gives that makes no pictures. */
  readonly text: string | null;
  /** The state in words, short. */
  readonly words: string;
  /** What the service or the server said. */
  readonly detail: string | null;
  /** 1 to 5; 0 = none. */
  readonly rating: number;
};

/** Everything that a cell shows, from what is known now. */
export function faceOf(type: NodeType | null, task: Task, view: TaskView | undefined, lookup: Lookup): CellFace {
  const picture = type ? pictureOfType(type, task, lookup) : null;
  const text = picture ? null : textOf(task);
  const state = stateOf(task, view, picture !== null || text !== null);
  const { title, detail } = wordsOf(view);
  return {
    state,
    picture,
    text,
    words:
      state === 'struck'
        ? struckWords(picture)
        : state === 'pick'
          ? 'Waits for a pick'
          : state === 'done'
            ? 'Made'
            : title,
    detail: state === 'struck' || state === 'pick' ? null : detail,
    rating: ratingOf(task, lookup),
  };
}

const struckWords = (picture: Artifact | null): string =>
  picture ? 'Struck out, made before' : 'Struck out: not made';

function stateOf(task: Task, view: TaskView | undefined, shows: boolean): GridState {
  if (task.idle !== null) return task.idle;
  // A pure task is never waited for.
  return task.key === null && shows ? 'done' : cellStateOf(view);
}

function textOf({ outputs }: Task): string | null {
  if (!outputs) return null;
  const texts = Object.values(outputs).map(valueWords);
  return texts.length === 0 ? null : texts.join(' · ');
}

/** The rating of the picture that a task made; those that hand on what others made show theirs. */
export function ratingOf(task: Task, lookup: Lookup): number {
  const known = task.key === null ? undefined : lookup(task.key);
  return known?.status === 'done' ? (known.rating ?? 0) : 0;
}

/** `width / height` of the cells: that of the first picture that is known. */
export function ratioOf(type: NodeType | null, tasks: readonly Task[], lookup: Lookup): number {
  if (!type) return USUAL_RATIO;
  for (const task of tasks) {
    const picture = pictureOfType(type, task, lookup) ?? inputOf(task);
    if (picture) return Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, picture.width / picture.height));
  }
  return USUAL_RATIO;
}

/** Before anything is made, the picture that goes in tells what will come out. */
function inputOf(task: Task): Artifact | null {
  for (const value of Object.values(task.known))
    if (value !== null && typeof value === 'object' && 'sha256' in value && 'width' in value) return value as Artifact;
  return null;
}

const USUAL_RATIO = 4 / 3;
const MOST_RATIO = 2.4;
