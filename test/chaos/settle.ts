import type { Client, Outlook } from './client.ts';

const patienceMs = 180_000;

/**
 * Waits until the page says that there is nothing left to do, pressing Run as long as it offers that. `mayRemain` tells
 * whether something may be left for ever: a picture that the service has lost can never be fetched.
 */
export async function settle(options: {
  client: Client;
  press: () => Promise<unknown>;
  mayRemain: () => boolean;
  /** So long nothing has to be left to do: a new take looks at the settings and at what is made before it begins. */
  calmMs?: number;
}): Promise<Outlook | null> {
  const { client, press, mayRemain, calmMs = 0 } = options;
  const end = performance.now() + patienceMs;
  let idleSince = Infinity;
  let unseenSince = performance.now();
  let seen = '';
  let sameRounds = 0;
  let outlook: Outlook | null = null;
  while (performance.now() < end) {
    outlook = await client.look();
    if (outlook && outlook.state !== 'other') unseenSince = performance.now();
    if (outlook?.state !== 'idle') idleSince = Infinity;
    else if (performance.now() - (idleSince = Math.min(idleSince, performance.now())) >= calmMs) return outlook;
    if (outlook?.state === 'ready') {
      const now = JSON.stringify(outlook);
      sameRounds = now === seen ? sameRounds + 1 : 0;
      seen = now;
      if (sameRounds >= 3 && mayRemain()) return outlook;
      await press();
    }
    // A page that was loaded while the server was away shows nothing: anybody would load it again.
    if (performance.now() - unseenSince > 15_000) {
      await client.open();
      unseenSince = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return outlook;
}
