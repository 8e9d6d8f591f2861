import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type ServerOptions = {
  /** Where the app is built: holds dist/server/index.js. */
  home: string;
  data: string;
  baseUrl: string;
  token: string;
};

export type Server = ReturnType<typeof createServerProcess>;

/** The built server as a process of its own that can be killed and started again, on one port and data folder. */
export function createServerProcess({ home, data, baseUrl, token }: ServerOptions) {
  const clock = `${data}.clock`;
  let child: ChildProcess | null = null;
  let printed = '';
  let url = '';
  let kills = 0;
  let refusals = 0;
  const killAtExit = (): void => void child?.kill('SIGKILL');
  process.on('exit', killAtExit);

  /** False where the server refused to start. */
  async function start(): Promise<boolean> {
    const preload = pathToFileURL(join(process.cwd(), 'test/chaos/preload.js')).href;
    const args = ['--enable-source-maps', '--import', preload, join(home, 'dist/server/index.js')];
    const started = spawn(process.execPath, args, {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: url ? new URL(url).port : '0',
        EDITLOOM_DATA: data,
        EDITLOOM_OUTPUTS: '',
        EDITLOOM_BASE_URL: baseUrl,
        EDITLOOM_CHAOS_CLOCK: clock,
        RUNCOMFY_API_TOKEN: token,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const from = printed.length;
    return new Promise((resolve) => {
      const read = (chunk: Buffer): void => {
        printed += chunk.toString();
        const address = /running at (http:\/\/127\.0\.0\.1:\d+)/.exec(printed.slice(from))?.[1];
        if (!address) return;
        url = address;
        resolve(true);
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      started.once('exit', (code, signal) => {
        if (child === started) child = null;
        if (signal === null && code !== 0) refusals++;
        resolve(false);
      });
    });
  }

  return {
    get url() {
      return url;
    },
    data,
    start,
    isUp: (): boolean => child !== null,
    output: (): string => printed,
    counts: () => ({ kills, refusals }),
    /** SIGKILL, as a crash would. */
    async kill(): Promise<void> {
      const running = child;
      child = null;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      kills++;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await gone;
    },
    /** Shifts the server's clock; it holds over restarts. */
    shiftClock(milliseconds: number): void {
      writeFileSync(clock, String(milliseconds));
      if (process.platform !== 'win32') child?.kill('SIGUSR2');
    },
    async ask(method: string, path: string, body?: unknown): Promise<unknown> {
      const isBytes = body instanceof Uint8Array;
      const response = await fetch(url + path, {
        method,
        headers: { 'x-editloom': '1', ...(!isBytes && body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
      });
      if (!response.ok)
        throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`);
      return response.json();
    },
    removeData(): void {
      process.off('exit', killAtExit);
      for (const path of [data, clock]) rmSync(path, { recursive: true, force: true });
    },
  };
}
