import type { Logger } from 'pino';
import type { Job } from '../../wire.ts';
import { shortKey } from './log.ts';

/** Writes a line for each step in the life of a job: what it is now and why, never what was asked for. */
export function logJobs(logger: Logger): (job: Job) => void {
  const last = new Map<string, string>();
  return ({ key, service, status, error, requestId, remoteStatus, artifacts, price, rating }) => {
    const state = `${status} ${error?.code ?? ''} ${requestId ?? ''} ${remoteStatus ?? ''}`;
    if (last.get(key) === state) return;
    const hasEnded = ['done', 'failed', 'cancelled', 'unknown'].includes(status);
    // What was made before has only been rated now.
    if (hasEnded && rating !== undefined && !last.has(key)) return;
    if (hasEnded) last.delete(key);
    else last.set(key, state);
    const level = status === 'failed' || status === 'unknown' ? 'warn' : 'info';
    logger[level](
      {
        key: shortKey(key),
        service: service.startsWith('offline/') ? 'offline' : 'remote',
        status,
        ...(error && { code: error.code }),
        ...(error?.status !== undefined && { http: error.status }),
        ...(requestId !== null && { requestId }),
        ...(remoteStatus !== null && { remoteStatus }),
        ...(artifacts.length > 0 && { pictures: artifacts.length }),
        ...(price !== null && { price }),
      },
      'job',
    );
  };
}
