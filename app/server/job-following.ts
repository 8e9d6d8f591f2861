import type { Job } from '../wire.ts';
import { collectPictures } from './collect-pictures.ts';
import { beingMade, elsewhere, goneSentence, hintOf, slow, statusOf } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';
import type { PictureStore } from './pictures.ts';
import { createPaces } from './job-paces.ts';
import { nextLook, type OpenJob } from './polling.ts';
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
};

/** A job at the service, or one whose picture is being fetched. What is not in the job book may be forgotten. */
type Followed = OpenJob & {
  key: string;
  service: string;
  requestId: string;
  stage: 'look' | 'collect';
  /** Not before this, whatever the forecast says. */
  notBefore: number;
  isBusy: boolean;
  failures: number;
  emptyResults: number;
  badResults: number;
  cancels: number;
  isCancelling: boolean;
};

const slowLookMs = 5 * 60_000;
const pausedLookMs = 60_000;
const mostEmptyResults = 3;
const mostBadResults = 3;
const mostCancels = 3;
const mostCollects = 4;
/** A request may take a moment to be known everywhere at the service. */
const youngMs = 15_000;

/** Follows what the service has accepted, until the picture is here or it is certain that none will come. */
export function createFollowing(options: FollowingOptions) {
  const { ledger, remote, pictures, now, random, deadlineMs, wake, onBug } = options;
  const followed = new Map<string, Followed>();
  const paces = createPaces<Followed>();
  const tasks = new Set<Promise<void>>();
  const stop = new AbortController();

  const isLate = (job: Followed): boolean => now() - job.submittedAt > deadlineMs;
  const isHere = (job: Followed): boolean => job.service === remote().serviceId;
  const open = (): Followed[] =>
    [...followed.values()].filter((job) => job.stage === 'look' && !isLate(job) && isHere(job));

  function run(job: Followed, task: () => Promise<void>): void {
    job.isBusy = true;
    const done = task()
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        // Our own mistake, or the disk: the job is safe at the service, so it is tried again.
        onBug(error);
        backOff(job, null);
      })
      .finally(() => {
        job.isBusy = false;
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
    const status = ledger.get(job.key)?.status;
    // A picture that was made is fetched even where the service had confirmed the cancelling of it.
    const isWanted =
      status === 'submitted' || status === 'collecting' || (status === 'cancelled' && seen.status === 'done');
    if (!isWanted) return forget(job);
    if (seen.status === 'live') return goesOn(job, seen);

    if (seen.status !== 'cancelled') paces.learnEnd(job, { open: open(), at: now(), failed: seen.status === 'failed' });
    switch (seen.status) {
      case 'failed': {
        const message = `The edit service could not make this edit: ${seen.message}`;
        return end(job, { status: 'failed', price: seen.cost, error: { code: 'service-failed', message } });
      }
      case 'cancelled':
        return end(job, { status: 'cancelled', error: null });
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
    const waits = queuePosition !== null || /queue|pending|waiting/.test(word);
    paces.learnLive(job, { open: open(), at, waits });
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
      if (!waits || (job.cancels >= mostCancels && !job.isCancelling)) ledger.hint(job.key, beingMade);
      else cancel(job.key);
    } else if (error && error.code !== beingMade.code) {
      ledger.hint(job.key, null);
    }
  }

  function lookFailed(job: Followed, error: RemoteError): void {
    switch (error.meaning) {
      case 'paused':
        // The token or the account is not right at the moment; the request is there all the same.
        ledger.hint(job.key, hintOf(error, 'The edit itself is safe at the service and will be followed on.'));
        job.notBefore = now() + pausedLookMs;
        return;
      case 'gone': {
        if (job.badResults > 0) return resultGone(job);
        if (now() - job.submittedAt < youngMs && job.failures < 3) return backOff(job, null);
        const message = `${error.message} Its picture cannot be fetched. A new take makes it once more.`;
        return end(job, { status: 'failed', error: { code: error.code, message, ...statusOf(error) } });
      }
      default:
        backOff(job, error.retryAfterMs);
        if (job.failures >= 3) ledger.hint(job.key, hintOf(error, 'It will be asked again by itself.'));
    }
  }

  async function collect(job: Followed): Promise<void> {
    const { resultUrls = [] } = ledger.get(job.key) ?? {};
    const service = remote();
    const outcome = await collectPictures({
      urls: resultUrls,
      fetchResult: service.fetchResult,
      pictures,
      signal: stop.signal,
    });
    if (stop.signal.aborted) return;
    switch (outcome.status) {
      case 'done':
        return end(job, { status: 'done', artifacts: outcome.artifacts, error: null });
      case 'refused':
        return end(job, { status: 'failed', error: outcome.error });
      case 'later':
        ledger.hint(job.key, outcome.hint);
        return backOff(job, outcome.retryAfterMs);
      case 'look-again':
        // The address is dead or the bytes are no picture: the result names a fresh address, maybe.
        if (++job.badResults > mostBadResults) return end(job, { status: 'failed', error: outcome.error });
        job.stage = 'look';
        return backOff(job, null);
    }
  }

  const resultGone = (job: Followed): void =>
    end(job, { status: 'failed', error: { code: 'result-gone', message: goneSentence } });

  function end(job: Followed, patch: Parameters<JobLedger['change']>[1]): void {
    ledger.change(job.key, { ...patch, queuePosition: null, finishedAt: now() });
    forget(job);
  }

  function forget(job: Followed): void {
    if (followed.get(job.key) === job) followed.delete(job.key);
  }

  function backOff(job: Followed, retryAfterMs: number | null): void {
    const backoff = Math.min(30_000, 250 * 2 ** Math.min(job.failures++, 10)) * (0.5 + random() / 2);
    job.notBefore = now() + (isLate(job) ? Math.max(backoff, slowLookMs) : Math.max(backoff, retryAfterMs ?? 0));
    if (isLate(job)) ledger.hint(job.key, slow);
  }

  function cancel(key: string): void {
    const job = followed.get(key);
    if (!job || job.stage !== 'look' || job.isCancelling || !isHere(job)) return;
    job.cancels++;
    job.isCancelling = true;
    const task = askToCancel(job)
      .catch((error: unknown) => void (stop.signal.aborted || onBug(error)))
      .finally(() => {
        job.isCancelling = false;
        tasks.delete(task);
        wake();
      });
    tasks.add(task);
  }

  async function askToCancel(job: Followed): Promise<void> {
    const outcome = await remote().cancel(job.requestId, stop.signal);
    if (stop.signal.aborted || ledger.get(job.key)?.status !== 'submitted') return;
    if (outcome === 'cancelled') end(job, { status: 'cancelled', error: null });
    else if (outcome === 'not_cancellable') ledger.hint(job.key, beingMade);
    // Unknown: the next look that finds it still waiting asks once more.
  }

  return {
    follow(job: Job): void {
      const { key, service, requestId, input } = job;
      if (!requestId) throw new Error(`Expected a request id for the job ${key} (${job.status})`);
      followed.set(key, {
        key,
        service,
        requestId,
        sort: `${input.enable_thinking_mode} ${input.enable_reflection_mode}`,
        stage: job.status === 'collecting' && job.resultUrls.length > 0 ? 'collect' : 'look',
        submittedAt: job.submittedAt ?? job.createdAt,
        ahead: open().length,
        lookedAt: null,
        queuedAt: null,
        workingAt: null,
        jitter: random(),
        notBefore: 0,
        isBusy: false,
        failures: 0,
        emptyResults: 0,
        badResults: 0,
        cancels: 0,
        isCancelling: false,
      });
      if (job.error?.code === 'cancelling') cancel(key);
    },

    cancel,

    /** How many places at the service are taken. A job that is given up for slow no longer takes one. */
    atService: (): number => open().length,

    /** Looks at what is due; answers when the next is. */
    lookDue(): number {
      const at = now();
      const expected = paces.forecasts(open());
      let collecting = [...followed.values()].filter(({ isBusy, stage }) => isBusy && stage === 'collect').length;
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
          job.stage === 'look' && plan ? nextLook(job, plan.forecast, { isOldest: plan.isOldest, now: at }) : 0,
        );
        if (due > at) next = Math.min(next, due);
        else if (job.stage === 'look') run(job, () => look(job));
        else if (collecting < mostCollects) {
          collecting++;
          run(job, () => collect(job));
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
