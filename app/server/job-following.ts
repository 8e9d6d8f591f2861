import type { Job } from '../wire.ts';
import { createCancelling } from './job-cancelling.ts';
import { followedOf, type Followed } from './job-followed.ts';
import { createJobClock } from './job-clock.ts';
import { createCollecting } from './job-collecting.ts';
import { createEndings } from './job-endings.ts';
import { elsewhere } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';
import { createLooking, slowLookMs } from './job-looking.ts';
import { createPaces } from './job-paces.ts';
import type { PictureStore } from './pictures.ts';
import { nextLook } from './polling.ts';
import type { CurrentRemote } from './remote.ts';

export type FollowingOptions = {
  ledger: JobLedger;
  remote: () => CurrentRemote;
  pictures: Pick<PictureStore, 'addResult'>;
  now: () => number;
  random: () => number;
  deadlineMs: number;
  wake: () => void;
  onBug: (error: unknown) => void;
  /** The service dropped it before it began, and the user wants it after all. */
  onWantedAgain: (job: Job) => void;
};

/** While there are jobs, somebody looks at least this often. */
const longestRestMs = 2 * slowLookMs;
const mostCollects = 4;
const mostQuickRetries = 10;

/** Follows what the service has accepted, until the picture is here or it is certain that none will come. */
export function createFollowing(options: FollowingOptions) {
  const { ledger, remote, pictures, now, random, deadlineMs, wake, onBug, onWantedAgain } = options;
  const followed = new Map<string, Followed>();
  const paces = createPaces<Followed>();
  const tasks = new Set<Promise<void>>();
  const stop = new AbortController();
  const clock = createJobClock({ startedAt: now(), longestRestMs });
  const cancelling = createCancelling({ ledger, remote, signal: stop.signal, track });
  const endings = createEndings({ ledger, now, forget, onWantedAgain });
  const collecting = createCollecting({ ledger, remote, pictures, signal: stop.signal, end: endings.end, backOff });

  const isLate = (job: Followed): boolean => now() - job.lateFrom > deadlineMs;
  const isHere = (job: Followed): boolean => job.service === remote().serviceId;
  const open = (): Followed[] =>
    [...followed.values()].filter((job) => job.stage === 'look' && !isLate(job) && isHere(job));

  const look = createLooking({
    ledger,
    remote,
    signal: stop.signal,
    now,
    random,
    paces,
    cancelling,
    endings,
    open,
    isLate,
    backOff,
    keep: (job) => void followed.set(job.key, job),
    forget,
  });

  function run(job: Followed, task: () => Promise<void>): void {
    job.isBusy = true;
    track(
      task()
        .catch((error: unknown) => {
          if (stop.signal.aborted) return;
          // Our own mistake, or the disk: the job is safe at the service, so it is tried again.
          onBug(error);
          backOff(job, null);
        })
        .finally(() => (job.isBusy = false)),
    );
  }

  function track(task: Promise<void>): void {
    const done = task
      .catch((error: unknown) => void (stop.signal.aborted || onBug(error)))
      .finally(() => {
        tasks.delete(done);
        wake();
      });
    tasks.add(done);
  }

  function forget(job: Followed): void {
    if (followed.get(job.key) === job) followed.delete(job.key);
  }

  function backOff(job: Followed, retryAfterMs: number | null): void {
    const backoff = Math.min(30_000, 250 * 2 ** Math.min(job.failures++, 10)) * (0.5 + random() / 2);
    // What is old may have waited for us: for the network in the morning, or for the user who wants its picture now.
    const isSlow = isLate(job) && job.failures > mostQuickRetries;
    job.notBefore = now() + Math.max(backoff, retryAfterMs ?? 0, isSlow ? slowLookMs : 0);
  }

  function cancel(key: string): void {
    const job = followed.get(key);
    if (!job) return;
    job.isWantedAgain = false;
    if (isHere(job)) cancelling.ask(job);
  }

  return {
    follow(job: Job): void {
      followed.set(job.key, followedOf(job, { ahead: open().length, jitter: random(), now: now() }));
      if (job.error?.code === 'cancelling') cancel(job.key);
    },

    cancel,

    /** Takes a wish to cancel back. Where the service has dropped the edit by then, it is asked for anew. */
    wantAgain(key: string): void {
      const job = followed.get(key);
      if (job) job.isWantedAgain = true;
      ledger.hint(key, null);
    },

    /** How many places at the service are taken. A job that is given up for slow no longer takes one. */
    atService: (): number => open().length,

    /** Looks at what is due; answers when the next is. */
    lookDue(): number {
      const at = now();
      const back = clock.follow(at, followed.values());
      if (back !== null) paces.moveBack(back);
      const expected = paces.forecasts(open());
      let busyCollecting = [...followed.values()].filter(({ isBusy, stage }) => isBusy && stage === 'collect').length;
      let next = Infinity;
      for (const job of followed.values()) {
        if (job.isBusy) continue;
        if (!isHere(job)) {
          ledger.hint(job.key, elsewhere(job.service));
          continue;
        }
        const plan = expected.get(job);
        const due = Math.max(
          job.notBefore,
          job.stage === 'look' && plan && !job.isUrgent
            ? nextLook(job, plan.forecast, { isOldest: plan.isOldest, now: at })
            : 0,
        );
        if (due > at) next = Math.min(next, due);
        else if (job.stage === 'look') run(job, () => look(job));
        else if (busyCollecting < mostCollects) {
          busyCollecting++;
          run(job, () => collecting.collect(job));
        }
      }
      return next;
    },

    resume(): void {
      for (const job of followed.values()) job.notBefore = 0;
    },

    async close(): Promise<void> {
      stop.abort();
      await Promise.all(tasks);
    },
  };
}
