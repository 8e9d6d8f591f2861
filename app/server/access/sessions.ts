import { createHash, randomBytes } from 'node:crypto';

const hour = 60 * 60 * 1000;
/** Unused for so long, or begun so long ago, a session is over. */
const idleMs = 24 * hour;
export const longestSessionMs = 14 * 24 * hour;
const mostSessions = 1000;

export interface Session {
  isAlive: () => boolean;
  /** Aborted at the log-out, so that streams end with the session. */
  ended: AbortSignal;
}

export interface Sessions {
  /** The secret for the cookie: 256 random bits. */
  begin: () => string;
  /** The session of a cookie, which is used by that; null for what is none, or no longer. */
  use: (secret: string) => Session | null;
  end: (secret: string) => void;
}

interface Entry {
  begunAt: number;
  usedAt: number;
  stop: AbortController;
}

/** Sessions live in memory, under the hashes of their secrets: neither a file nor a memory dump opens the door. */
export function createSessions(now: () => number): Sessions {
  const entries = new Map<string, Entry>();
  const nameOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
  const isOver = ({ begunAt, usedAt }: Entry) => now() - usedAt > idleMs || now() - begunAt > longestSessionMs;
  const remove = (name: string) => {
    entries.get(name)?.stop.abort();
    entries.delete(name);
  };

  return {
    begin() {
      for (const [name, entry] of entries) if (isOver(entry) || entries.size >= mostSessions) remove(name);
      const secret = randomBytes(32).toString('base64url');
      entries.set(nameOf(secret), { begunAt: now(), usedAt: now(), stop: new AbortController() });
      return secret;
    },
    use(secret) {
      const name = nameOf(secret);
      const entry = entries.get(name);
      if (!entry) return null;
      if (isOver(entry)) {
        remove(name);
        return null;
      }
      entry.usedAt = now();
      return { isAlive: () => !entry.stop.signal.aborted && !isOver(entry), ended: entry.stop.signal };
    },
    end: (secret) => remove(nameOf(secret)),
  };
}
