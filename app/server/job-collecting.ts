import { collectPictures } from './collect-pictures.ts';
import type { JobPatch } from './job-book.ts';
import type { Followed } from './job-followed.ts';
import type { JobLedger } from './job-ledger.ts';
import type { PictureStore } from './pictures.ts';
import type { CurrentRemote } from './remote.ts';

export type CollectingOptions = {
  ledger: JobLedger;
  remote: () => CurrentRemote;
  pictures: Pick<PictureStore, 'addResult'>;
  signal: AbortSignal;
  end: (job: Followed, patch: JobPatch) => void;
  backOff: (job: Followed, retryAfterMs: number | null) => void;
};

const mostBadResults = 3;

/** Brings the pictures of finished jobs home (M7). */
export function createCollecting({ ledger, remote, pictures, signal, end, backOff }: CollectingOptions) {
  return {
    async collect(job: Followed): Promise<void> {
      const { resultUrls = [] } = ledger.get(job.key) ?? {};
      const outcome = await collectPictures({
        urls: resultUrls,
        fetchResult: remote().fetchResult,
        pictures,
        signal,
      });
      if (signal.aborted) return;
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
    },
  };
}
