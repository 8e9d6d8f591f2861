import type { createCancelling } from './job-cancelling.ts';
import type { createEndings } from './job-endings.ts';
import { isWaiting, otherEdit, type Followed } from './job-followed.ts';
import { beingMade, hintOf, slow } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';
import type { createPaces } from './job-paces.ts';
import { RemoteError } from './remote-errors.ts';
import type { Look } from './remote-reply.ts';
import type { CurrentRemote } from './remote.ts';

export type LookingOptions = {
  ledger: JobLedger;
  remote: () => CurrentRemote;
  signal: AbortSignal;
  now: () => number;
  random: () => number;
  paces: ReturnType<typeof createPaces<Followed>>;
  cancelling: ReturnType<typeof createCancelling>;
  endings: ReturnType<typeof createEndings>;
  /** Jobs that take a place at the service. */
  open: () => Followed[];
  isLate: (job: Followed) => boolean;
  backOff: (job: Followed, retryAfterMs: number | null) => void;
  /** It is followed on. */
  keep: (job: Followed) => void;
  /** It is not followed any longer. */
  forget: (job: Followed) => void;
};

/** How often somebody looks at what is slower than anything should be. */
export const slowLookMs = 5 * 60_000;
const pausedLookMs = 60_000;
const mostEmptyResults = 3;
/** A request may take a moment to be known everywhere at the service. */
const youngMs = 15_000;

/** Asks the service how it stands with a job, and does what follows from the answer. */
export function createLooking(options: LookingOptions) {
  const { ledger, remote, signal, now, random, paces, cancelling, endings, open, isLate, backOff, keep, forget } =
    options;
  const { end } = endings;

  async function look(job: Followed): Promise<void> {
    let seen: Look;
    try {
      seen = await remote().look(job.requestId, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof RemoteError)) throw error;
      return lookFailed(job, error);
    }
    if (signal.aborted) return;
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
          keep(job);
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

  return look;
}
