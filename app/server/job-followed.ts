import type { EditInput, Job } from '../wire.ts';
import type { OpenJob } from './polling.ts';
import type { EchoedInput } from './remote-reply.ts';

/** A job at the service, or one whose picture is being fetched. What is not in the job book may be forgotten. */
export type Followed = OpenJob & {
  key: string;
  service: string;
  requestId: string;
  stage: 'look' | 'collect';
  /** The user found this request at the service and named it; whether it is ours is still to be seen. */
  isClaimed: boolean;
  /** Its deadline counts from here: when it was submitted or taken up, the time left out in which nobody looked. */
  lateFrom: number;
  /** Not before this, whatever the forecast says. */
  notBefore: number;
  /** At once, whatever the forecast says. */
  isUrgent: boolean;
  isBusy: boolean;
  failures: number;
  emptyResults: number;
  badResults: number;
  cancels: number;
  isCancelling: boolean;
  /** Before it was taken up here it was seen at work, or its request may be none of ours. */
  mayHaveBegun: boolean;
  /** The service said that it took the edit out of its queue. */
  isDropped: boolean;
  /** The user asked for it once more after asking to cancel it. */
  isWantedAgain: boolean;
};

export function followedOf(job: Job, { ahead, jitter, now }: { ahead: number; jitter: number; now: number }): Followed {
  const { key, service, requestId, input } = job;
  if (!requestId) throw new Error(`Expected a request id for the job ${key} (${job.status})`);
  return {
    key,
    service,
    requestId,
    sort: `${input.enable_thinking_mode} ${input.enable_reflection_mode}`,
    stage: job.status === 'collecting' && job.resultUrls.length > 0 ? 'collect' : 'look',
    // Later than now where the system's clock was set back since then.
    submittedAt: Math.min(job.submittedAt ?? job.createdAt, now),
    ahead,
    lookedAt: null,
    queuedAt: null,
    workingAt: null,
    jitter,
    isClaimed: isClaimed(job),
    lateFrom: now,
    notBefore: 0,
    isUrgent: false,
    isBusy: false,
    failures: 0,
    emptyResults: 0,
    badResults: 0,
    cancels: 0,
    isCancelling: false,
    mayHaveBegun: isClaimed(job) || job.resultUrls.length > 0 || wasAtWork(job),
    isDropped: false,
    isWantedAgain: false,
  };
}

/** Whether the service says that it has not begun. */
export const isWaiting = (word: string, queuePosition: number | null): boolean =>
  queuePosition !== null || /queue|pending|waiting/.test(word);

const wasAtWork = ({ remoteStatus, queuePosition }: Job): boolean =>
  remoteStatus !== null && !isWaiting(remoteStatus, queuePosition);

/** The system's clock was set back: what was planned by the old time is moved with it. */
export function moveBack(job: Followed, by: number): void {
  job.submittedAt -= by;
  job.lateFrom -= by;
  job.notBefore -= by;
  for (const name of ['lookedAt', 'queuedAt', 'workingAt'] as const) {
    const time = job[name];
    if (time !== null) job[name] = time - by;
  }
}

/** A restart must not take an id that the user named for one that the service gave us. */
const isClaimed = ({ requestId, decisions = [] }: Job): boolean =>
  decisions.some((decision) => decision.what === 'look' && decision.requestId === requestId);

/** In words, how a request differs from the edit that was asked for; null where it does not, or does not tell. */
export function otherEdit(echo: EchoedInput | undefined, input: EditInput): string | null {
  if (echo?.prompt !== undefined && echo.prompt.trim() !== input.prompt.trim())
    return `its prompt is “${echo.prompt.length > 80 ? `${echo.prompt.slice(0, 80)}…` : echo.prompt}”`;
  if (echo?.seed !== undefined && echo.seed !== input.seed) return `its seed is ${echo.seed}`;
  return null;
}
