import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBuilder } from 'vite';

/** The bench runs from the root of the repository. */
const root = process.cwd();
/** A place of its own, so that a bench doesn't build over an app that runs. */
const home = join(root, 'dist', 'bench', 'app');

const clientFolder = join(home, 'dist', 'client');

/** Builds the app as `npm run build` does. Milliseconds. */
export async function buildApp(): Promise<number> {
  const began = performance.now();
  // Vite reads it when React is loaded, and NODE_ENV=development from outside would bundle another React.
  process.env.NODE_ENV = 'production';
  const builder = await createBuilder({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    environments: {
      client: { build: { outDir: clientFolder, emptyOutDir: true } },
      server: { build: { outDir: join(home, 'dist', 'server'), emptyOutDir: true } },
    },
  });
  await builder.buildApp();
  mkdirSync(home, { recursive: true });
  if (!existsSync(join(home, 'app'))) symlinkSync(join(root, 'app'), join(home, 'app'), 'junction');
  return performance.now() - began;
}

export type RunningApp = {
  url: string;
  pid: number;
  /** Its data folder. */
  data: string;
  /** Up to its first answer. */
  startedMs: number;
  close: () => Promise<void>;
};

/** The built server in a process of its own on a new data folder, or on one that was filled before. */
export async function startApp(data = mkdtempSync(join(tmpdir(), 'editloom-bench-'))): Promise<RunningApp> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', join(home, 'dist', 'server', 'index.js')], {
    env: { ...process.env, PORT: '0', EDITLOOM_DATA: data, RUNCOMFY_API_TOKEN: '', RUNCOMFY_TOKEN: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A bench that fails leaves no server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /running at (http:\S+)/.exec(printed)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${printed}`)));
  });
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The first answer was ${answer.status}`);
  await answer.text();
  const startedMs = performance.now() - began;
  await runUnasked(url);
  return {
    url,
    pid: child.pid ?? 0,
    data,
    startedMs,
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** However many edits a bench makes, Run does not ask whether they are meant. */
async function runUnasked(url: string): Promise<void> {
  const reply = await fetch(`${url}/api/settings`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Editloom': '1' },
    body: JSON.stringify({ askAbove: 100_000 }),
  });
  if (!reply.ok) throw new Error(`The settings were refused with ${reply.status}: ${await reply.text()}`);
}
