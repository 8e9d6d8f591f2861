import { EditError, toPayCode } from '../../graphs/errors.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { Services } from '../../graphs/services.ts';
import type { Task } from '../../graphs/task.ts';
import { HttpError, type Api } from '../api.ts';
import { isLive, type JobNews, type LiveNews } from '../job-news.ts';
import { budgetCodes, editInputSchema, otherServiceCode, type JobRequest, type Made } from '../wire.ts';
import { knownOfJob } from './job-known.ts';
import type { JobFeed } from './job-feed.ts';
import { wishForRun } from './run-wishes.ts';
import { createWishes } from './wishes.ts';

export type EditsOptions = {
  /** The server uses another service by now, and refuses keys of the one before. */
  onOtherService?: () => void;
  /** Another page has stopped what a run of this one waited for. */
  onStoppedElsewhere?: () => void;
  /** Of the graph that the edits are made for. */
  title?: () => string;
  /** Where in it. */
  madeAt?: (plan: Plan, task: Task) => Promise<Made>;
  locks?: Pick<LockManager, 'request'> | null;
};

/** The browser's edits service: puts the key into the server's job book and follows it on the event stream. */
export function createEdits(
  api: Api,
  feed: JobFeed,
  { onOtherService, onStoppedElsewhere, title = () => '', madeAt, locks = null }: EditsOptions = {},
): Services['edits'] {
  const wishes = createWishes((key) => api.cancelJob(key), locks);
  return {
    waitFor: (keys, run) => wishForRun({ wishes, feed }, keys, run),
    async edit({ key, service, plan, task, input, signal, progress, joins = false }) {
      const made = madeAt && (await untilStop(madeAt(plan, task), signal));
      const cancelling = wishes.cancelling(key);
      if (cancelling) await untilStop(cancelling, signal);
      if (signal.aborted) throw stoppedBefore();
      const madeFor = title().trim().slice(0, 200);
      const request = {
        service,
        ...(madeFor ? { madeFor } : {}),
        ...(made ? { made } : {}),
        input: editInputSchema.parse({ ...input, image: (input.image as { sha256: string }).sha256 }),
      };
      const wish = wishes.add(key, signal);
      if (wish.known) await untilStop(wish.known, signal);
      const job = await untilEnded({
        feed,
        key,
        start: () => (joins ? join(api, key, request) : put(api, key, request, onOtherService)),
        look: () => api.job(key),
        cancel: () => wish.cancel(),
        signal,
        see: (seen) =>
          progress({
            queuePosition: seen.queuePosition,
            word: seen.status === 'submitted' ? (seen.remoteStatus ?? seen.status) : seen.status,
            message: seen.error?.message ?? null,
          }),
      }).finally(() => wish.over());
      const known = knownOfJob(job);
      if (job.status === 'done') return { outputs: { image: job.artifacts[0]! }, known };
      if (known.status === 'underway' || known.status === 'done') throw new EditError('The job did not end.', 'bug');
      const status = known.status === 'forgotten' ? 'cancelled' : known.status;
      const mayCost = !('again' in known && known.again === 'same');
      if (job.status === 'cancelled' && !mayCost && !signal.aborted) {
        if (joins) throw toPay(known.message);
        if (job.error?.code !== otherServiceCode) onStoppedElsewhere?.();
      }
      throw new EditError(known.message, 'code' in known ? (known.code ?? known.status) : 'unknown', status, {
        mayCost,
        cost: isLive(job) ? null : job.price,
      });
    },
  };
}

/** A key that failed before anything was accepted is asked for again, since the user pressed Run; others are followed. */
async function put(
  api: Api,
  key: string,
  request: JobRequest,
  onOtherService: (() => void) | undefined,
): Promise<JobNews> {
  try {
    return await api.putJob(key, request, true);
  } catch (error) {
    if (error instanceof HttpError && error.code === otherServiceCode) onOtherService?.();
    throw error instanceof HttpError ? asEditError(error) : error;
  }
}

/** It was under way when the run was counted; what surely was not made since then is to pay like a new one. */
async function join(api: Api, key: string, request: JobRequest): Promise<JobNews> {
  try {
    const job = await api.joinJob(key, request);
    const known = knownOfJob(job);
    if ('again' in known && known.again === 'same') throw toPay(known.message);
    return job;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw error.status === 404 ? toPay(error.message) : asEditError(error);
  }
}

const toPay = (message: string): EditError => new EditError(message, toPayCode, 'cancelled', { mayCost: false });

const stoppedBefore = (): EditError => new EditError('Stopped before it was sent.', 'stopped', 'cancelled');

/** Nothing is sent yet: whoever presses Stop then waits for no answer. */
function untilStop<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(stoppedBefore());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void answer.then(resolve, reject).then(() => signal.removeEventListener('abort', stop));
  });
}

/** What our server refuses was not accepted; what it did not answer may have been. A used budget is no failure. */
function asEditError(error: HttpError): EditError {
  const status = budgetCodes.includes(error.code) ? 'cancelled' : 'failed';
  return new EditError(error.message, error.code, status, {
    cause: error,
    mayCost: error.status < 400 || error.status >= 500,
  });
}

function untilEnded(options: {
  feed: JobFeed;
  key: string;
  start: () => Promise<JobNews>;
  look: () => Promise<JobNews>;
  cancel: () => Promise<JobNews | null>;
  signal: AbortSignal;
  see: (news: LiveNews) => void;
}): Promise<JobNews> {
  const { feed, key, start, look, cancel, signal, see } = options;
  return new Promise((resolve, reject) => {
    let latest = -1;
    let started = false;
    let early: JobNews | null = null;
    const take = (job: JobNews): void => {
      if (job.key !== key || job.seq <= latest) return;
      // Events may overtake the answer to our own request, and may still tell of an earlier end of the same key.
      if (!started) {
        early = job;
        return;
      }
      latest = job.seq;
      if (isLive(job)) see(job);
      else finish(() => resolve(job));
    };
    const finish = (settle: () => void): void => {
      for (const remove of unsubscribe) remove();
      signal.removeEventListener('abort', abort);
      settle();
    };
    // Before the job is in the book there is nothing to cancel yet. If the cancel cannot be delivered, the job goes on and
    // is followed to its end all the same.
    const abort = (): void => {
      if (started)
        void cancel().then(
          (job) => job && take(job),
          () => undefined,
        );
    };
    // Whatever happened while the stream was away, the job book has it.
    const catchUp = (online: boolean): void => {
      if (!online || !started) return;
      look().then(take, (error: unknown) => {
        if (error instanceof HttpError && error.status === 404) finish(() => reject(asEditError(error)));
      });
    };
    const unsubscribe = [feed.subscribe(take), feed.subscribeOnline(catchUp)];
    signal.addEventListener('abort', abort);
    start().then(
      (job) => {
        started = true;
        take(job);
        if (early) take(early);
        if (signal.aborted) abort();
      },
      (error: unknown) => finish(() => reject(error as Error)),
    );
  });
}
