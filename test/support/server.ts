import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readEnvironment } from '../../app/server/environment.ts';
import { createEngine } from '../../app/server/offline/engine.ts';
import { openServer, type ServerOptions } from '../../app/server/open-server.ts';
import { FetchRefused, type PublicFetch } from '../../app/server/public-fetch.ts';
import { serve, type SocketLimits } from '../../app/server/serve.ts';
import type { Job } from '../../app/wire.ts';
import { temporaryFolder } from './pictures.ts';

export const offlineId = 'offline/1/stepfun-ai/stepx-edit2';

type TestServerOptions = Partial<Omit<ServerOptions, 'environment' | 'port'>> & {
  /** Where it keeps everything; given twice, the second server is a restart of the first. */
  folder?: string;
  variables?: Record<string, string>;
  limits?: SocketLimits;
};

async function settled(options: TestServerOptions) {
  const folder = options.folder ?? join(await temporaryFolder(), 'data');
  const bugs: unknown[] = [];
  const { variables, folder: _, limits: __, ...rest } = options;
  const all: Omit<ServerOptions, 'port'> = {
    environment: readEnvironment({ PORT: '0', EDITLOOM_DATA: folder, ...variables }),
    samplesFolder: join(import.meta.dirname, '../../app/samples'),
    pageFolder: null,
    onBug: (error) => bugs.push(error),
    // Nothing of a test may leave this machine.
    send: () => Promise.reject(new TypeError('This test has no remote edit service')),
    fetchPublic: rest.send ? publicFetchBy(rest.send) : () => Promise.reject(new Error('This test fetches nothing')),
    // The real engine; the subject model alone is left out, because it takes seconds.
    engine: createEngine({ model: null }),
    ...rest,
  };
  return { folder, bugs, all };
}

/** The open internet of a test is the same as its edit service. */
function publicFetchBy(send: NonNullable<ServerOptions['send']>): PublicFetch {
  return async (url) => {
    const reply = await send(new Request(url));
    if (!reply.ok) throw new FetchRefused('status', `HTTP ${reply.status}.`, { status: reply.status });
    return { bytes: new Uint8Array(await reply.arrayBuffer()), contentType: null, url };
  };
}

/** The whole server on a folder of its own, asked without a socket. */
export async function openTestServer(options: TestServerOptions = {}) {
  const { folder, bugs, all } = await settled(options);
  const server = await openServer({ ...all, port: null });
  const close = once(server.close);
  onTestFinished(close);
  return {
    ...server,
    ...clientOf((path, init) => Promise.resolve(server.app.request(path, init))),
    folder,
    bugs,
    close,
  };
}

/** The same on a real port. */
export async function startTestServer(options: TestServerOptions = {}) {
  const { folder, bugs, all } = await settled(options);
  const server = await serve(all, options.limits);
  const close = once(server.close);
  onTestFinished(close);
  return { ...server, ...clientOf((path, init) => fetch(server.url + path, init)), folder, bugs, close };
}

function clientOf(send: (path: string, init?: RequestInit) => Promise<Response>) {
  const own = { 'x-editloom': '1' };
  const ask = (method: string, path: string, body?: unknown) =>
    send(path, {
      method,
      headers: { ...own, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const upload = (bytes: Uint8Array, name = 'photo.png') =>
    send('/api/pictures', {
      method: 'POST',
      headers: { ...own, 'x-file-name': encodeURIComponent(name) },
      body: new Uint8Array(bytes),
    });
  const json = async (reply: Response | Promise<Response>): Promise<unknown> => (await reply).json();
  return { send, ask, upload, json };
}

/** Reads server-sent events one by one. */
/** What the stream tells of a job depends on its status. */
type ToldJob = Partial<Job> & Pick<Job, 'key' | 'seq' | 'status'>;

export function readEvents(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  const told: ToldJob[] = [];
  async function next(): Promise<{ event: string; id: string; data: unknown }> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) throw new Error('The event stream has ended');
        text += decoder.decode(value, { stream: true });
        continue;
      }
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
      if (lines.some((line) => line.startsWith(':'))) return { event: 'comment', id: '', data: null };
      return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) as unknown };
    }
  }
  return {
    next,
    async nextJob(isWanted: (job: ToldJob) => boolean): Promise<ToldJob> {
      for (;;) {
        for (let job = told.shift(); job; job = told.shift()) if (isWanted(job)) return job;
        const { event, data } = await next();
        if (event === 'jobs') told.push(...(data as ToldJob[]));
      }
    },
    close: () => reader.cancel(),
  };
}

function once<T>(run: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: run() }).value;
}
