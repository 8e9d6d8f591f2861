import type { Job, JobError } from '../wire.ts';
import type { JobPatch } from './job-book.ts';
import type { Followed } from './job-followed.ts';
import { dropped, goneSentence, notOurs, statusOf } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';
import type { RemoteError } from './remote-errors.ts';

export type EndingOptions = {
  ledger: JobLedger;
  now: () => number;
  /** It is not followed any longer. */
  forget: (job: Followed) => void;
  /** The service dropped it before it began, and the user wants it after all. */
  onWantedAgain: (job: Job) => void;
};

/** The ways in which following a job comes to an end. */
export function createEndings({ ledger, now, forget, onWantedAgain }: EndingOptions) {
  function end(job: Followed, patch: JobPatch): void {
    const error = patch.error && fetchedBefore(job, patch.error) ? { ...patch.error, twice: true } : patch.error;
    ledger.change(job.key, { ...patch, ...(error && { error }), queuePosition: null, finishedAt: now() });
    forget(job);
  }

  // An address that is dead and bytes that are cut off may be well tomorrow, so those can be fetched without end, for free.
  const fetchedBefore = (job: Followed, { code }: JobError): boolean =>
    (code === 'request-gone' &&
      ledger.get(job.key)?.decisions?.some((decision) => decision.what === 'fetch' && decision.code === code)) ??
    false;

  return {
    end,

    cancelled(job: Followed, { isSurelyUnmade }: { isSurelyUnmade: boolean }): void {
      end(job, { status: 'cancelled', error: isSurelyUnmade ? dropped : null });
      const ended = ledger.get(job.key);
      if (ended && isSurelyUnmade && job.isWantedAgain) onWantedAgain(ended);
    },

    /** The service does not know the request, or no longer. */
    gone(job: Followed, error: RemoteError): void {
      if (job.badResults > 0) {
        return end(job, { status: 'failed', error: { code: 'result-gone', message: goneSentence } });
      }
      if (job.isDropped) return end(job, { status: 'cancelled', error: null });
      const message = `${error.message} Its picture cannot be fetched. A new take makes it once more.`;
      end(job, { status: 'failed', error: { code: error.code, message, ...statusOf(error) } });
    },

    /** The user named a request that is not the one of this job: its outcome is as unknown as before. */
    disown(job: Followed, reason: string): void {
      end(job, { status: 'unknown', requestId: null, remoteStatus: null, error: notOurs(reason) });
    },
  };
}
