import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLogFile } from '../../../../app/server/watch/log-file.ts';
import { openLog } from '../../../../app/server/watch/log.ts';
import { shortenHome } from '../../../../app/server/watch/private-text.ts';
import { createBugTeller } from '../../../../app/server/watch/tell-bug.ts';
import { StorageError } from '../../../../app/server/write-file.ts';
import { temporaryFolder } from '../../../support/pictures.ts';

const secret = 'rc-Secret+token/1=';

async function open(level: 'info' | 'debug' = 'info') {
  const folder = await temporaryFolder();
  const outputsFolder = join(folder, 'outputs');
  const now = () => Date.UTC(2031, 1, 3);
  const log = openLog({ folder, level, secrets: () => [secret, null], outputsFolder, now });
  const lines = () =>
    readFileSync(join(folder, 'logs', 'editloom.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { folder, outputsFolder, log, lines };
}

describe('the log', () => {
  it('has a line of JSON for each event, and below its level none', async () => {
    const { log, lines } = await open();
    log.logger.info({ port: 5174 }, 'start');
    log.logger.debug('not this');
    expect(lines()).toEqual([{ level: 'info', time: '2031-02-03T00:00:00.000Z', port: 5174, msg: 'start' }]);
    expect(log.recent()).toHaveLength(1);
  });

  it('tells a fault with its stack, and not what else hangs on it', async () => {
    const { log, lines } = await open();
    log.bug(Object.assign(new Error('broken'), { code: 'E1', prompt: 'a secret garden' }));
    expect(lines()[0]).toMatchObject({ level: 'error', err: { message: 'broken', code: 'E1' } });
    expect(JSON.stringify(lines())).not.toContain('garden');
    expect(String((lines()[0]!.err as { stack: string }).stack)).toContain('log.test.ts');
  });

  it.each([
    ['the token', secret],
    ['the token in base64', Buffer.from(secret).toString('base64')],
    ['the token in an address', encodeURIComponent(secret)],
    ['the header that carries it', Buffer.from(`Bearer ${secret}`).toString('base64url')],
    ['the address of a picture', 'https://files.example/private/cat.png?sig=1'],
    ['a picture in an address', 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB'],
  ])('holds nothing of %s', async (_, text) => {
    const { log, folder } = await open();
    log.bug(new Error(`could not use ${text} for this`));
    const written = readFileSync(join(folder, 'logs', 'editloom.log'), 'utf8');
    expect(written).not.toContain(text);
    expect(written).toContain('could not use');
    expect(log.recent().join()).not.toContain(text);
  });

  it('names no file that is named after a prompt', async () => {
    const { log, folder, outputsFolder } = await open();
    log.bug(new Error(`${join(outputsFolder, 'a girl with', 'a pearl.png')} could not be written: the disk is full.`));
    const written = readFileSync(join(folder, 'logs', 'editloom.log'), 'utf8');
    expect(written).not.toContain('pearl');
    expect(written).toContain('could not be written: the disk is full.');
  });

  it('for debugging has addresses, but the token never', async () => {
    const { log, folder } = await open('debug');
    log.logger.debug({ url: `https://files.example/cat.png?token=${encodeURIComponent(secret)}` }, 'fetch');
    const written = readFileSync(join(folder, 'logs', 'editloom.log'), 'utf8');
    expect(written).toContain('files.example/cat.png');
    expect(written).not.toContain(encodeURIComponent(secret));
  });

  it('finds all lines of a job, in older files as well', async () => {
    const folder = await temporaryFolder();
    const log = openLog({
      folder,
      level: 'info',
      secrets: () => [],
      outputsFolder: join(folder, 'outputs'),
      now: () => 0,
      maxBytes: 300,
    });
    const key = 'ab'.repeat(32);
    for (const status of ['queued', 'submitted', 'done']) {
      log.logger.info({ key: key.slice(0, 8), status }, 'job');
      log.logger.info({ key: 'ffffffff', status }, 'job');
    }
    const lines = await log.ofJob(key);
    expect(lines.map((line) => (JSON.parse(line) as { status: string }).status)).toEqual([
      'queued',
      'submitted',
      'done',
    ]);
    expect(readdirSync(join(folder, 'logs')).length).toBeGreaterThan(1);
  });
});

describe('the log file', () => {
  it('is begun anew when it is large, and only a few old ones are kept', async () => {
    const file = join(await temporaryFolder(), 'logs', 'editloom.log');
    const log = openLogFile({ file, maxBytes: 1000, keep: 2 });
    const line = `${'x'.repeat(99)}\n`;
    for (let i = 0; i < 45; i++) log.write(line.replace('xx', String(i).padStart(2, '0')));
    log.close();
    expect(readdirSync(join(file, '..')).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'editloom.log',
      'editloom.log.1',
      'editloom.log.2',
    ]);
    expect([file, `${file}.1`, `${file}.2`].map((name) => statSync(name).size)).toEqual([500, 1000, 1000]);
    expect(readFileSync(file, 'utf8')).toMatch(/^40x/);
    expect(readFileSync(`${file}.2`, 'utf8')).toMatch(/^20x/);
  });

  it('is only for its owner, and goes on after a restart', async () => {
    const file = join(await temporaryFolder(), 'editloom.log');
    for (const text of ['first\n', 'second\n']) {
      const log = openLogFile({ file });
      log.write(text);
      log.close();
    }
    expect(readFileSync(file, 'utf8')).toBe('first\nsecond\n');
    expect(process.platform === 'win32' ? 0 : statSync(file).mode & 0o077).toBe(0);
  });

  it('that cannot be written stops nobody, and says later how much is missing', async () => {
    const folder = await temporaryFolder();
    const blocked = join(folder, 'logs');
    writeFileSync(blocked, 'a file where the folder should be');
    const log = openLogFile({ file: join(blocked, 'editloom.log') });
    log.write('lost\n');
    log.write('lost as well\n');
    rmSync(blocked);
    log.write('kept\n');
    log.close();
    expect(readFileSync(join(blocked, 'editloom.log'), 'utf8')).toBe('{"event":"lines lost","lost":2}\nkept\n');
  });

  it('of which the disk took half a line begins a new one afterwards', async () => {
    const file = join(await temporaryFolder(), 'editloom.log');
    let isFull = true;
    const put = (descriptor: number, bytes: Uint8Array) =>
      writeSync(descriptor, isFull ? bytes.subarray(0, bytes.length / 2) : bytes);
    const log = openLogFile({ file, put });
    log.write('1234567\n');
    isFull = false;
    log.write('kept\n');
    log.close();
    expect(readFileSync(file, 'utf8')).toBe('1234\n{"event":"lines lost","lost":1}\nkept\n');
  });

  it('that ends within a line after a crash goes on with a new one', async () => {
    const file = join(await temporaryFolder(), 'editloom.log');
    writeFileSync(file, 'whole\nha');
    const log = openLogFile({ file });
    log.write('kept\n');
    log.write('and on\n');
    log.close();
    expect(readFileSync(file, 'utf8')).toBe('whole\nha\nkept\nand on\n');
  });

  it('that was closed stays closed', async () => {
    const file = join(await temporaryFolder(), 'logs', 'editloom.log');
    const log = openLogFile({ file });
    log.close();
    log.write('too late\n');
    expect(existsSync(file)).toBe(false);
  });
});

it('on the console a full disk is one calm line for a minute, and a fault has its stack', () => {
  const printed: unknown[] = [];
  let time = 0;
  const tell = createBugTeller(
    (what) => printed.push(what),
    () => time,
  );
  const full = new StorageError('disk-full', 'The job book could not be written: the disk is full.', null);
  const fault = new TypeError('x is not a function');
  tell(full);
  tell(full);
  tell(fault);
  time = 61_000;
  tell(full);
  expect(printed).toEqual([full.message, fault, full.message]);
});

it('what leaves this machine has neither the home folder nor the user’s name in its paths', () => {
  expect(shortenHome(`at ${join(homedir(), 'editloom', 'app.js')}:1`)).toBe(`at ${join('~', 'editloom', 'app.js')}:1`);
});
