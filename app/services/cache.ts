import type { Known } from '../../graphs/known.ts';
import type { Services } from '../../graphs/services.ts';
import type { Api } from '../api.ts';
import { knownOfJob, knownOfOutput } from './job-known.ts';

/** Keys of one request: its answer is read in a few frames' time. */
const PIECE = 2000;

/** What is made already: the server's job book and outputs, asked in large pieces. Nothing is remembered beside them. */
export function createCache(api: Api): Services['cache'] {
  return {
    async lookUp(keys) {
      const known = new Map<string, Known>();
      for (let at = 0; at < keys.length; at += PIECE) {
        const { jobs, outputs } = await api.lookUp({ keys: keys.slice(at, at + PIECE), pictures: [] });
        for (const job of jobs) known.set(job.key, knownOfJob(job));
        for (const output of outputs) known.set(output.key, knownOfOutput(output));
      }
      return known;
    },
  };
}
