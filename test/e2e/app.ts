import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'playwright/test';

export { expect };

/** The built server as a process of its own, on a data folder of its own. */
export type App = {
  readonly url: string;
  readonly data: string;
  /** Everything the server printed. */
  readonly log: () => string;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again with the same data and port. */
  start(env?: Record<string, string>): Promise<void>;
};

export async function startApp(env: Record<string, string> = {}): Promise<App & { close(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'editloom-e2e-'));
  let child: ChildProcess | null = null;
  let printed = '';
  let url = '';

  async function start(more: Record<string, string> = {}): Promise<void> {
    const port = url ? new URL(url).port : '0';
    const clean = { ...process.env, RUNCOMFY_API_TOKEN: '', RUNCOMFY_TOKEN: '' };
    const started = spawn(process.execPath, ['--enable-source-maps', 'dist/server/index.js'], {
      env: {
        ...clean,
        PORT: port,
        EDITLOOM_DATA: data,
        ...env,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    url = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        printed += chunk.toString();
        const address = /running at (http:\S+)/.exec(printed.slice(printed.lastIndexOf('Editloom is running')));
        if (address) resolve(address[1]!);
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      started.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${printed}`)));
    });
  }

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    get url() {
      return url;
    },
    data,
    log: () => printed,
    kill,
    start,
    async close() {
      await kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A test with its own server; what the page complains about in its console fails the test. */
export const test = base.extend<{ env: Record<string, string>; app: App; complaints: string[] }>({
  /** The environment that the server starts with. */
  env: [{}, { option: true }],
  app: async ({ env }, provide) => {
    const app = await startApp(env);
    await provide(app);
    await app.close();
  },
  complaints: [
    async ({ page }, provide) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await provide(complaints);
      expect(complaints.filter((text) => !isExpected(text))).toEqual([]);
    },
    { auto: true },
  ],
});

/** Chromium itself logs refused requests and lost connections, which tests cause on purpose. */
function isExpected(text: string): boolean {
  return /^Failed to load resource|net::ERR_/.test(text);
}
