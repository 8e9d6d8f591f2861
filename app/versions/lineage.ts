import type { Version } from './version.ts';

/**
 * Which versions a graph belongs to. A graph has no name of its own but its title: renaming it leads on from where it
 * was, and opening one that was here before leads back to its versions. Null: it has none yet.
 */
export function documentOf(versions: readonly Version[], title: string, current: string | null): string | null {
  const isCurrent = versions.find(({ document }) => document === current)?.title === title;
  if (isCurrent || title === 'Untitled') return current;
  return versions.find((version) => version.title === title)?.document ?? current;
}
