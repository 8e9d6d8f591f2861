import { createReadStream } from 'node:fs';
import { Zip, ZipPassThrough } from 'fflate';

export interface ZipEntry {
  /** Name inside the archive. */
  name: string;
  /** Where it lies on the disk, or what gives its bytes when its turn has come. */
  file: string | (() => Promise<Uint8Array>);
  changedAt: Date;
}

/** Without the 64-bit extension a zip ends at 4 GiB and 65,535 files. */
export const maxZipBytes = 4_000_000_000;
export const maxZipFiles = 65_000;

/** Streams the files as a zip, stored and not squeezed: pictures are compressed already. */
export function zipStream(entries: readonly ZipEntry[]): ReadableStream<Uint8Array> {
  return streamOf(zipChunks(entries));
}

/** What a generator gives, piece by piece, as fast as it is taken. */
export function streamOf(chunks: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
      }
    },
    cancel: () => void chunks.return(),
  });
}

export async function* zipChunks(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array, void, void> {
  let ready: Uint8Array[] = [];
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const { name, file, changedAt } of entries) {
    const entry = new ZipPassThrough(name);
    // The format knows the years 1980 to 2099 only.
    entry.mtime = new Date(Math.max(changedAt.getTime(), Date.UTC(1981, 0)));
    zip.add(entry);
    if (typeof file === 'function') {
      entry.push(await file());
      yield* take();
    } else {
      for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
        entry.push(new Uint8Array(chunk));
        yield* take();
      }
    }
    entry.push(new Uint8Array(0), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
