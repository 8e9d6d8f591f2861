import { fetchableCodes, isSurelyUnmade } from '../../wire.ts';
import { HttpError } from '../http-error.ts';
import type { JobService } from '../job-routes.ts';
import { damagedEntryCode } from './damaged-entry.ts';

const message =
  'Part of the job book was lost, so an edit that was paid for before may be paid for again. Nothing that costs money is ' +
  'sent until you have agreed to that: see “What was set aside” in the notice at the top.';

/**
 * Keeps back what would cost money while keys may be lost. What is known can still be looked at and fetched, and the
 * offline service costs nothing.
 */
export function gateJobs(jobs: JobService, keysMayBeLost: () => boolean): JobService {
  return {
    ...jobs,
    join(key, request) {
      const known = jobs.get(key);
      return known?.error?.code === damagedEntryCode ? known : jobs.join(key, request);
    },
    put(key, request, options = {}) {
      const known = jobs.get(key);
      // Its input can't be compared: it is shown as what it is.
      if (known?.error?.code === damagedEntryCode) return known;
      if (keysMayBeLost() && !request.service.startsWith('offline/')) {
        const isFetch = known?.status === 'done' || fetchableCodes.includes(known?.error?.code ?? '');
        const isFree = known && (!options.again || (isFetch && !isSurelyUnmade(known)));
        if (!isFree) throw new HttpError(409, 'keys-may-be-lost', message);
      }
      return jobs.put(key, request, options);
    },
  };
}
