import { createHash } from 'node:crypto';
import { StorageError } from '../write-file.ts';
import type { Engine as WholeEngine, EngineOutcome } from './engine.ts';
import type { InputPicture } from './input-picture.ts';
import type { OfflineRequest, Outcome, Requests } from './requests.ts';
import type { Storage } from './storage.ts';

/** All that the service needs of an engine; closing it stays with whoever opened it. */
export type Engine = Pick<WholeEngine, 'edit'>;

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

type Made = { result: EngineOutcome; error?: never } | { error: string };

/** Works the queue off, first come first served. What it was at when closed is begun again at the next start. */
export function startWork(options: WorkOptions) {
  const { requests, concurrency, onBug } = options;
  const stop = new AbortController();
  const making = new Set<string>();
  const open = new Set<Promise<void>>();

  function startWaiting(): void {
    while (!stop.signal.aborted && making.size < Math.max(1, concurrency())) {
      const request = requests.startNext();
      if (!request) return;
      making.add(request.id);
      const done: Promise<void> = carryOut(request)
        // Only the disk can have failed here. The request stays in progress, and is begun again at the next start.
        .catch(onBug)
        .finally(() => open.delete(done));
      open.add(done);
    }
  }

  async function carryOut(request: OfflineRequest): Promise<void> {
    const made = await make(request, options, stop.signal);
    // The place is free before the picture is stored: waiting for the disk is no work.
    making.delete(request.id);
    wake();
    if (made) await store(request, made, options);
  }

  function wake(): void {
    try {
      startWaiting();
    } catch (error) {
      onBug(error);
    }
  }

  return {
    /** To be called when a request was added. */
    wake,
    async close(): Promise<void> {
      stop.abort();
      await Promise.all(open);
    },
  };
}

/** Null when stopped in the middle of it. Never throws: a mistake of ours fails this request and no other. */
async function make(request: OfflineRequest, options: WorkOptions, signal: AbortSignal): Promise<Made | null> {
  const { storage, engine, readInput, delay, sleep, now, onBug } = options;
  const began = now();
  try {
    const address = request.inputStored ? await storage.readInput(request.id) : request.input.image_url;
    const picture = await readInput(address, signal);
    if (picture.problem !== undefined) return { error: picture.problem };

    const { image_url: _, ...input } = request.input;
    const result = await engine.edit(picture.bytes, { ...input, seed: request.seed }, signal);
    const remaining = delay() * usualSeconds(request) * 1000 - (now() - began);
    if (remaining > 0) await sleep(remaining, signal);
    return signal.aborted ? null : { result };
  } catch (error) {
    if (signal.aborted) return null;
    onBug(error);
    return { error: ownMistake(error) };
  }
}

async function store(request: OfflineRequest, made: Made, options: WorkOptions): Promise<void> {
  const { requests, storage, now } = options;
  requests.finish(request.id, await outcomeOf(request, made, options), now());
  if (request.inputStored) await storage.removeInput(request.id);
}

async function outcomeOf(request: OfflineRequest, made: Made, { storage, onBug }: WorkOptions): Promise<Outcome> {
  const failed = (error: string): Outcome => ({ status: 'failed', error, result: null, note: request.note });
  if (made.error !== undefined) return failed(made.error);
  if (made.result.status === 'failed') return failed(made.result.message);
  const { bytes, mediaType, note } = made.result;
  try {
    const result = await storage.saveResult(request.place, bytes, mediaType);
    return { status: 'succeeded', result, error: null, note: [note, request.note].filter(Boolean).join(' ') || null };
  } catch (error) {
    if (error instanceof StorageError) return failed(error.message);
    onBug(error);
    return failed(ownMistake(error));
  }
}

function ownMistake(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The offline edit service made a mistake of its own (${reason}). The picture and the prompt may be all right; please report it.`;
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
