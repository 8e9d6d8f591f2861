/** A file with its place below the folder that was dropped: `shoes/red/1.jpg`; the bare name where none was. */
export type DroppedFile = { readonly file: File; readonly path: string };

/** More files than this are not looked at: somebody dropped a whole disk. */
export const MOST_FILES = 20_000;

/** Files that systems put into folders by themselves, and nobody means. */
const systemFile = /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/**
 * All files of what was dropped, folders in full depth, in the order in which people count: `2.jpg` before `10.jpg`.
 * `left` says that there were more than `most`.
 */
export async function filesBelow(
  dropped: readonly (FileSystemEntry | File)[],
  most = MOST_FILES,
): Promise<{ files: DroppedFile[]; left: boolean }> {
  const files: DroppedFile[] = [];
  const open = [...dropped].reverse();
  while (open.length > 0 && files.length < most) {
    const next = open.pop()!;
    if (next instanceof File) files.push({ file: next, path: pathOf(next) });
    else if (systemFile.test(next.name)) continue;
    else if (next.isDirectory) open.push(...(await childrenOf(next as FileSystemDirectoryEntry)));
    else files.push({ file: await fileOf(next as FileSystemFileEntry), path: next.fullPath.replace(/^\//, '') });
  }
  files.sort((a, b) => natural.compare(a.path, b.path));
  return { files, left: open.length > 0 };
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** As people count: `2` before `10`. */
export const inNaturalOrder = (a: string, b: string): number => natural.compare(a, b);

/** A folder that was chosen with the picker tells the place of each file by itself. */
const pathOf = (file: File): string => file.webkitRelativePath || file.name;

/** Browsers give a hundred at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

export type Sorted = {
  readonly pictures: readonly DroppedFile[];
  readonly tables: readonly DroppedFile[];
  readonly graphs: readonly DroppedFile[];
  readonly others: readonly DroppedFile[];
};

/** What the files are, as far as name and type tell; the server looks at the bytes. */
export function sortFiles(files: readonly DroppedFile[]): Sorted {
  const sorted: Record<keyof Sorted, DroppedFile[]> = { pictures: [], tables: [], graphs: [], others: [] };
  for (const dropped of files) sorted[sortOf(dropped.file)].push(dropped);
  return sorted;
}

function sortOf({ name, type }: File): keyof Sorted {
  if (isTableFile({ name, type })) return 'tables';
  if (type === 'application/json' || /\.json$/i.test(name)) return 'graphs';
  if (type === 'image/svg+xml') return 'others';
  return type.startsWith('image/') || /\.(png|jpe?g|webp|avif|tiff?|heic|heif|gif)$/i.test(name)
    ? 'pictures'
    : 'others';
}

export const isTableFile = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
  /^text\/(csv|tab-separated-values)$/.test(type) || /\.(csv|tsv|tab)$/i.test(name);

/** Names that tell the files apart: the file's own, with its folders where two files have the same one. */
export function namesOf(files: readonly DroppedFile[]): string[] {
  const counts = new Map<string, number>();
  for (const { file } of files) counts.set(file.name, (counts.get(file.name) ?? 0) + 1);
  return files.map(({ file, path }) => ((counts.get(file.name) ?? 0) > 1 ? path : file.name).slice(-400));
}
