import type { Job } from '../wire.ts';
import { createCancelling } from './job-cancelling.ts';
import { followedOf, isWaiting, otherEdit, type Followed } from './job-followed.ts';
import { createJobClock } from './job-clock.ts';
import { createCollecting } from './job-collecting.ts';
import { createEndings } from './job-endings.ts';
import { beingMade, elsewhere, hintOf, slow } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';
import type { PictureStore } from './pictures.ts';
import { createPaces } from './job-paces.ts';
import { nextLook } from './polling.ts';
import { RemoteError } from './remote-errors.ts';
import type { Look } from './remote-reply.ts';
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

const slowLookMs = 5 * 60_000;
const pausedLookMs = 60_000;
/** While there are jobs, somebody looks at least this often. */
const longestRestMs = 2 * slowLookMs;
const mostEmptyResults = 3;
const mostCollects = 4;
const mostQuickRetries = 10;
/** A request may take a moment to be known everywhere at the service. */
const youngMs = 15_000;

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
  const { end } = endings;
  const collecting = createCollecting({ ledger, remote, pictures, signal: stop.signal, end, backOff });

  const isLate = (job: Followed): boolean => now() - job.lateFrom > deadlineMs;
  const isHere = (job: Followed): boolean => job.service === remote().serviceId;
  const open = (): Followed[] =>
    [...followed.values()].filter((job) => job.stage === 'look' && !isLate(job) && isHere(job));

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

  async function look(job: Followed): Promise<void> {
    let seen: Look;
    try {
      seen = await remote().look(job.requestId, stop.signal);
    } catch (error) {
      if (stop.signal.aborted || !(error instanceof RemoteError)) throw error;
      return lookFailed(job, error);
    }
    if (stop.signal.aborted) return;
    job.failures = 0;
    const { status, input } = ledger.get(job.key) ?? {};
    // A picture that was made is fetched even where the service had confirmed the cancelling of it.
    const isWanted =
      status === 'submitted' || status === 'collecting' || (status === 'cancelled' && seen.status === 'done');
    if (!isWanted) return forget(job);
    const other = job.isClaimed && input ? otherEdit(seen.input, input) : null;
    if (other) return endings.disown(job, `The request ${job.requestId} made another edit: ${other}.`);
    if (seen.status === 'live') return goesOn(job, seen);

    // What was found again by its id says nothing about how long an edit takes.
    if (seen.status !== 'cancelled' && !job.isClaimed)
      paces.learnEnd(job, { open: open(), at: now(), failed: seen.status === 'failed' });
    switch (seen.status) {
      case 'failed': {
        const message = `The edit service could not make this edit: ${seen.message}`;
        return end(job, { status: 'failed', price: seen.cost, error: { code: 'service-failed', message } });
      }
      case 'cancelled':
        return endings.cancelled(job, { isSurelyUnmade: cancelling.isSurelyUnmade(job) });
      case 'done': {
        const { urls, note, cost: price } = seen;
        if (urls.length > 0) {
          ledger.change(job.key, {
            status: 'collecting',
            resultUrls: urls,
            note,
            price,
            queuePosition: null,
            error: null,
          });
          job.stage = 'collect';
          // A confirmed cancelling had let go of it.
          followed.set(job.key, job);
          return;
        }
        if (++job.emptyResults < mostEmptyResults) return backOff(job, null);
        const message =
          'The edit service says that the edit is done, but gave no picture. Run again to ask for it once more.';
        return end(job, { status: 'failed', note, price, error: { code: 'no-picture', message } });
      }
    }
  }

  function goesOn(job: Followed, { word, queuePosition }: Look & { status: 'live' }): void {
    const at = now();
    const waits = isWaiting(word, queuePosition);
    if (!job.isClaimed) paces.learnLive(job, { open: open(), at, waits });
    job.isUrgent = false;
    job.lookedAt = at;
    job.jitter = random();
    if (waits) job.queuedAt = at;
    else job.workingAt ??= at;

    const { error, remoteStatus, queuePosition: position } = ledger.get(job.key) ?? {};
    if (remoteStatus !== word || position !== queuePosition)
      ledger.change(job.key, { remoteStatus: word, queuePosition });
    if (isLate(job)) {
      ledger.hint(job.key, slow);
      job.notBefore = at + slowLookMs;
    } else if (error?.code === 'cancelling') {
      cancelling.seenAlive(job, { waits, at });
    } else if (error && error.code !== beingMade.code) {
      ledger.hint(job.key, null);
    }
  }

  function lookFailed(job: Followed, error: RemoteError): void {
    if (job.isClaimed && (error.meaning === 'gone' || error.code === 'permission')) {
      return endings.disown(
        job,
        error.meaning === 'gone'
          ? `The edit service knows no request ${job.requestId}, or no longer.`
          : `The request ${job.requestId} belongs to another account.`,
      );
    }
    switch (error.meaning) {
      case 'paused':
        // The token or the account is not right at the moment; the request is there all the same.
        ledger.hint(job.key, hintOf(error, 'The edit itself is safe at the service and will be followed on.'));
        job.notBefore = now() + pausedLookMs;
        return;
      case 'gone': {
        const isYoung = now() - job.submittedAt < youngMs && job.failures < 3;
        if (isYoung && job.badResults === 0 && !job.isDropped) return backOff(job, null);
        return endings.gone(job, error);
      }
      default:
        backOff(job, error.retryAfterMs);
        if (job.failures >= 3) ledger.hint(job.key, hintOf(error, 'It will be asked again by itself.'));
    }
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
