import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** U²-Net-p in a worker thread: finds the main subject of a picture of 320 × 320 pixels. See model/README.md. */
export type SubjectModel = {
  /** 0..1 for each pixel. Rejects when the model or its runtime can't be loaded. */
  map(rgb: Uint8Array): Promise<Float32Array>;
  close(): Promise<void>;
};

export const modelSide = 320;
const modelSha256 = '309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8';

/** The worker starts with the first picture, is kept warm, and never keeps the process alive. */
export function createSubjectModel(model: string): SubjectModel {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, { resolve(map: Float32Array): void; reject(reason: Error): void }>();

  const fail = (reason: Error): void => {
    worker = null;
    for (const one of waiting.values()) one.reject(reason);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(ownFile('mask-worker.js'), { workerData: { model, sha256: modelSha256 } });
    started.on('message', (reply: { id: number; map?: Float32Array; error?: string }) => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if (reply.map) one?.resolve(reply.map);
      else one?.reject(new Error(reply.error ?? 'The model gave no answer'));
    });
    started.on('error', fail);
    started.on('exit', () => {
      if (worker === started) fail(new Error('The worker of the subject model ended'));
    });
    started.unref();
    return started;
  };

  return {
    map: (rgb) =>
      new Promise((resolve, reject) => {
        try {
          worker ??= start();
        } catch (error) {
          return reject(error instanceof Error ? error : new Error(String(error)));
        }
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, rgb });
      }),
    async close() {
      const old = worker;
      worker = null;
      await old?.terminate();
      fail(new Error('The engine was closed'));
    },
  };
}

export const defaultModel = (): string => ownFile(join('model', 'u2netp.onnx'));

/** A file of this folder, whether this code runs from the sources or from the bundle in dist/server. */
export function ownFile(name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    const inSources = join(folder, 'app', 'server', 'offline', name);
    for (const file of [join(folder, name), inSources]) if (existsSync(file)) return file;
    if (folder === dirname(folder)) return join(here, name);
  }
}
