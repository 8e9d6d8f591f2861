import { basename, dirname, join } from 'node:path';

/** jobs.sqlite → jobs.unreadable-2031-02-03T04-05-06-007Z.sqlite, so that its log still belongs to it by name. */
export function asideName(file: string, now: Date): string {
  const name = basename(file).replace(/(\.[a-z]+)?$/, `.unreadable-${now.toISOString().replace(/[:.]/g, '-')}$1`);
  return join(dirname(file), name);
}
