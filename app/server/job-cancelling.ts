import type { Followed } from './job-followed.ts';
import { beingMade } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';
import type { CurrentRemote } from './remote.ts';

export type CancellingOptions = {
  ledger: JobLedger;
  remote: () => CurrentRemote;
  signal: AbortSignal;
  /** Keeps the request under way in view, so that closing waits for it. */
  track: (task: Promise<void>) => void;
};

const mostCancels = 3;
/** A service that has dropped an edit may take a moment to say so everywhere. */
const deniedLookMs = 1000;

/** Asks the service to drop what it has not begun (M8). */
export function createCancelling({ ledger, remote, signal, track }: CancellingOptions) {
  function ask(job: Followed): void {
    if (job.stage !== 'look' || job.isCancelling || job.isDropped) return;
    job.cancels++;
    job.isCancelling = true;
    track(send(job).finally(() => (job.isCancelling = false)));
  }

  async function send(job: Followed): Promise<void> {
    const outcome = await remote().cancel(job.requestId, signal);
    if (signal.aborted || ledger.get(job.key)?.status !== 'submitted') return;
    if (outcome === 'cancelled') {
      // The next look has to say so too, before it is believed that nothing will be made.
      job.isDropped = true;
      job.isUrgent = true;
    } else if (outcome === 'not_cancellable' && !job.isWantedAgain) ledger.hint(job.key, beingMade);
    // Unknown: the next look that finds it still waiting asks once more.
  }

  return {
    ask,

    /** A look found the job alive although it is to be cancelled. */
    seenAlive(job: Followed, { waits, at }: { waits: boolean; at: number }): void {
      if (job.isDropped && waits && ++job.cancels <= mostCancels) {
        job.isUrgent = true;
        job.notBefore = at + deniedLookMs;
        return;
      }
      // Said once and denied ever since: it may be made and paid for after all, so it is followed like any other.
      if (waits) job.isDropped = false;
      if (waits && (job.cancels < mostCancels || job.isCancelling)) ask(job);
      else ledger.hint(job.key, beingMade);
    },

    /**
     * Whether it is certain that nothing was made: the service says twice, in two ways, that it took the edit out of its
     * queue, and was never seen at work on it. Its documentation: only what is queued can be cancelled.
     */
    isSurelyUnmade: (job: Followed): boolean => job.isDropped && job.workingAt === null && !job.mayHaveBegun,
  };
}
