import type { TaskView } from '../runs.ts';

/** What a cell shows of a task. */
export type CellState = 'empty' | 'waiting' | 'running' | 'failed' | 'blocked' | 'cancelled' | 'unknown' | 'done';

export function cellStateOf(view: TaskView | undefined): CellState {
  if (!view || view.status === 'forgotten') return 'empty';
  return view.status === 'underway' ? 'running' : view.status;
}

export type CellWords = { readonly title: string; readonly detail: string | null; readonly since: number | null };

/** The state of a task in words; `detail` is what the service or the server said. */
export function wordsOf(view: TaskView | undefined): CellWords {
  switch (view?.status) {
    case undefined:
      return { title: 'Not made yet', detail: null, since: null };
    case 'waiting':
      return { title: 'Waiting', detail: null, since: null };
    case 'running': {
      const { progress, since } = view;
      return { title: stageOf(progress?.word, progress?.queuePosition), detail: progress?.message ?? null, since };
    }
    case 'underway':
      return { title: stageOf(view.word, view.queuePosition), detail: view.message ?? null, since: view.since ?? null };
    case 'failed':
      return { title: 'Failed', detail: view.message, since: null };
    case 'cancelled':
      return { title: 'Cancelled', detail: view.message, since: null };
    case 'forgotten':
      return { title: 'Not made', detail: view.message, since: null };
    case 'unknown':
      return { title: 'Outcome unknown', detail: view.message, since: null };
    case 'blocked':
      return { title: 'Blocked', detail: null, since: null };
    case 'done':
      return { title: 'Done', detail: null, since: null };
  }
}

function stageOf(word: string | null | undefined, position: number | null | undefined): string {
  if (word === 'in_progress') return 'Being made';
  if (word === 'collecting') return 'Fetching the picture';
  if (position !== null && position !== undefined && position > 0) return `In the queue, number ${position}`;
  if (word === 'in_queue' || word === 'queued' || word === 'submitted' || word === 'submitting') return 'In the queue';
  return 'Under way';
}

/** `8 s`, `2:05`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export { pointWords as labelText } from '../../graphs/axes.ts';
