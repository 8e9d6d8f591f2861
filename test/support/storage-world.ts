import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import type { Artifact } from '../../graphs/artifact.ts';
import {
  checkEventSchema,
  cleanPlanSchema,
  cleanReplySchema,
  picturePageSchema,
  storageReplySchema,
  type CheckEvent,
  type CleanRequest,
  type Finding,
  type PlanRequest,
} from '../../app/storage-wire.ts';
import type { Job } from '../../app/wire.ts';
import { goodToken, model, startFaultServer } from './fault-server.ts';
import { offlineId, openTestServer, readEvents } from './server.ts';
import { keyOf } from './job-world.ts';
import { temporaryFolder } from './pictures.ts';

/** Random pixels, so that each picture has a name of its own. */
export const randomPicture = (): Promise<Buffer> =>
  sharp(randomBytes(24 * 16 * 3), { raw: { width: 24, height: 16, channels: 3 } })
    .png()
    .toBuffer();

/** The whole server with a remote service that costs money, and what a test of its storage needs to ask. */
export async function openStorageWorld() {
  const picture = await randomPicture();
  const remote = await startFaultServer(picture);
  onTestFinished(remote.close);
  const folder = join(await temporaryFolder(), 'data');
  const options = {
    folder,
    send: (request: Request) => fetch(request),
    variables: { EDITLOOM_BASE_URL: remote.url, RUNCOMFY_API_TOKEN: goodToken },
  };
  const server = await openTestServer(options);
  const { ask, json } = server;
  const remoteId = `${new URL(remote.url).host}/${model}`;
  const upload = async (bytes?: Uint8Array): Promise<Artifact> =>
    (await json(server.upload(bytes ?? (await randomPicture())))) as Artifact;
  const fileOf = (sha256: string) => join(folder, 'pictures', sha256.slice(0, 2), sha256);

  async function put(prompt: string, { image, service = remoteId, madeFor, seed = 7, again = false }: PutOptions) {
    await ask('PUT', '/api/settings', { service: service === remoteId ? 'remote' : 'offline' });
    const input = {
      image,
      prompt,
      negative_prompt: '',
      seed,
      enable_thinking_mode: false,
      enable_reflection_mode: false,
      output_format: 'png',
    };
    return (await json(
      ask('PUT', `/api/jobs/${keyOf(prompt)}${again ? '?again=1' : ''}`, { service, input, madeFor }),
    )) as Job;
  }

  async function ended(prompt: string): Promise<Job> {
    const isEnded = ({ status }: Pick<Job, 'status'>) => ['done', 'failed', 'cancelled', 'unknown'].includes(status);
    const now = (await json(ask('GET', `/api/jobs/${keyOf(prompt)}`))) as Job;
    if (isEnded(now)) return now;
    const events = readEvents(await ask('GET', `/api/events?after=${now.seq}`));
    await events.nextJob((one) => one.key === keyOf(prompt) && isEnded(one));
    await events.close();
    return (await json(ask('GET', `/api/jobs/${keyOf(prompt)}`))) as Job;
  }

  return {
    ...server,
    remote,
    remoteId,
    offlineId,
    picture,
    fileOf,
    uploadOne: upload,
    put,
    ended,
    /** Asks for an edit and waits for its end. */
    async make(prompt: string, options: PutOptions): Promise<Job> {
      await put(prompt, options);
      return ended(prompt);
    },
    overview: async () => storageReplySchema.parse(await json(ask('GET', '/api/storage'))),
    page: async (group: string, more = '') =>
      picturePageSchema.parse(
        await json(ask('GET', `/api/storage/pictures?group=${encodeURIComponent(group)}${more}`)),
      ),
    plan: async (request: PlanRequest) => cleanPlanSchema.parse(await json(ask('POST', '/api/storage/plan', request))),
    cleanReply: (request: CleanRequest) => ask('POST', '/api/storage/clean', request),
    clean: async (request: CleanRequest) =>
      cleanReplySchema.parse(await json(ask('POST', '/api/storage/clean', request))),
    async check(): Promise<{ events: CheckEvent[]; found: Finding[]; end: CheckEvent }> {
      const reply = await ask('POST', '/api/storage/check');
      const events = (await reply.text())
        .split('\n')
        .filter(Boolean)
        .map((line) => checkEventSchema.parse(JSON.parse(line)));
      return {
        events,
        found: events.flatMap((event) => (event.type === 'found' ? [event] : [])),
        end: events.at(-1)!,
      };
    },
    exists: (sha256: string): Promise<boolean> =>
      stat(fileOf(sha256)).then(
        () => true,
        () => false,
      ),
    /** One bit of the middle turned over, as an old disk does it: the size stays. */
    async damage(sha256: string): Promise<void> {
      const bytes = await readFile(fileOf(sha256));
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      await writeFile(fileOf(sha256), bytes);
    },
    cutOff: (sha256: string): Promise<void> => truncate(fileOf(sha256), 20),
    /** As if it had been there for a week. */
    async age(sha256: string): Promise<void> {
      const then = new Date(Date.now() - 7 * 24 * 60 * 60 * 1000);
      await utimes(fileOf(sha256), then, then);
    },
    async place(sha256: string, bytes: Uint8Array): Promise<void> {
      await mkdir(join(folder, 'pictures', sha256.slice(0, 2)), { recursive: true });
      await writeFile(fileOf(sha256), bytes);
    },
    below: (path: string): Promise<string[]> => readdir(join(folder, path), { recursive: true }).catch(() => []),
  };
}

type PutOptions = { image: string; service?: string; madeFor?: string; seed?: number; again?: boolean };
