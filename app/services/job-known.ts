import type { Known } from '../../graphs/known.ts';
import type { JobNews } from '../job-news.ts';
import { fetchableCodes, forgottenCode, isSurelyUnmade, type JobError, type SavedOutput } from '../wire.ts';

/** What the job book says about a key, in the core's words. */
export function knownOfJob(job: JobNews): Known {
  switch (job.status) {
    case 'done':
      return {
        status: 'done',
        outputs: { image: job.artifacts[0] },
        making: makingOf(job),
        ...(job.rating ? { rating: job.rating } : {}),
      };
    case 'failed':
    case 'cancelled':
      if (job.error?.code === forgottenCode) return { status: 'forgotten', message: job.error.message };
      return {
        status: job.status,
        message: job.error?.message ?? (job.status === 'cancelled' ? 'Cancelled.' : 'The edit service gave no reason.'),
        ...(job.error ? { code: job.error.code } : {}),
        again: isSurelyUnmade(job) ? 'same' : job.error && mayFetchAgain(job.error) ? 'fetch' : 'new-take',
      };
    case 'unknown':
      return {
        status: 'unknown',
        message:
          job.error?.message ??
          'The request was sent but its answer was lost, so it may have been paid for. It is not sent again by itself.',
      };
    default:
      return {
        status: 'underway',
        queuePosition: job.queuePosition,
        since: job.submittedAt ?? job.createdAt,
        word: job.status === 'submitted' ? (job.remoteStatus ?? 'submitted') : job.status,
        ...(job.error ? { message: job.error.message } : {}),
      };
  }
}

const mayFetchAgain = ({ code, twice }: JobError): boolean => fetchableCodes.includes(code) && !twice;

function makingOf(job: Extract<JobNews, { status: 'done' }>) {
  const { service, model, requestId, submittedAt, finishedAt, price, note } = job;
  return { service, model, requestId, submittedAt, finishedAt, price, note };
}

export function knownOfOutput({ file, url }: SavedOutput): Known {
  return { status: 'done', outputs: {}, file: { file, url } };
}
