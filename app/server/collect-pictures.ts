import type { Artifact } from '../../graphs/artifact.ts';
import type { JobError } from '../wire.ts';
import type { PictureStore } from './pictures.ts';
import { RemoteError } from './remote-errors.ts';
import { PictureRefused } from './verify-picture.ts';
import { StorageError } from './write-file.ts';

export type Collected =
  | { status: 'done'; artifacts: Artifact[] }
  /** The service or our disk cannot do it just now. */
  | { status: 'later'; hint: JobError; retryAfterMs: number | null }
  /** These addresses lead nowhere; the result may name better ones. `error` is for when it doesn't. */
  | { status: 'look-again'; error: JobError }
  | { status: 'refused'; error: JobError };

export type CollectOptions = {
  urls: string[];
  fetchResult: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
  pictures: Pick<PictureStore, 'addResult'>;
  signal: AbortSignal;
};

/** Brings the pictures of one result home: all of them verified and on disk, or none counts (M7). */
export async function collectPictures({ urls, fetchResult, pictures, signal }: CollectOptions): Promise<Collected> {
  try {
    const artifacts: Artifact[] = [];
    for (const url of urls) artifacts.push(await pictures.addResult(await fetchResult(url, signal)));
    return { status: 'done', artifacts };
  } catch (error) {
    if (error instanceof PictureRefused) {
      const message = `The edit service delivered a file that is not a sound picture: ${error.message} Run again to fetch it once more.`;
      return { status: 'look-again', error: { code: 'bad-result', message } };
    }
    if (error instanceof StorageError) {
      const message = `The picture was made but could not be kept: ${error.message} It is fetched as soon as it can be.`;
      return { status: 'later', hint: { code: error.code, message }, retryAfterMs: 10_000 };
    }
    if (!(error instanceof RemoteError)) throw error;
    const said: JobError = {
      code: error.code,
      message: error.message,
      ...(error.status !== undefined && { status: error.status }),
    };
    if (error.meaning === 'refused') return { status: 'refused', error: said };
    if (error.meaning === 'gone') {
      const message = `${error.message} The edit was made, but its picture is no longer there. A new take makes it once more.`;
      return { status: 'look-again', error: { ...said, code: 'result-gone', message } };
    }
    return {
      status: 'later',
      hint: { ...said, message: `${error.message} The picture is fetched again by itself.` },
      retryAfterMs: error.retryAfterMs,
    };
  }
}
