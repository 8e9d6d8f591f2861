import type { Progress } from '../../graphs/progress.ts';
import { plural } from './run-words.ts';

const number = new Intl.NumberFormat('en');

/** `3 of 16 edits · 0 of 16 files`: what the count before the run named, and nothing else. */
export function progressWords({ edits, files }: Pick<Progress, 'edits' | 'files'>): string {
  const words: string[] = [];
  if (edits.total > 0 || files.total === 0)
    words.push(`${number.format(edits.ended)} of ${plural(edits.total, 'edit')}`);
  if (files.total > 0) words.push(`${number.format(files.ended)} of ${plural(files.total, 'file')}`);
  return words.join(' · ');
}

/** `about 2 min left`. Rounded up, since too long a promise is forgiven more easily than too short a one. */
export function remainingWords(milliseconds: number | null): string {
  if (milliseconds === null) return 'working out how long';
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds <= 1) return 'almost there';
  if (seconds < 60) return `about ${seconds} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `about ${hours} h left` : `about ${hours} h ${minutes % 60} min left`;
}
