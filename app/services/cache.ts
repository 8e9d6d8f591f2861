import type { Known } from '../../graphs/known.ts';
import type { Services } from '../../graphs/services.ts';
import type { Api } from '../api.ts';
import { knownOfJob, knownOfOutput } from './job-known.ts';

/** What is made already: the server's job book and outputs, asked in one batch. Nothing is remembered beside them. */
export function createCache(api: Api): Services['cache'] {
  return {
    async lookUp(keys) {
      const known = new Map<string, Known>();
      if (keys.length === 0) return known;
      const { jobs, outputs } = await api.lookUp({ keys: [...keys], pictures: [] });
      for (const job of jobs) known.set(job.key, knownOfJob(job));
      for (const output of outputs) known.set(output.key, knownOfOutput(output));
      return known;
    },
  };
}
