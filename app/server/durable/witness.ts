import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode, writeWholeSync } from '../write-file.ts';

const witnessSchema = z.object({
  /** The count of changes that the job book had reached. */
  jobsSeq: z.number().int().min(0),
  /** When the backup was made that this data folder came from; written by the backup alone. */
  restoredFrom: z.iso.datetime().optional(),
});
export type Witness = z.infer<typeof witnessSchema>;

export const witnessFile = (folder: string): string => join(folder, 'books.json');

/**
 * What the job book is known to have held, in a file of its own: a book that is gone, or an old copy of it, would
 * otherwise look like one in which nothing was ever asked for. Null at the very first start.
 */
export function readWitness(folder: string): Witness | null {
  try {
    return witnessSchema.parse(JSON.parse(readFileSync(witnessFile(folder), 'utf8')));
  } catch (error) {
    // Unreadable, it still says that there was a book.
    return errorCode(error) === 'ENOENT' ? null : { jobsSeq: 0 };
  }
}

export function writeWitness(folder: string, witness: Witness): void {
  writeWholeSync(witnessFile(folder), `${JSON.stringify(witness)}\n`);
}
