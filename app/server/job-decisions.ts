import { fetchableCodes, isSurelyUnmade, type Decision, type Job, type Settle } from '../wire.ts';
import { HttpError } from './http-error.ts';
import type { JobBook } from './job-book.ts';
import { beingMade, givenUp, forgotten } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';

export type DecisionOptions = {
  ledger: JobLedger;
  book: Pick<JobBook, 'get' | 'keyOfRequest'>;
  now: () => number;
  /** The edit service in use. */
  service: () => string;
  /** Takes a job up that has a request at the service. */
  follow: (job: Job) => void;
  /** Takes the wish to cancel a job back. */
  wantAgain: (key: string) => void;
  /** Puts a job into the queue from which it is sent. */
  submit: (job: Job) => void;
};

/**
 * What the user decides about a job that was sent before: nothing here is done by itself. Only `submit` leads to a paid
 * request, and only for what surely was not made (M1). Each decision is in the job book, with its time.
 */
export function createDecisions({ ledger, book, now, service, follow, wantAgain, submit }: DecisionOptions) {
  const decided = (job: Job, decision: Omit<Decision, 'at'>): Decision[] => [
    ...(job.decisions ?? []),
    { ...decision, at: now() },
  ];

  /** Back into the queue; the request that the service had dropped is written down before its id is let go of. */
  function queueAgain(job: Job): Job {
    const { requestId } = job;
    const queued = ledger.change(job.key, {
      status: 'queued',
      accepted: false,
      error: null,
      finishedAt: null,
      submittedAt: null,
      requestId: null,
      remoteStatus: null,
      queuePosition: null,
      ...(requestId && { decisions: decided(job, { what: 'ask-again', requestId }) }),
    });
    submit(queued);
    return queued;
  }

  /**
   * The picture is paid for, and asking for it once more is free. Its address may be another one by now. What it was
   * stays in the book until it is here: where the service has it no longer, its file may still come back.
   */
  function fetchAgain(job: Job): Job {
    const code = job.error?.code;
    const again = ledger.change(job.key, {
      status: 'submitted',
      error: null,
      finishedAt: null,
      decisions: decided(job, { what: 'fetch', ...(code && { code }) }),
    });
    follow(again);
    return again;
  }

  const mayBeFetched = (job: Job): boolean =>
    job.requestId !== null &&
    job.status === 'failed' &&
    fetchableCodes.includes(job.error?.code ?? '') &&
    job.service === service();

  return {
    queueAgain,
    fetchAgain,

    /** Whoever waits for it pays for nothing new: what surely was not made stays as it is. */
    join(job: Job): Job {
      if (isSurelyUnmade(job)) return job;
      // Where the service has dropped it by then, it ends as such.
      if (isToBeCancelled(job)) ledger.hint(job.key, null);
      return mayBeFetched(job) ? fetchAgain(job) : (book.get(job.key) ?? job);
    },

    /** Run was pressed for a key that the book knows. */
    askAgain(job: Job): Job {
      if (isSurelyUnmade(job)) return queueAgain(job);
      if (isToBeCancelled(job)) {
        wantAgain(job.key);
        return book.get(job.key) ?? job;
      }
      return mayBeFetched(job) ? fetchAgain(job) : job;
    },

    /**
     * Follows the request of a job whose answer was lost; the user found its id at the service. On disk before it is
     * followed (M5), and given up again where the service says that it is no request of ours.
     */
    look(job: Job, found: string | undefined): Job {
      if (job.service !== service()) {
        const message = `This edit was sent to ${job.service}. Name that service in the settings, then look again.`;
        throw new HttpError(409, 'other-service', message);
      }
      if (job.requestId) {
        if (found !== undefined && found !== job.requestId) throw otherId(job.requestId);
        return job.status === 'failed' || mayBeFollowed(job) ? fetchAgain(job) : job;
      }
      if (!mayBeFollowed(job)) throw new HttpError(409, 'not-unknown', 'The outcome of this edit is known by now.');
      if (found === undefined) {
        const message =
          'The edit service lists no requests. Find the one of this edit on its site and give its request id.';
        throw new HttpError(400, 'no-request-id', message);
      }
      if (book.keyOfRequest(found) !== null) {
        const message = `The request ${found} belongs to another edit in the job book. Look for the one with this prompt and seed.`;
        throw new HttpError(409, 'request-taken', message);
      }
      const claimed = ledger.change(job.key, {
        status: 'submitted',
        accepted: true,
        requestId: found,
        error: null,
        finishedAt: null,
        remoteStatus: null,
        decisions: decided(job, { what: 'look', requestId: found }),
      });
      follow(claimed);
      return claimed;
    },

    /** Ends the question what became of a job, in either way for good: it is never sent again (M1). */
    settle(job: Job, as: Settle['as']): Job {
      if (job.status !== 'unknown') return job;
      return as === 'lost'
        ? ledger.change(job.key, { status: 'failed', error: givenUp, decisions: decided(job, { what: 'lost' }) })
        : ledger.change(job.key, {
            status: 'cancelled',
            error: forgotten,
            decisions: decided(job, { what: 'forget' }),
          });
    },
  };
}

/** Also where the service was too far with it: that is nothing to tell any more once it is wanted again. */
const isToBeCancelled = ({ status, error }: Job): boolean =>
  (status === 'submitting' || status === 'submitted') &&
  (error?.code === 'cancelling' || error?.code === beingMade.code);

/** Also where the user had given it up: the request may turn up on the service's site later. */
const mayBeFollowed = ({ status, error }: Job): boolean =>
  status === 'unknown' || error?.code === givenUp.code || error?.code === forgotten.code;

const otherId = (requestId: string): HttpError =>
  new HttpError(409, 'request-known', `The request of this edit is known: it is ${requestId}.`);
