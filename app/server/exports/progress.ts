import type { ExportProgress } from '../../exports/wire.ts';
import { HttpError } from '../http-error.ts';
import { StorageError } from '../write-file.ts';

/** Exports that are made at the same time; the others wait. */
const atOnce = 2;
const keptFor = 10 * 60_000;

/** How far each export is; the page asks for it while the file arrives, and after it broke off. */
export function createProgress(now: () => number) {
  const known = new Map<string, ExportProgress & { at: number }>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const change = (id: string, some: Partial<ExportProgress>): void => {
    const before = known.get(id);
    if (before) known.set(id, { ...before, ...some, at: now() });
  };

  async function enter(): Promise<void> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
  }
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }

  return {
    get(id: string): ExportProgress | null {
      const found = known.get(id);
      return found ? { done: found.done, total: found.total, error: found.error } : null;
    },
    /** The returned function is to be called after each picture. */
    begin(id: string, total: number): () => void {
      for (const [old, { at }] of known) if (now() - at > keptFor) known.delete(old);
      known.set(id, { done: 0, total, error: null, at: now() });
      return () => change(id, { done: Math.min(total, (known.get(id)?.done ?? 0) + 1) });
    },
    /** Waits for its turn, and keeps why it broke off: by then the answer has begun and cannot say it. */
    async *follow(id: string, chunks: AsyncGenerator<Uint8Array, void, void>): AsyncGenerator<Uint8Array, void, void> {
      await enter();
      try {
        yield* chunks;
      } catch (error) {
        const isTold = error instanceof HttpError || error instanceof StorageError;
        change(id, {
          error: isTold ? error.message : 'A picture could not be drawn. The storage check may tell more.',
        });
        throw error;
      } finally {
        leave();
      }
    },
  };
}
