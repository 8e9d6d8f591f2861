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
  // All at once: one after the other, each would wait anew behind whatever else reads the disk.
  await Promise.all(
    [...byFolder].map(async ([folder, group]) => {
      const isHere = group.length <= FEW ? await eachOf(group) : await listed(folder);
      for (const file of group) if (isHere(file)) found.add(file);
    }),
  );
  return found;
}

/** Of so many files each is asked for alone, of more the folder. */
const FEW = 4;

async function eachOf(files: readonly string[]): Promise<(file: string) => boolean> {
  const there = await Promise.all(files.map(isFile));
  return (file) => there[files.indexOf(file)] === true;
}

async function listed(folder: string): Promise<(file: string) => boolean> {
  const names = new Set(await readdir(folder).catch(() => []));
  return (file) => names.has(basename(file));
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  );
