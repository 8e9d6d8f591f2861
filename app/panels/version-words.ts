import type { Version } from '../versions/version.ts';
import { plural } from './run-words.ts';

const reasons: Record<Version['reason'], string> = {
  run: 'Run',
  open: 'Before another graph was opened',
  restore: 'Before a version was restored',
  asked: 'Kept by you',
};

/** The name that the user gave, or why it was kept. */
export function versionTitle({ name, reason }: Pick<Version, 'name' | 'reason'>): string {
  return name ?? reasons[reason];
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 minutes ago`, `yesterday`; of long ago, the date. A clock that was set back makes nothing happen in the future. */
export function agoWords(at: number, now: number): string {
  const ago = Math.max(0, now - at);
  if (ago < MINUTE) return 'just now';
  if (ago < HOUR) return relative.format(-Math.floor(ago / MINUTE), 'minute');
  if (ago < DAY) return relative.format(-Math.floor(ago / HOUR), 'hour');
  const days = Math.round((midnight(now) - midnight(at)) / DAY);
  if (days <= 30) return relative.format(-days, 'day');
  return new Date(at).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' });
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** What changed since the version before it, in one line. */
export function changeWords({ first, words, nodes }: Version): string {
  if (first) return `The first one, with ${plural(nodes, 'node')}`;
  return words.length > 0 ? words.join(' · ') : 'Nothing changed since the one before';
}

/** Versions in which every word that is looked for occurs. */
export function findVersions(versions: readonly Version[], search: string): readonly Version[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return versions;
  return versions.filter((version) => {
    const text = [versionTitle(version), version.title, ...version.words].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** A part of a file's name: `2026-05-01 14.03`. */
export function fileTime(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}.${two(date.getMinutes())}`;
}
