import { z } from 'zod';
import { artifactSchema, type Artifact } from '../graphs/artifact.ts';
import { lookupReplySchema, type LookupReply } from './job-news.ts';
import { settingsReplySchema, type Settings, type SettingsReply } from './settings-wire.ts';
import {
  httpErrorSchema,
  jobSchema,
  sampleSchema,
  savedOutputSchema,
  type Job,
  type JobRequest,
  type LookupRequest,
  type Sample,
  type SavedOutput,
  type SaveRequest,
  type Settle,
} from './wire.ts';

/** Our server refused, or could not be reached (status 0). The message is a whole sentence for the user. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(message: string, status: number, code: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
  }
}

/** Our own server's calls, with every reply parsed. */
export function createApi(send: typeof fetch = fetch.bind(globalThis)) {
  let signingIn: Promise<void> | null = null;

  async function call(path: string, init?: RequestInit): Promise<Response> {
    const headers = new Headers(init?.headers);
    if (init?.method && init.method !== 'GET') headers.set('X-Editloom', '1');
    let response: Response;
    try {
      response = await send(path, { ...init, headers });
    } catch (cause) {
      if (init?.signal?.aborted) throw cause;
      throw new HttpError('Editloom’s server does not answer. Is it still running?', 0, 'no-server', { cause });
    }
    if (response.ok) return response;
    if (response.status === 401) {
      // The session has ended. Nothing was done yet, so everybody waits for the password, and then asks again.
      signingIn ??= import('./sign-in.ts').then(({ signIn }) => signIn()).finally(() => (signingIn = null));
      await signingIn;
      return call(path, init);
    }
    const body = httpErrorSchema.safeParse(await response.json().catch(() => null));
    throw body.success
      ? new HttpError(body.data.error.message, response.status, body.data.error.code)
      : new HttpError(`Editloom’s server answered with status ${response.status}.`, response.status, 'unreadable');
  }

  async function json<S extends z.ZodType>(schema: S, path: string, init?: RequestInit): Promise<z.output<S>> {
    return schema.parse(await (await call(path, init)).json());
  }

  const body = (method: string, value: unknown): RequestInit => ({
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });

  return {
    samples: (signal?: AbortSignal): Promise<Sample[]> =>
      json(z.array(sampleSchema), '/api/samples', signal ? { signal } : {}),
    settings: (): Promise<SettingsReply> => json(settingsReplySchema, '/api/settings'),
    changeSettings: (settings: Settings): Promise<SettingsReply> =>
      json(settingsReplySchema, '/api/settings', body('PUT', settings)),
    setToken: (token: string): Promise<SettingsReply> =>
      json(settingsReplySchema, '/api/token', body('PUT', { token })),
    logOut: async (): Promise<void> => void (await call('/api/session', { method: 'DELETE' })),
    removeToken: (): Promise<SettingsReply> => json(settingsReplySchema, '/api/token', { method: 'DELETE' }),
    upload: (file: Blob, name: string, signal?: AbortSignal): Promise<Artifact> =>
      json(artifactSchema, '/api/pictures', {
        method: 'POST',
        body: file,
        headers: { 'Content-Type': file.type || 'application/octet-stream', 'X-File-Name': encodeURIComponent(name) },
        ...(signal ? { signal } : {}),
      }),
    uploadFrom: (url: string): Promise<Artifact> =>
      json(artifactSchema, '/api/pictures/from-url', body('POST', { url })),
    lookUp: (request: LookupRequest): Promise<LookupReply> =>
      json(lookupReplySchema, '/api/lookup', body('POST', request)),
    putJob: (key: string, request: JobRequest, again: boolean): Promise<Job> =>
      json(jobSchema, `/api/jobs/${key}${again ? '?again=1' : ''}`, body('PUT', request)),
    /** Follows what was asked for before; nothing is submitted. */
    joinJob: (key: string, request: JobRequest): Promise<Job> =>
      json(jobSchema, `/api/jobs/${key}?join=1`, body('PUT', request)),
    job: (key: string): Promise<Job> => json(jobSchema, `/api/jobs/${key}`),
    cancelJob: (key: string): Promise<Job> => json(jobSchema, `/api/jobs/${key}`, { method: 'DELETE' }),
    unknownJobs: (): Promise<Job[]> => json(z.array(jobSchema), '/api/jobs?status=unknown'),
    lookAgain: (key: string, requestId?: string): Promise<Job> =>
      json(jobSchema, `/api/jobs/${key}/look`, body('POST', { requestId })),
    settleJobs: (keys: readonly string[], as: Settle['as']): Promise<Job[]> =>
      json(z.array(jobSchema), '/api/jobs/settle', body('POST', { keys, as })),
    /** Keeps the text of a graph file under its SHA-256. */
    putGraph: async (sha256: string, text: string): Promise<void> =>
      void (await call(`/api/graphs/${sha256}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: text,
      })),
    /** The text of a graph file that was kept. */
    graph: async (sha256: string): Promise<string> => (await call(`/api/graphs/${sha256}`)).text(),
    /** 0 takes the rating away. All tabs hear of it from the event stream. */
    rate: (key: string, rating: number): Promise<Job> =>
      json(jobSchema, `/api/ratings/${key}`, body('PUT', { rating })),
    save: (request: SaveRequest): Promise<SavedOutput> =>
      json(savedOutputSchema, '/api/outputs', body('POST', request)),
    zip: async (files: readonly string[]): Promise<Blob> =>
      (await call('/api/outputs/zip', body('POST', { files }))).blob(),
    /** For calls that are loaded later than this. */
    ask: call,
    openOutputsFolder: async (): Promise<void> => void (await call('/api/outputs/open', { method: 'POST' })),
  };
}

export type Api = ReturnType<typeof createApi>;
