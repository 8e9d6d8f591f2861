import type { Version } from './version.ts';

export const MOST_AUTOMATIC = 200;
export const MOST_BYTES = 50_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The rule of `superfluous` as the user reads it. */
export const thinningRule = `Automatic versions: all of the last 24 hours, then the last of each day for each graph, at most ${MOST_AUTOMATIC} and ${MOST_BYTES / 1e6} MB. Those with a name stay until you delete them.`;

/** [R4] The versions that may go, of a list with the newest first. The newest of all and those with a name never do. */
export function superfluous(versions: readonly Version[], now: number): string[] {
  const gone: string[] = [];
  const days = new Set<string>();
  let [count, bytes] = [0, 0];
  for (const version of versions) {
    if (version.name !== null) continue;
    const day = `${version.document} ${new Date(version.at).toDateString()}`;
    const isOld = now - version.at > DAY_MS;
    const fits = count === 0 || (count < MOST_AUTOMATIC && bytes + version.bytes <= MOST_BYTES);
    if (!fits || (isOld && days.has(day))) {
      gone.push(version.id);
      continue;
    }
    days.add(day);
    count++;
    bytes += version.bytes;
  }
  return gone;
}
