import { readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/**
 * Which of these files are on the disk now? Asks each folder once where many files of it are wanted,
 * so 200,000 names cost some hundred calls, and a file deleted by hand is noticed at once.
 */
export async function existingFiles(files: readonly string[]): Promise<Set<string>> {
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const folder = dirname(file);
    const group = byFolder.get(folder);
    if (group) group.push(file);
    else byFolder.set(folder, [file]);
  }
  const found = new Set<string>();
  for (const [folder, group] of byFolder) {
    if (group.length <= 4) {
      for (const file of group) if (await isFile(file)) found.add(file);
      continue;
    }
    const names = new Set(await readdir(folder).catch(() => []));
    for (const file of group) if (names.has(basename(file))) found.add(file);
  }
  return found;
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  );
