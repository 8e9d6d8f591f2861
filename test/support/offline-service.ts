import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { onTestFinished, vi } from 'vitest';
import { createEngine } from '../../app/server/offline/engine.ts';
import type { Engine } from '../../app/server/offline/work.ts';
import { createOfflineService, type OfflineServiceOptions } from '../../app/server/offline/service.ts';

export const origin = 'http://127.0.0.1:5174';

/** A red square in the middle of blue. */
export async function smallPicture(width = 48, height = 32): Promise<Uint8Array> {
  const square = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: 'blue' } })
    .composite([{ input: square }])
    .png()
    .toBuffer();
}

export function dataUri(picture: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(picture).toString('base64')}`;
}

/** The real engine, without the subject model: that one takes seconds to load, and is tested where it lives. */
export const engine = createEngine({ model: null });

/** An engine that begins an edit and ends it when the test says so. */
export function heldEngine() {
  const begun: string[] = [];
  const waiting = new Map<string, () => void>();
  const held: Engine = {
    async edit(picture, input, signal) {
      begun.push(input.prompt);
      await new Promise<void>((resolve, reject) => {
        waiting.set(input.prompt, resolve);
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
      return engine.edit(picture, { ...input, prompt: 'black and white' }, signal);
    },
  };
  const began = (...prompts: string[]) =>
    vi.waitFor(() => prompts.every((p) => begun.includes(p)) || fail(begun), { timeout: 30_000 });
  return { engine: held, begun, began, release: (prompt: string) => waiting.get(prompt)?.() };
}

function fail(begun: string[]): never {
  throw new Error(`Only these have begun: ${begun.join(', ')}`);
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'editloom-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export type Reply = { status: number; body: Record<string, unknown>; headers: Headers };

/** The offline service without a socket, and a client that speaks to it with a token. */
export async function startService(options: Partial<OfflineServiceOptions> = {}) {
  const bugs: unknown[] = [];
  const folder = options.folder ?? (await temporaryFolder());
  const service = createOfflineService({
    origin: () => origin,
    engine,
    readPicture: () => Promise.resolve(null),
    fetchPublic: () => Promise.reject(new Error('This test fetches nothing')),
    onBug: (error) => bugs.push(error),
    ...options,
    folder,
  });
  const close = once(() => service.close());
  onTestFinished(close);

  async function call(
    method: string,
    address: string,
    body?: unknown,
    token: string | null = 'any token',
  ): Promise<Reply> {
    const response = await service.app.request(address, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token.replace(' ', '-')}` }),
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Reply['body'], headers: response.headers };
  }
  const submit = async (input: unknown, token?: string): Promise<string> => {
    const { body } = await call('POST', '/v1/models/stepfun-ai/stepx-edit2', input, token);
    if (typeof body.request_id !== 'string') throw new Error(`Not accepted: ${JSON.stringify(body)}`);
    return body.request_id;
  };
  const status = async (id: string, token?: string) =>
    (await call('GET', `/v1/requests/${id}/status`, undefined, token)).body;
  const result = async (id: string, token?: string) =>
    (await call('GET', `/v1/requests/${id}/result`, undefined, token)).body;
  const cancel = async (id: string, token?: string) =>
    (await call('POST', `/v1/requests/${id}/cancel`, undefined, token)).body;
  /** The result once there is one. */
  const finished = (id: string, token?: string) =>
    vi.waitFor(
      async () => {
        const body = await result(id, token);
        if (!body.finished_at) throw new Error(`Still ${String(body.status)}`);
        return body;
      },
      { interval: 2, timeout: 30_000 },
    );
  const file = (url: unknown) => service.app.request(String(url));
  return { ...service, close, folder, bugs, call, submit, status, result, cancel, finished, file };
}

function once<T>(run: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: run() }).value;
}
