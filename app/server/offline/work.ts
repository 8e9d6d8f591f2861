import { createHash } from 'node:crypto';
import type { OfflineInput } from './contract.ts';
import type { InputPicture } from './input-picture.ts';
import type { OfflineRequest, Outcome, Requests } from './requests.ts';
import type { Storage } from './storage.ts';

export type EngineInput = Omit<OfflineInput, 'image_url'>;

export type EngineResult =
  | { status: 'done'; bytes: Uint8Array; mediaType: string; width: number; height: number; note: string | null }
  | { status: 'failed'; message: string };

export type Engine = {
  edit(picture: Uint8Array, input: EngineInput, signal: AbortSignal): Promise<EngineResult>;
};

export type WorkOptions = {
  requests: Requests;
  storage: Storage;
  engine: Engine;
  readInput: (address: string, signal: AbortSignal) => Promise<InputPicture>;
  concurrency: () => number;
  delay: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  now: () => number;
  onBug: (error: unknown) => void;
};

export type Work = ReturnType<typeof startWork>;

/** Works the queue off, first come first served. What it was at when closed is begun again at the next start. */
export function startWork(options: WorkOptions) {
  const { requests, concurrency, onBug } = options;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();

  function next(): void {
    while (!stop.signal.aborted && running.size < Math.max(1, concurrency())) {
      const request = requests.startNext();
      if (!request) return;
      const done = carryOut(request, options, stop.signal)
        // Only the disk can have failed here: the request stays in progress on disk and is begun again at the next start.
        .catch(onBug)
        .finally(() => {
          running.delete(done);
          wake();
        });
      running.add(done);
    }
  }

  function wake(): void {
    try {
      next();
    } catch (error) {
      onBug(error);
    }
  }

  return {
    /** To be called when a request was added. */
    wake,
    async close(): Promise<void> {
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function carryOut(request: OfflineRequest, options: WorkOptions, signal: AbortSignal): Promise<void> {
  const { requests, storage, now, onBug } = options;
  let outcome: Outcome;
  try {
    outcome = await edit(request, options, signal);
  } catch (error) {
    if (signal.aborted) return;
    onBug(error);
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The offline edit service made a mistake of its own (${reason}). The picture and the prompt may be all right; please report it.`;
    outcome = { status: 'failed', error: message, result: null, note: request.note };
  }
  if (signal.aborted) return;
  requests.finish(request.id, outcome, now());
  if (request.inputStored) await storage.removeInput(request.id);
}

async function edit(request: OfflineRequest, options: WorkOptions, signal: AbortSignal): Promise<Outcome> {
  const { storage, engine, readInput, delay, sleep, now } = options;
  const began = now();
  const failed = (error: string): Outcome => ({ status: 'failed', error, result: null, note: request.note });

  const address = request.inputStored ? await storage.readInput(request.id) : request.input.image_url;
  const picture = await readInput(address, signal);
  if (picture.problem !== undefined) return failed(picture.problem);

  const { image_url: _, ...input } = request.input;
  const made = await engine.edit(picture.bytes, { ...input, seed: request.seed }, signal);
  const remaining = delay() * usualSeconds(request) * 1000 - (now() - began);
  if (remaining > 0) await sleep(remaining, signal);
  if (made.status === 'failed') return failed(made.message);

  signal.throwIfAborted();
  const result = await storage.saveResult(request.place, made.bytes, made.mediaType);
  return { status: 'succeeded', result, error: null, note: joined(made.note, request.note) };
}

/**
 * How long the real model would have taken: 8 to 20 seconds with both modes off, 30 to 120 with both on, different for
 * each request but the same for one of them. Assumption: RunComfy's own times are not documented; these follow the
 * authors' figures for 50 steps, of which reflection runs up to three rounds.
 */
export function usualSeconds({ id, input }: Pick<OfflineRequest, 'id' | 'input'>): number {
  const share = createHash('sha256').update(id).digest().readUInt32BE(0) / 2 ** 32;
  const between = (low: number, high: number) => low + share * (high - low);
  if (input.enable_reflection_mode) return input.enable_thinking_mode ? between(30, 120) : between(25, 110);
  return input.enable_thinking_mode ? between(12, 28) : between(8, 20);
}

function joined(...parts: (string | null)[]): string | null {
  return parts.filter(Boolean).join(' ') || null;
}
