import type { Client } from './client.ts';
import type { Disk } from './disk.ts';
import type { Random } from './random.ts';
import type { Server } from './server.ts';

export const troubleNames = [
  'kill',
  'kill for a while',
  'kill and reload',
  'kill, close and open',
  'reload',
  'close and open',
  'server clock',
  'page clock',
  'disk full',
  'read-only folder',
  'stop',
  'run twice',
  'second page',
] as const;
export type Trouble = (typeof troubleNames)[number];

const kills: readonly Trouble[] = ['kill', 'kill for a while', 'kill and reload', 'kill, close and open'];
const others: Partial<Record<Trouble, number>> = {
  reload: 0.2,
  'close and open': 0.1,
  'server clock': 0.12,
  'page clock': 0.08,
  'disk full': 0.12,
  'read-only folder': 0.1,
  stop: 0.1,
  'run twice': 0.1,
  'second page': 0.08,
};

export type Step = { trouble: Trouble; afterMs: number };

/** What happens to one story, in its order. */
export function drawTroubles(random: Random, kill: number): Step[] {
  const list: Trouble[] = Array.from({ length: kill }, () => random.pick(kills));
  for (let i = random.between(2, 4); i > 0; i--) {
    const trouble = random.draw(others);
    if (trouble) list.splice(random.between(0, list.length), 0, trouble);
  }
  return list.map((trouble) => ({ trouble, afterMs: random.between(50, 900) }));
}

type TroubleOptions = {
  random: Random;
  server: Server;
  client: Client;
  second: Client;
  disk: Disk;
  press: (client: Client, times: number) => Promise<void>;
  count: (kind: string) => void;
  fail: (violation: string) => void;
};

const hour = 3_600_000;

/** Does these things to the server, the page and the disk, and puts everything right again. */
export function createTroubles(options: TroubleOptions) {
  const { random, server, client, second, disk, press, count, fail } = options;

  /** On a sound disk it has to start; a system under load gets a second chance for its port. */
  async function up(): Promise<void> {
    for (let tries = 0; !server.isUp() && tries < 3; tries++) if (await server.start()) return;
    if (!server.isUp()) fail(`M10: the server does not start again: ${server.output().slice(-600)}`);
  }

  async function meanwhile(): Promise<void> {
    await pause(random.between(100, 1200));
    if (!random.chance(0.5)) return;
    await server.kill();
    await server.start();
    await pause(random.between(0, 300));
  }

  const acts: Record<Trouble, () => Promise<unknown>> = {
    async kill() {
      await server.kill();
      await up();
    },
    async 'kill for a while'() {
      await server.kill();
      await pause(random.between(100, 1500));
      await up();
    },
    async 'kill and reload'() {
      await Promise.all([server.kill(), client.reload()]);
      await up();
      await client.reload();
    },
    async 'kill, close and open'() {
      await Promise.all([client.close(), server.kill()]);
      await up();
      await client.open();
    },
    reload: () => client.reload(),
    async 'close and open'() {
      await client.close();
      await pause(random.between(0, 500));
      await client.open();
    },
    async 'server clock'() {
      server.shiftClock(random.pick([-24 * hour, -hour, -30_000, 30_000, hour, 24 * hour]));
    },
    'page clock': () => client.shiftClock(random.pick([-24 * hour, -60_000, 60_000, 24 * hour])),
    async 'disk full'() {
      if (disk.missing) return;
      disk.fill(random.pick([0, 0, 8192, 60_000]));
      await meanwhile();
      disk.free();
      await up();
    },
    async 'read-only folder'() {
      if (disk.missing) return;
      disk.makeReadOnly(server.data);
      await meanwhile();
      disk.makeWritable();
      await up();
    },
    stop: () => client.stop(),
    'run twice': () => press(client, 2),
    async 'second page'() {
      await second.open();
      for (let i = 0; i < 40 && (await second.look())?.state !== 'ready'; i++) await pause(50);
      await press(second, 1);
      await pause(random.between(0, 800));
      if (random.chance(0.5)) await second.close();
    },
  };

  return {
    async happen({ trouble, afterMs }: Step): Promise<void> {
      await pause(afterMs);
      const isSkipped = disk.missing !== null && (trouble === 'disk full' || trouble === 'read-only folder');
      count(isSkipped ? `${trouble} (skipped)` : trouble);
      await acts[trouble]();
    },
    /** All is well again: room on the disk, clocks, server, page. */
    async heal(): Promise<void> {
      disk.free();
      disk.makeWritable();
      server.shiftClock(0);
      await client.shiftClock(0);
      await second.close();
      if (random.chance(0.5)) await server.kill();
      await up();
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
