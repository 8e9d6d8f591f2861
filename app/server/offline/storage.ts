import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, writeWhole } from '../write-file.ts';

export type StoredFile = { bytes: Uint8Array<ArrayBuffer>; mediaType: string };

export type Storage = ReturnType<typeof openStorage>;

const resultPath = /^[0-9a-f]{16}\/[0-9a-f]{32}\/output\/edit\.(jpeg|png|webp)$/;

/** Where the result of such a name lies; null for a name of any other shape. */
export const resultFileOf = (folder: string, name: string): string | null =>
  resultPath.test(name) ? path.join(folder, 'results', name) : null;

/** The files beside the table of requests: data URIs that were sent, and the pictures that were made. */
export function openStorage(folder: string) {
  const inputs = path.join(folder, 'inputs');
  const results = path.join(folder, 'results');
  const inputFile = (id: string) => path.join(inputs, `${id}.txt`);

  return {
    saveInput: (id: string, dataUri: string): Promise<void> => writeWhole(inputFile(id), dataUri, { mode: 0o600 }),
    readInput: (id: string): Promise<string> => readFile(inputFile(id), 'utf8'),
    removeInput: (id: string): Promise<void> => rm(inputFile(id), { force: true }),
    /** Removes what a stopped server left behind: inputs of requests that are finished or were never taken down. */
    async removeInputsExcept(ids: string[]): Promise<void> {
      const wanted = new Set(ids.map((id) => path.basename(inputFile(id))));
      const present = await readdir(inputs).catch(() => []);
      const leftOver = present.filter((name) => !wanted.has(name));
      await Promise.all(leftOver.map((name) => rm(path.join(inputs, name), { force: true })));
    },
    /** Answers the path under which `readResult` gives the picture back. */
    async saveResult(place: string, bytes: Uint8Array, mediaType: string): Promise<string> {
      const name = `${place}/output/edit.${mediaType.replace('image/', '')}`;
      if (!resultPath.test(name)) throw new Error(`Expected a JPEG, PNG or WebP picture, got ${mediaType}`);
      await writeWhole(path.join(results, name), bytes);
      return name;
    },
    /** Null for what isn't there. Only names of the one shape that `saveResult` gives can reach the disk. */
    async readResult(name: string): Promise<StoredFile | null> {
      const extension = resultPath.exec(name)?.[1];
      if (!extension) return null;
      const bytes = await readFile(path.join(results, name)).catch(nullWhereAbsent);
      return bytes && { bytes: new Uint8Array(bytes), mediaType: `image/${extension}` };
    },
    removeResults: (place: string): Promise<void> => rm(path.join(results, place), { recursive: true, force: true }),
  };
}

function nullWhereAbsent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
