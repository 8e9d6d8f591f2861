import type { Job, JobError } from '../wire.ts';
import { createInsist } from './durable/insist.ts';
import type { ReserveIds } from './durable/reserve-ids.ts';
import type { Reserve } from './durable/reserve.ts';
import { otherService } from './job-hints.ts';
import type { JobLedger } from './job-ledger.ts';
import { RemoteError } from './remote-errors.ts';
import type { CurrentRemote } from './remote.ts';
import { afterRefusal, mayPass, openGate } from './submit-gate.ts';

export type SubmissionOptions = {
  ledger: JobLedger;
  remote: () => CurrentRemote;
  imageUrl: (sha256: string, key: string) => Promise<string>;
  now: () => number;
  random: () => number;
  setTimer: (callback: () => void, ms: number) => () => void;
  wake: () => void;
  onSubmitted: (job: Job) => void;
  /** Jobs that the service works on: while there are any, "later" means after one of them. */
  atService: () => number;
  onBug: (error: unknown) => void;
  /** Says why one more edit of a service may not be sent today; see costs/day-budget.ts. */
  budget?: {
    prepare: (service: string) => Promise<void>;
    refusal: (service: string, isPromised: boolean) => JobError | null;
  };
  /** Room for what must be written on a disk that is full. */
  reserve?: Reserve;
  /** Room for the id of an accepted request that is there already, for a disk that is full. */
  ids?: ReserveIds;
};

/** "Later" so many times in a row, with nothing else under way: the queue is given up. About five minutes. */
const mostRounds = 10;
/** After a refusal of the whole account, what is asked for within this time is refused without asking the service. */
const pauseMs = 5000;

