import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The SHA-256 of a file's bytes, read in pieces. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const pieces = createReadStream(file, { highWaterMark: 256 * 1024, ...(signal && { signal }) });
  for await (const piece of pieces as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digest('hex');
}
