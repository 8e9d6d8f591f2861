import { isSurelyUnmade, type Job, type JobError, type JobRequest, type Settle } from '../wire.ts';
import { HttpError } from './http-error.ts';
import type { JobBook } from './job-book.ts';
import { expectInput, expectService } from './job-conflict.ts';
import { createDecisions } from './job-decisions.ts';
import { pictureGone } from './job-hints.ts';
import { createLedger } from './job-ledger.ts';
import { createFollowing, type FollowingOptions } from './job-following.ts';
import { createJobLoop, systemTimer } from './job-loop.ts';
import { createSubmissions, type SubmissionOptions } from './job-submissions.ts';
import type { PictureStore } from './pictures.ts';
import type { CurrentRemote } from './remote.ts';

export type JobsOptions = {
  book: JobBook;
  /** The edit service that the settings name now. */
  remote: () => CurrentRemote;
  pictures: Pick<PictureStore, 'addResult' | 'missing'>;
  /** How the service reaches an input picture: an address or a data URI. Throws an Error with a `code` where it can't. */
  imageUrl: (sha256: string, key: string) => Promise<string>;
  /** Jobs at the service at once. */
  inFlight: () => number;
  now?: () => number;
  /** Below 1. */
  random?: () => number;
  /** Calls back once after `ms`; returns how to stop it. */
  setTimer?: (callback: () => void, ms: number) => () => void;
  /** After this a live job is called slow and looked at rarely. It is not a failure (M6). */
  deadlineMs?: number;
  onBug?: (error: unknown) => void;
  reserve?: SubmissionOptions['reserve'];
  budget?: SubmissionOptions['budget'];
  ids?: SubmissionOptions['ids'];
};

export type Jobs = ReturnType<typeof createJobs>;

/**
 * Carries paid edits out: each key is submitted at most once, followed to its end, and its picture is brought home. All
 * that has to outlive this process is in the job book before it is acted on.
 */
