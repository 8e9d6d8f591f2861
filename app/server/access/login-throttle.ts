const minute = 60_000;
const freeAttempts = 3;
const longestWaitMs = 15 * minute;
/** Over all addresses together, so that many of them don't add up to many guesses. */
const freeOverall = 30;
const longestOverallWaitMs = 30_000;
const forgetAfterMs = 24 * 60 * minute;
const mostAddresses = 10_000;

interface Count {
  failures: number;
  lastAt: number;
  nextAt: number;
}

export interface LoginThrottle {
  /** 0: the attempt may be made, and counts as failed until `succeeded`. Else the milliseconds to wait. */
  attempt: (address: string) => number;
  succeeded: (address: string) => void;
}

/** Longer than the longest wait, it comes from a clock that was set back since. */
const waitOf = ({ nextAt }: Count, at: number, longest: number): number => (nextAt - at > longest ? 0 : nextAt - at);

/** Each wrong password makes the next attempt wait twice as long, for its address and, later, for everybody. */
export function createLoginThrottle(now: () => number): LoginThrottle {
  const counts = new Map<string, Count>();
  const known = new Set<string>();
  let overall: Count = { failures: 0, lastAt: 0, nextAt: 0 };

  const grown = (count: Count, free: number, longest: number): Count => {
    const failures = count.failures + 1;
    const wait = failures <= free ? 0 : Math.min(longest, 1000 * 2 ** Math.min(failures - free, 30));
    return { failures, lastAt: now(), nextAt: now() + wait };
  };

  return {
    attempt(address) {
      const at = now();
      const found = counts.get(address);
      const count = found && at - found.lastAt < forgetAfterMs ? found : { failures: 0, lastAt: at, nextAt: 0 };
      if (at - overall.lastAt > 60 * minute) overall = { failures: 0, lastAt: at, nextAt: 0 };
      // Who was let in once is not kept out by the attempts of others.
      const wait = Math.max(
        waitOf(count, at, longestWaitMs),
        known.has(address) ? 0 : waitOf(overall, at, longestOverallWaitMs),
      );
      if (wait > 0) return wait;
      counts.delete(address);
      counts.set(address, grown(count, freeAttempts, longestWaitMs));
      overall = grown(overall, freeOverall, longestOverallWaitMs);
      for (const oldest of counts.keys()) {
        if (counts.size <= mostAddresses) break;
        counts.delete(oldest);
      }
      return 0;
    },
    succeeded(address) {
      counts.delete(address);
      known.add(address);
      overall = { ...overall, failures: Math.max(0, overall.failures - 1), nextAt: 0 };
      for (const oldest of known) {
        if (known.size <= mostAddresses) break;
        known.delete(oldest);
      }
    },
  };
}
