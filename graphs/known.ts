import type { SavedFile } from './node-type.ts';
import type { Plan } from './plan.ts';
import { sourcesOf, type Task } from './task.ts';

/** How a task was made, as told by whoever made it; shown and saved with the picture. */
export type Making = {
  readonly service?: string;
  readonly model?: string;
  readonly requestId?: string | null;
  /** Milliseconds since 1970. */
  readonly submittedAt?: number | null;
  readonly finishedAt?: number | null;
  /** US dollars; null = the service did not say. */
  readonly price?: number | null;
  readonly note?: string | null;
};

/** What is known of a key, from the job book or from a run. A key nobody knows is not made and not paid. */
export type Known =
  | {
      readonly status: 'done';
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly making?: Making;
      readonly file?: SavedFile;
      /** The user's own, 1 to 5. */
      readonly rating?: number;
    }
  /** Paid or queued: it will become something else by itself. */
  | {
      readonly status: 'underway';
      readonly queuePosition?: number | null;
      readonly since?: number;
      readonly word?: string;
      readonly message?: string;
    }
  /** `again`: `same` = nothing was accepted, the key may be asked for once more; `fetch` = made and paid, but its picture has to be fetched again, which is free; else only a new take helps. */
  | {
      readonly status: 'failed' | 'cancelled';
      readonly message: string;
      readonly code?: string;
      readonly again: 'same' | 'fetch' | 'new-take';
    }
  /** A paid request whose answer was lost: only the user decides. `forgotten`: the user let it rest; not made. */
  | { readonly status: 'unknown' | 'forgotten'; readonly message: string };

export type Lookup = (key: string) => Known | undefined;

/** What a run would do, counted in keys of edits: tasks with the same key are one edit. */
export type Count = {
  readonly edits: number;
  readonly made: number;
  readonly underway: number;
  readonly toPay: number;
  /** Accepted once and failed, or counted as lost: not asked for again without a new take. */
  readonly stuck: number;
  /** A paid request whose answer was lost: waits for the user's answer. */
  readonly unknown: number;
  /** Lost likewise, and let rest by the user. */
  readonly forgotten: number;
  /** Waits for one of these three. */
  readonly blocked: number;
  /** Edits that only tasks have which are struck out, and that were not made before: no run makes them. Not among `edits`. */
  readonly struck: number;
  /** Files that a save node would write now. */
  readonly toSave: number;
};

export const nothingCounted: Count = {
  edits: 0,
  made: 0,
  underway: 0,
  toPay: 0,
  stuck: 0,
  unknown: 0,
  forgotten: 0,
  blocked: 0,
  struck: 0,
  toSave: 0,
};

/** [P5, M9] Counts the edits of a plan by what is known of their keys; `toPay` is what a run submits. */
export function countPlan(plan: Plan, lookup: Lookup, states = new Map<string, TaskOutlook>()): Count {
  const count: { -readonly [name in keyof Count]: number } = { ...nothingCounted };
  const struck = new Set<string>();
  for (const { tasks, type } of plan.nodes.values()) {
    for (const task of tasks) {
      if (task.key === null || states.has(task.key)) continue;
      if (task.idle) {
        if (type?.uses === 'edits') struck.add(task.key);
        continue;
      }
      const outlook = outlookOf(task, lookup, states);
      states.set(task.key, outlook);
      if (type?.uses === 'edits') {
        count.edits++;
        count[outlook]++;
      } else if (type?.uses === 'outputs' && outlook === 'toPay') count.toSave++;
    }
  }
  for (const key of struck) if (!states.has(key) && lookup(key)?.status !== 'done') count.struck++;
  return count;
}

export type TaskOutlook = 'made' | 'underway' | 'toPay' | 'stuck' | 'unknown' | 'forgotten' | 'blocked';

/** What waits for one of these is blocked. */
export const leadNowhere: ReadonlySet<TaskOutlook | undefined> = new Set(['stuck', 'unknown', 'forgotten', 'blocked']);

/** What a run would do with a task; `states` has those that it waits for. */
export function outlookOf(task: Task, lookup: Lookup, states: ReadonlyMap<string, TaskOutlook>): TaskOutlook {
  const known = lookup(task.key!);
  if (known?.status === 'done') return 'made';
  if (known?.status === 'underway' || (known?.status === 'failed' && known.again === 'fetch')) return 'underway';
  if (known?.status === 'unknown' || known?.status === 'forgotten') return known.status;
  if (isStuck(known)) return 'stuck';
  if (sourcesOf(task).some((source) => leadNowhere.has(states.get(source.task.key!)))) return 'blocked';
  return 'toPay';
}

/** A key that only the user's wish for a new take can bring further. */
export function isStuck(known: Known | undefined): boolean {
  return (
    known?.status === 'unknown' ||
    known?.status === 'forgotten' ||
    ((known?.status === 'failed' || known?.status === 'cancelled') && known.again === 'new-take')
  );
}