export function createJobs(options: JobsOptions) {
  const { book, remote, pictures, inFlight, now = Date.now, random = Math.random } = options;
  const { setTimer = systemTimer, deadlineMs = 30 * 60_000, onBug = console.error } = options;
  const ledger = createLedger(book, onBug);
  const shared: SubmissionOptions & FollowingOptions = {
    ledger,
    remote,
    pictures,
    imageUrl: options.imageUrl,
    now,
    random,
    setTimer,
    deadlineMs,
    onBug,
    wake: () => loop.wake(),
    onSubmitted: (job) => following.follow(job),
    onWantedAgain: (job) => void (job.service === remote().serviceId && decisions.queueAgain(job)),
    atService: () => following.atService(),
    ...(options.reserve && { reserve: options.reserve }),
    ...(options.budget && { budget: options.budget }),
    ...(options.ids && { ids: options.ids }),
  };
  const following = createFollowing(shared);
  const submissions = createSubmissions(shared);
  const decisions = createDecisions({
    ledger,
    book,
    now,
    service: () => remote().serviceId,
    follow(job) {
      following.follow(job);
      wake();
    },
    wantAgain: (key) => following.wantAgain(key),
    submit(job) {
      submissions.add(job.key);
      wake();
    },
  });
  let state: 'new' | 'running' | 'closed' = 'new';
  const loop = createJobLoop({
    isRunning: () => state === 'running',
    submitDue: () => submissions.submitDue({ free: () => inFlight() - following.atService() - submissions.underway() }),
    lookDue: () => following.lookDue(),
    now,
    setTimer,
    onBug,
  });
  const { wake } = loop;

  return {
    get: (key: string): Job | null => book.get(key),
    withStatus: book.withStatus,
    since: book.since,
    latestSeq: book.latestSeq,
    subscribe: ledger.subscribe,

    /**
     * Asks for an edit. A known key is answered with its job and never submitted again (M1), except that `again` gives
     * those another chance of which it is certain that nothing was made, and looks again for pictures that were paid
     * for but could not be fetched. A picture whose file is gone is for `fetchMissing`.
     */
    put(key: string, request: JobRequest, { again = false }: { again?: boolean } = {}): Job {
      const known = book.get(key);
      if (known) {
        expectInput(known, request);
        if (!again) return known;
        if (isSurelyUnmade(known)) expectService(known.service, remote().serviceId);
        return decisions.askAgain(known);
      }
      const { serviceId, model } = remote();
      expectService(request.service, serviceId);
      const job = ledger.create({
        key,
        service: request.service,
        model: model ?? request.service.split('/').slice(-2).join('/'),
        input: request.input,
        ...(request.madeFor === undefined ? {} : { madeFor: request.madeFor }),
        ...(request.made === undefined ? {} : { made: request.made }),
        createdAt: now(),
      });
      submissions.add(key);
      wake();
      return job;
    },

    /** Follows what was asked for before, and submits nothing. Null where nothing was. */
    join(key: string, request: JobRequest): Job | null {
      const known = book.get(key);
      if (known) expectInput(known, request);
      return known && decisions.join(known);
    },

    /** A done job whose file is no longer there is fetched again, for free; any other is answered as it is. */
    async fetchMissing(key: string): Promise<Job | null> {
      const job = book.get(key);
      // Where its service is not named now it cannot be asked, and nothing of the job is to be given up for that.
      if (!job?.requestId || job.status !== 'done' || job.service !== remote().serviceId) return job;
      if ((await missingPictures([job])).size === 0) return job;
      return book.get(key)?.status === 'done' ? decisions.fetchAgain(job) : book.get(key);
    },

    /** Follows the request of this job on, or the one that the user found for it; null where there is no such job. */
    look(key: string, requestId?: string): Job | null {
      const job = book.get(key);
      return job && decisions.look(job, requestId);
    },

    /** The user's answer to a lost answer. Jobs that have another state by now are left as they are. */
    settle(key: string, as: Settle['as']): Job | null {
      const job = book.get(key);
      return job && decisions.settle(job, as);
    },

    /** The user's own opinion of what was made; 0 takes it away. Null where nothing is known of this key. */
    rate(key: string, rating: number): Job | null {
      const job = book.get(key);
      if (!job || (job.rating ?? 0) === rating) return job;
      if (job.status === 'done') return ledger.change(key, { rating });
      throw new HttpError(409, 'not-made', 'Expected a picture that was made: this one is not here to be rated.');
    },

    /** What is not sent yet is cancelled at once; the service is asked to drop what it has not begun (M8). */
    cancel(key: string, reason: JobError | null = null): Job | null {
      const job = book.get(key);
      if (job?.status === 'queued') {
        return ledger.change(key, { status: 'cancelled', accepted: false, error: reason, finishedAt: now() });
      }
      if (job?.status === 'submitting' || job?.status === 'submitted') {
        const message = 'The edit service is being asked to drop this edit.';
        ledger.hint(key, { code: 'cancelling', message });
        following.cancel(key);
      }
      return book.get(key);
    },

    /** Done only while the bytes of all artifacts are there; else the job says that its picture is gone. */
    async lookup(keys: readonly string[]): Promise<Job[]> {
      const jobs = book.getMany(keys);
      const missing = await missingPictures(jobs);
      return jobs.map((job) => {
        const isHere = job.artifacts.length > 0 && job.artifacts.every(({ sha256 }) => !missing.has(sha256));
        if (job.status === 'done') return isHere ? job : withoutPicture(job);
        // Its file was away when the service had it no longer, and is back: from another disk, say.
        return isHere && isUnmade(job) ? ledger.change(job.key, { status: 'done', error: null }) : job;
      });
    },

    /** The settings or the token have changed: what waits for that goes on. */
    wake(): void {
      submissions.resume();
      following.resume();
      wake();
    },

    /** Follows what an earlier runner of this service was told too late. */
    takeUp(job: Job): void {
      // What is not started yet finds it in the book.
      if (state !== 'running') return;
      following.follow(job);
      wake();
    },

    /** Takes up what an earlier process left: nothing of it is submitted twice (M10). */
    start(): void {
      if (state !== 'new') return;
      state = 'running';
      for (const job of book.live()) {
        if (job.status === 'queued') submissions.add(job.key);
        else {
          const known = job.status === 'submitting' ? submissions.recover(job) : job;
          if (known) following.follow(known);
        }
      }
      wake();
    },

    /** Begins nothing new, waits a little for answers to what was sent, and leaves the rest to the next start. */
    async close({ graceMs = 5000 }: { graceMs?: number } = {}): Promise<void> {
      state = 'closed';
      loop.stop();
      await Promise.all([submissions.close(graceMs), following.close()]);
    },
  };

  function missingPictures(jobs: Job[]): Promise<Set<string>> {
    const made = jobs.filter((job) => job.status === 'done' || isUnmade(job));
    return pictures.missing(made.flatMap(({ artifacts }) => artifacts.map(({ sha256 }) => sha256)));
  }
}

const isUnmade = ({ status }: Job): boolean => status === 'failed' || status === 'cancelled';

const withoutPicture = (job: Job): Job => ({ ...job, status: 'failed', artifacts: [], error: pictureGone });
