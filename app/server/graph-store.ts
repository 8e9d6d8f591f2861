import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { FileError } from '../../graphs/errors.ts';
import { MOST_FILE_BYTES, readGraphFile } from '../../graphs/file.ts';
import { HttpError } from './http-error.ts';
import { readOwnFile } from './read-file.ts';
import { writeWhole } from './write-file.ts';

const squeeze = promisify(gzip);
const unsqueeze = promisify(gunzip);

export interface GraphStore {
  /** Keeps the text of a graph file that has this hash; on disk when it resolves. */
  put: (sha256: string, text: string) => Promise<void>;
  /** Null where there is none, or where the disk has spoilt it. */
  get: (sha256: string) => Promise<string | null>;
}

/** Graphs that pictures were made by: graph files named by the SHA-256 of their text, squeezed, in folders of two characters. */
export function createGraphStore(folder: string): GraphStore {
  const fileOf = (sha256: string) => join(folder, sha256.slice(0, 2), `${sha256}.json.gz`);

  async function get(sha256: string): Promise<string | null> {
    const bytes = await readOwnFile(fileOf(sha256));
    if (!bytes) return null;
    const text = await unsqueeze(bytes, { maxOutputLength: MOST_FILE_BYTES }).catch(() => null);
    return text && hashOf(text) === sha256 ? text.toString('utf8') : null;
  }

  return {
    get,
    async put(sha256, text) {
      if (hashOf(text) !== sha256) {
        throw new HttpError(
          400,
          'other-hash',
          'Expected the SHA-256 of this very text in the address, got another one.',
        );
      }
      // What is kept was checked when it came; a spoilt one is written anew.
      if ((await get(sha256)) !== null) return;
      try {
        // Node types are the page's to know: here it only has to be a graph.
        readGraphFile(text, new Map());
      } catch (error) {
        if (error instanceof FileError) throw new HttpError(400, 'not-a-graph', error.message);
        throw error;
      }
      await writeWhole(fileOf(sha256), await squeeze(text), { temporaryFolder: join(folder, 'unfinished') });
    },
  };
}

const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
