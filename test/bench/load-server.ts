import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { modelId } from '../../app/server/offline/contract.ts';
import { startApp, type RunningApp } from './built-app.ts';

/** Edits a second of the offline service when everything is sent to it at once and hardly asked for. */
export async function bareService(count: number, promptOf: (number: number) => string): Promise<number> {
  const app = await startApp();
  try {
    const picture = await sharp('app/samples/astronaut.png').resize(48, 32, { fit: 'cover' }).png().toBuffer();
    const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
    const submit = async (_: unknown, i: number) => {
      const body = JSON.stringify({
        image_url: `data:image/png;base64,${picture.toString('base64')}`,
        prompt: promptOf(i),
        seed: i + 1,
        enable_thinking_mode: false,
        enable_reflection_mode: false,
        output_format: 'png',
      });
      const answer = await fetch(`${app.url}/v1/models/${modelId}`, { method: 'POST', headers, body });
      return ((await answer.json()) as { request_id: string }).request_id;
    };
    const began = performance.now();
    const ids = await Promise.all(Array.from({ length: count }, submit));
    for (;;) {
      const answer = await fetch(`${app.url}/v1/requests/${ids.at(-1)}/result`, { headers });
      if (((await answer.json()) as { status: string }).status === 'succeeded') break;
      await wait(20);
    }
    return count / ((performance.now() - began) / 1000);
  } finally {
    await app.close();
  }
}

/** The highest resident memory of a process and all that it started, in bytes. Linux only. */
export function peakMemory(pid: number): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
  );
  return Number(peak) * 1024 + children.reduce((sum, child) => sum + peakMemory(Number(child)), 0);
}

export type Watched = Awaited<ReturnType<typeof watchStream>>;

/** A second reader of the event stream, which counts what comes over it. */
export async function watchStream(url: string, after?: number) {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/events${after === undefined ? '' : `?after=${after}`}`, {
    signal: stop.signal,
  });
  const done = new Map<string, string>();
  const sizes: number[] = [];
  let bytes = 0;
  let messages = 0;
  let wake = () => {};
  let broken: unknown = null;
  const read = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      bytes += chunk.length;
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) take(part);
      wake();
    }
  };
  const take = (message: string): void => {
    const data = /^data: ?(.*)$/m.exec(message)?.[1];
    if (!data || !/^event: ?job/m.test(message)) return;
    messages++;
    const told = JSON.parse(data) as Told | Told[];
    for (const job of Array.isArray(told) ? told : [told]) {
      if (job.status === 'failed') throw new Error(job.error?.message);
      if (job.status === 'done' && !done.has(job.key)) {
        done.set(job.key, job.artifacts[0]!.sha256);
        sizes.push(bytes);
      }
    }
  };
  const reading = read().catch((error: unknown) => {
    if (!stop.signal.aborted) broken = error;
    wake();
  });
  return {
    bytes: () => bytes,
    /** When half of them were done. */
    bytesOfFirstHalf: () => sizes[Math.floor(sizes.length / 2) - 1] ?? NaN,
    messages: () => messages,
    done: () => done.size,
    keys: () => done.keys(),
    artifacts: () => [...done.values()],
    /** So many were seen to be done. */
    async settled(count: number): Promise<void> {
      while (done.size < count) {
        if (broken) throw broken as Error;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async close(): Promise<void> {
      stop.abort();
      await reading;
    },
  };
}

type Told = { key: string; status: string; artifacts: { sha256: string }[]; error?: { message: string } | null };

export async function missingFiles(data: string, shas: readonly string[]): Promise<string[]> {
  return shas.filter((sha256) => !existsSync(join(data, 'pictures', sha256.slice(0, 2), sha256)));
}

/** Seconds that a process has worked on its processors. Linux only. */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Looks up many keys as the page does, in pieces; and how long others wait meanwhile for the smallest of answers. */
export async function lookUpMany(app: RunningApp, known: readonly string[], count: number, piece: number) {
  const unknown = Array.from({ length: count - known.length }, () =>
    createHash('sha256').update(randomBytes(8)).digest('hex'),
  );
  const keys = [...known, ...unknown];
  let longestMs = 0;
  let goesOn = true;
  const pinging = (async () => {
    while (goesOn) {
      const began = performance.now();
      await (await fetch(`${app.url}/api/health`)).text();
      longestMs = Math.max(longestMs, performance.now() - began);
      await wait(5);
    }
  })();
  try {
    let bytes = 0;
    const began = performance.now();
    for (let at = 0; at < keys.length; at += piece) {
      const response = await fetch(`${app.url}/api/lookup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-editloom': '1' },
        body: JSON.stringify({ keys: keys.slice(at, at + piece), pictures: [] }),
      });
      if (!response.ok) throw new Error(`The look-up was answered with ${response.status}`);
      bytes += (await response.arrayBuffer()).byteLength;
    }
    return { seconds: (performance.now() - began) / 1000, bytes, longestMs: () => longestMs };
  } finally {
    goesOn = false;
    await pinging;
  }
}
