import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { openJobBook, type JobBook } from '../../app/server/job-book.ts';
import { createJobs, type Jobs, type JobsOptions } from '../../app/server/jobs.ts';
import { createPictureStore } from '../../app/server/pictures.ts';
import { createRemote, type RemoteOptions } from '../../app/server/remote.ts';
import { createResultFetch } from '../../app/server/result-bytes.ts';
import type { EditInput, Job, JobStatus } from '../../app/wire.ts';
import { goodToken, model, startFaultServer, type FaultServer } from './fault-server.ts';

export const inputUrl = 'https://pictures.example/input.png';
const inputSha = '0'.repeat(64);

export const keyOf = (prompt: string): string => createHash('sha256').update(prompt).digest('hex');

export const inputOf = (prompt: string): EditInput => ({
  image: inputSha,
  prompt,
  negative_prompt: '',
  seed: 7,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'png',
});

/** Time that runs `speed` times as fast, so that backoffs of minutes pass in a moment without being left out. */
export function fastClock(speed: number) {
  const began = Date.now();
  return {
    now: () => began + (Date.now() - began) * speed,
    setTimer(callback: () => void, ms: number) {
      const timer = setTimeout(callback, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}

export type WorldOptions = Partial<Omit<JobsOptions, 'book' | 'remote'>> & {
  remote?: Partial<RemoteOptions>;
  /** Stands between the runner and its book. */
  throughBook?: (book: JobBook) => JobBook;
  speed?: number;
};

const picture = sharp({ create: { width: 24, height: 16, channels: 3, background: 'orange' } })
  .png()
  .toBuffer();

/** The real job runner with a real book and real pictures on disk, over HTTP before a service that plays tricks. */
export async function startWorld(options: WorldOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'editloom-jobs-'));
  const service: FaultServer = await startFaultServer(await picture);
  const services = [service];
  const settings = { token: goodToken as string | null, serviceId: `test/${model}`, baseUrl: service.url, inFlight: 4 };
  const bugs: unknown[] = [];
  const pictures = createPictureStore(join(folder, 'pictures'));
  const clock = fastClock(options.speed ?? 200);
  const send = (request: Request): Promise<Response> => fetch(request);
  const remote = () => ({
    serviceId: settings.serviceId,
    model,
    ...createRemote({
      baseUrl: settings.baseUrl,
      model,
      token: () => settings.token,
      send,
      fetchResult: createResultFetch({ send, maxBytes: 1_000_000 }),
      now: clock.now,
      ...options.remote,
    }),
  });

  function openRunner() {
    const book = openJobBook(join(folder, 'jobs.sqlite'));
    const { remote: _, speed: __, throughBook = (same: JobBook) => same, ...rest } = options;
    const jobs = createJobs({
      book: throughBook(book),
      remote,
      pictures,
      imageUrl: () => Promise.resolve(inputUrl),
      inFlight: () => settings.inFlight,
      onBug: (error) => bugs.push(error),
      ...clock,
      ...rest,
    });
    return { book, jobs };
  }

  let runner = openRunner();
  const runners = [runner];
  runner.jobs.start();
  onTestFinished(async () => {
    for (const { jobs, book } of runners) {
      await jobs.close({ graceMs: 0 });
      book.close();
    }
    for (const one of services) await one.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    service,
    settings,
    pictures,
    bugs,
    folder,
    now: clock.now,
    /** A fresh service at the address of the one that was closed. */
    async serviceBack(): Promise<FaultServer> {
      const back = await startFaultServer(await picture, Number(new URL(service.url).port));
      services.push(back);
      return back;
    },
    get jobs(): Jobs {
      return runner.jobs;
    },
    put: (prompt: string, again?: boolean): Job =>
      runner.jobs.put(keyOf(prompt), { service: `test/${model}`, input: inputOf(prompt) }, { again }),
    join: (prompt: string): Job | null =>
      runner.jobs.join(keyOf(prompt), { service: `test/${model}`, input: inputOf(prompt) }),
    job: (prompt: string): Job | null => runner.jobs.get(keyOf(prompt)),
    /** Resolves when the job has one of these states (or fulfils the test); fails with the test's timeout. */
    until(prompt: string, ...wanted: (JobStatus | ((job: Job) => boolean))[]): Promise<Job> {
      const fits = (job: Job | null): job is Job =>
        job !== null && wanted.some((want) => (typeof want === 'string' ? job.status === want : want(job)));
      return new Promise((resolve) => {
        const present = runner.jobs.get(keyOf(prompt));
        if (fits(present)) return resolve(present);
        const unsubscribe = runner.jobs.subscribe((job) => {
          if (job.key !== keyOf(prompt) || !fits(job)) return;
          unsubscribe();
          resolve(job);
        });
      });
    },
    /** As if the process were killed and started again: nothing of the old one is written or waited for. */
    async killAndRestart(): Promise<void> {
      const old = runner;
      old.book.close();
      void old.jobs.close({ graceMs: 0 });
      runner = openRunner();
      runners.push(runner);
      runner.jobs.start();
      await Promise.resolve();
    },
    async stopAndRestart(): Promise<void> {
      await runner.jobs.close();
      runner.book.close();
      runner = openRunner();
      runners.push(runner);
      runner.jobs.start();
    },
  };
}

/** Resolves when the condition holds; looks after each turn of the event loop, so it fails only with the test's timeout. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