/** The way of a job from the queue to the service. The only code that sends the request which costs money. */
export function createSubmissions(options: SubmissionOptions) {
  const { ledger, remote, imageUrl, now, random, setTimer, wake, onSubmitted, atService, onBug, reserve, ids, budget } =
    options;
  const queue = new Set<string>();
  const underway = new Map<string, Promise<void>>();
  const stop = new AbortController();
  const insist = createInsist({ reserve, setTimer, signal: stop.signal, onBug });
  let gate = openGate;
  let isClosing = false;
  let pause: { until: number; error: JobError } | null = null;

  async function submit(key: string): Promise<void> {
    const job = ledger.get(key);
    if (job?.status !== 'queued') return;
    const service = remote();
    if (service.serviceId !== job.service) {
      return refuse(key, otherService);
    }
    await budget?.prepare(job.service);
    let image_url: string;
    try {
      image_url = await imageUrl(job.input.image, key);
    } catch (error) {
      if (isClosing || ledger.get(key)?.status !== 'queued') return;
      return refuse(key, unreachableInput(error));
    }
    // Meanwhile it may have been cancelled, refused together with the whole queue, or left for the next start.
    if (isClosing || ledger.get(key)?.status !== 'queued') return;

    // It may have been asked for on another day, or before the budget was made smaller.
    const tooMuch = budget?.refusal(job.service, true) ?? null;
    if (tooMuch) return refuse(key, tooMuch);

    const { image: _, ...input } = job.input;
    // Written before a byte is sent: whoever finds this after a crash must not send it again (M2, M3).
    const sentAt = now();
    try {
      ledger.change(key, { status: 'submitting', accepted: true, submittedAt: sentAt, error: null });
    } catch (error) {
      // What cannot be written down is not sent (M2). The disk may have room again later.
      gate = afterRefusal(gate, { sentAt, now: now(), retryAfterMs: null, random: random() });
      queue.add(key);
      throw error;
    }
    try {
      const { requestId } = await service.submit({ ...input, image_url }, stop.signal);
      const submitted = { status: 'submitted' as const, requestId, submittedAt: now(), remoteStatus: null };
      const written = await insist(
        () => ledger.change(key, submitted),
        () => ids?.keep(key, requestId),
      );
      if (written) ids?.drop(key);
      gate = openGate;
      if (written) onSubmitted(written);
      else onBug(unwritten(key, requestId));
    } catch (error) {
      // Closed while waiting: the entry stays `submitting`, and the next start makes `unknown` of it.
      if (stop.signal.aborted) return;
      const reason =
        error instanceof RemoteError ? error : new RemoteError('lost', 'unclear', String(error), { cause: error });
      if (reason !== error) onBug(error);
      await insist(() => settle(key, reason, sentAt));
    }
  }

  function settle(key: string, error: RemoteError, sentAt: number): void {
    const isCancelled = ledger.get(key)?.error?.code === 'cancelling';
    if (error.accepted === 'unknown') {
      ledger.change(key, { status: 'unknown', accepted: true, finishedAt: now(), error: lostAnswer(error) });
    } else if (isCancelled) {
      ledger.change(key, { status: 'cancelled', accepted: false, submittedAt: null, finishedAt: now(), error: null });
    } else if (error.meaning === 'repeatable') {
      putBack(key, error, sentAt);
    } else {
      refuse(key, asJobError(error));
      if (error.meaning === 'paused') pauseQueue(asJobError(error));
    }
  }

  /** The service did nothing and says "later": the only case in which the same request is sent once more (M3). */
  function putBack(key: string, error: RemoteError, sentAt: number): void {
    gate = afterRefusal(gate, { sentAt, now: now(), retryAfterMs: error.retryAfterMs, random: random() });
    if (gate.rounds > mostRounds && underway.size <= 1 && atService() === 0) {
      const givenUp = {
        ...asJobError(error),
        message: `${error.message} It was tried ${gate.rounds} times. Run again later.`,
      };
      refuse(key, givenUp);
      pauseQueue(givenUp);
      gate = openGate;
      return;
    }
    const hint = { code: error.code, message: `${error.message} It will be sent again by itself.` };
    ledger.change(key, { status: 'queued', accepted: false, submittedAt: null, error: hint });
    // In front: it has waited longest.
    const others = [...queue];
    queue.clear();
    for (const next of [key, ...others]) queue.add(next);
  }

  function refuse(key: string, error: JobError): void {
    ledger.change(key, { status: 'failed', accepted: false, submittedAt: null, finishedAt: now(), error });
  }

  /** What stands in the way of one edit stands in the way of all: they fail now, unsent, rather than one by one. */
  function pauseQueue(error: JobError): void {
    pause = { until: now() + pauseMs, error };
    refuseQueue(error);
  }

  function refuseQueue(error: JobError): void {
    for (const key of queue) if (ledger.get(key)?.status === 'queued') refuse(key, error);
    queue.clear();
  }

  return {
    add: (key: string): void => void queue.add(key),
    underway: (): number => underway.size,

    /** Submits while there is room; answers when to try again, Infinity where only an event can change anything. */
    submitDue({ free }: { free: () => number }): number {
      // Longer than a pause ever is: the system's clock was set back.
      if (pause && Math.abs(pause.until - now()) > pauseMs) pause = null;
      if (pause && now() < pause.until) refuseQueue(pause.error);
      for (const key of queue) {
        if (ledger.get(key)?.status !== 'queued') {
          queue.delete(key);
          continue;
        }
        // Cancelled and asked for again while it was being prepared: that preparation will send it.
        if (underway.has(key)) continue;
        if (free() <= 0) return Infinity;
        if (!mayPass(gate, { now: now(), underway: underway.size })) {
          return underway.size > 0 ? Infinity : gate.heldUntil;
        }
        queue.delete(key);
        const done = submit(key)
          .catch(onBug)
          .finally(() => {
            underway.delete(key);
            wake();
          });
        underway.set(key, done);
      }
      return Infinity;
    },

    /** Found at start as being sent: its answer is lost (M4), unless its id was kept apart. Answers whether it goes on. */
    recover(job: Job): Job | null {
      const requestId = ids?.idOf(job.key) ?? null;
      if (requestId !== null) {
        const submitted = ledger.change(job.key, { status: 'submitted', requestId, remoteStatus: null });
        ids?.drop(job.key);
        return submitted;
      }
      const error = new RemoteError('lost', 'unclear', 'Editloom was stopped while this edit was being sent.');
      ledger.change(job.key, { status: 'unknown', accepted: true, finishedAt: now(), error: lostAnswer(error) });
      return null;
    },

    resume(): void {
      pause = null;
      gate = openGate;
    },

    async close(graceMs: number): Promise<void> {
      isClosing = true;
      queue.clear();
      const stopTimer = setTimer(() => stop.abort(), graceMs);
      const stopped = new Promise<void>((resolve) => {
        if (stop.signal.aborted) resolve();
        else stop.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([Promise.all(underway.values()), stopped]);
      stopTimer();
      stop.abort();
    },
  };
}

const asJobError = ({ code, message, status }: RemoteError): JobError => ({
  code,
  message,
  ...(status !== undefined && { status }),
});

function lostAnswer(error: RemoteError): JobError {
  const consequence =
    'So it is not known whether the edit was accepted and must be paid, and it is not sent again by itself. Your account at the service shows whether it was made: look for it there, count it as lost, or forget it.';
  return { ...asJobError(error), message: `${error.message} ${consequence}` };
}

/** The log is the last place where the id of a paid request can be kept; the user can name it to look again. */
function unwritten(key: string, requestId: string): Error {
  return new Error(
    `The edit service took an edit as request ${requestId}, but this could not be written to the job book before Editloom stopped (key ${key}). At the next start its outcome is unknown; give this request id there to follow it.`,
  );
}

function unreachableInput(error: unknown): JobError {
  const known = error instanceof Error && 'code' in error && typeof error.code === 'string';
  if (known) return { code: String(error.code), message: error.message };
  return {
    code: 'input',
    message: `The input picture could not be made reachable for the edit service: ${String(error)}`,
  };
}
