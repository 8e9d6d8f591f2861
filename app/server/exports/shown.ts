import type { MediaType } from '../../../graphs/artifact.ts';
import type { ExportCell, ExportGrid } from '../../exports/wire.ts';
import { safeName } from '../file-names.ts';
import { HttpError } from '../http-error.ts';
import { maxZipBytes } from '../zip.ts';

const endings: Record<MediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/** Struck-out cells are said to be so, whatever was made there before. */
export const isShown = ({ picture, state }: ExportCell): boolean => picture !== null && state === 'made';

export const bytesOf = ({ cells }: ExportGrid): number =>
  cells.reduce((sum, cell) => sum + (isShown(cell) ? cell.picture!.bytes : 0), 0);

/** What has a picture, with a name that nothing else in the archive has. */
export function fileNames(grid: ExportGrid): Map<ExportCell, string> {
  const taken = new Set<string>();
  const names = new Map<ExportCell, string>();
  for (const cell of grid.cells) {
    if (!isShown(cell)) continue;
    const stem = safeName(cell.name) || `picture ${cell.index + 1}`;
    const ending = endings[cell.picture!.mediaType];
    let name = `${stem}.${ending}`;
    // Some systems take capitals for the same letters.
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${stem}-${count}.${ending}`;
    taken.add(name.toLowerCase());
    names.set(cell, name);
  }
  return names;
}

/** With room for what is put into each picture. */
export function checkZip(grid: ExportGrid): void {
  if (bytesOf(grid) + grid.cells.length * 50_000 > maxZipBytes)
    throw new HttpError(
      413,
      'too-large',
      'These pictures have more than 4 GB in all, more than a zip takes. Choose fewer.',
    );
}
