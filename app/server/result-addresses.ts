import type { Job } from '../wire.ts';

/** How long results live at RunComfy's Model API is not documented; hours are safe where its serverless API keeps days. */
const lifeMs = 6 * 60 * 60 * 1000;
const mostKept = 5000;

export interface ResultAddresses {
  remember: (job: Job) => void;
  /** Where this service put the picture not long ago. */
  find: (service: string, sha256: string) => string | null;
}

/** The addresses at which edit services put their results, for the next edit in a chain: it needs no upload then. */
export function createResultAddresses(now: () => number): ResultAddresses {
  const kept = new Map<string, { url: string; at: number }>();
  const nameOf = (service: string, sha256: string) => `${sha256} ${service}`;
  return {
    remember({ status, service, artifacts, resultUrls }) {
      if (status !== 'done') return;
      artifacts.forEach(({ sha256 }, index) => {
        const url = resultUrls[index];
        if (!url) return;
        kept.delete(nameOf(service, sha256));
        kept.set(nameOf(service, sha256), { url, at: now() });
      });
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
    },
    find(service, sha256) {
      const found = kept.get(nameOf(service, sha256));
      return found && found.at > now() - lifeMs ? found.url : null;
    },
  };
}
