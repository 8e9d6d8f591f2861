import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeBackup } from '../../../../app/server/durable/make-backup.ts';
import { openJobBook } from '../../../../app/server/job-book.ts';
import type { SetAside } from '../../../../app/wire-care.ts';
import type { Job } from '../../../../app/wire.ts';
import { inputOf } from '../../../support/job-world.ts';
import { makePicture, temporaryFolder } from '../../../support/pictures.ts';
import { offlineId, openTestServer } from '../../../support/server.ts';
import { writeGraphFile } from '../../../../graphs/file.ts';
import { hashText } from '../../../../graphs/key.ts';
import { chain } from '../../../support/sketch.ts';

const now = () => new Date('2031-02-03T04:05:06.007Z');
const key = (digit: number) => String(digit).padStart(64, '0');

async function workedIn() {
  const root = await temporaryFolder();
  const data = join(root, 'data');
  const server = await openTestServer({ folder: data });
  await server.ask('PUT', '/api/settings', { inFlight: 7 });
  await server.ask('PUT', '/api/token', { token: 'rc-secret-token-1' });
  await server.ask('PUT', '/api/settings', { service: 'offline' });
  const { sha256 } = (await server.json(server.upload(await makePicture()))) as { sha256: string };
  const input = { ...inputOf('invert'), image: sha256 };
  await server.ask('PUT', `/api/jobs/${key(1)}`, { service: offlineId, input });
  const job = async () => (await server.json(server.ask('GET', `/api/jobs/${key(1)}`))) as Job;
  await expect.poll(async () => (await job()).status, { timeout: 30_000 }).toBe('done');
  const [artifact] = (await job()).artifacts;
  await server.ask('POST', '/api/outputs', {
    key: key(2),
    picture: artifact!.sha256,
    name: 'a/b',
    provenance: {},
    graph: {},
  });
  await server.ask('PUT', `/api/ratings/${key(1)}`, { rating: 5 });
  const graph = writeGraphFile('Kept', chain());
  const headers = { 'x-editloom': '1' };
  await server.send(`/api/graphs/${hashText(graph)}`, { method: 'PUT', headers, body: graph });
  const backUp = () =>
    makeBackup({ dataFolder: data, outputsFolder: join(data, 'outputs'), target: join(root, 'backups'), now });
  return { root, data, server, sha256, made: artifact!.sha256, graph, backUp };
}

async function allIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('a backup', () => {
  it('is made while the server runs, and a server on a copy of it has everything but the token', async () => {
    const { root, backUp, sha256, made, graph } = await workedIn();
    const { folder, lines, problems } = await backUp();
    expect(problems).toEqual([]);
    expect(folder).toBe(join(root, 'backups', 'editloom-2031-02-03T04-05-06'));
    expect(lines[0]).toBe('job book: 1 edit');
    expect(lines.at(-1)).toMatch(/^saved files: 1 file/);

    const restored = join(root, 'restored');
    await cp(folder, restored, { recursive: true });
    const { json, ask, send } = await openTestServer({ folder: restored });
    expect(await (await send(`/api/graphs/${hashText(graph)}`)).text()).toBe(graph);
    expect(await json(ask('POST', '/api/gallery', {}))).toMatchObject({ entries: [{ key: key(1), rating: 5 }] });
    const reply = (await json(ask('POST', '/api/lookup', { keys: [key(1), key(2)], pictures: [sha256, made] }))) as {
      outputs: unknown[];
      missingPictures: string[];
    };
    expect(reply.missingPictures).toEqual([]);
    expect(JSON.stringify(reply)).toContain(made);
    expect(reply.outputs).toMatchObject([{ file: 'a/b.png' }]);
    expect(await json(ask('GET', '/api/settings'))).toMatchObject({
      settings: { inFlight: 7 },
      token: { present: false },
      setAside: { count: 1, keysMayBeLost: true },
    });
    const [notice] = (await json(ask('GET', '/api/set-aside'))) as SetAside[];
    expect(notice!.message).toContain('restored from a backup of 2031-02-03 04:05 UTC');
  });

  it('holds the token nowhere, and no log', async () => {
    const { backUp } = await workedIn();
    const { folder } = await backUp();
    const files = await allIn(folder);
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      expect(file).not.toMatch(/token|\.log|lock/);
      expect((await readFile(file)).includes('rc-secret-token-1')).toBe(false);
    }
  });

  it('made while another process writes is of one moment: what was written together is there together', async () => {
    const data = join(await temporaryFolder(), 'data');
    const file = join(data, 'jobs.sqlite');
    openJobBook(file).close();
    const script = `
      const db = new (require('libsql'))(process.argv[1]);
      const insert = db.prepare('INSERT INTO jobs (key, seq, status, job) VALUES (?, ?, ?, ?)');
      for (let i = 1; ; i += 2) {
        db.exec('BEGIN');
        for (const seq of [i, i + 1]) insert.run('key' + seq, seq, 'done', '{}');
        db.exec('COMMIT');
        if (i === 101) console.log('written');
      }`;
    const writer = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void writer.kill('SIGKILL'));
    await once(writer.stdout, 'data');
    const target = join(data, '..', 'backups');
    const { folder } = await makeBackup({ dataFolder: data, outputsFolder: join(data, 'outputs'), target, now });
    expect(writer.exitCode).toBeNull();
    const copy = new Database(join(folder, 'jobs.sqlite'));
    const { count, highest } = copy.prepare('SELECT COUNT(*) AS count, MAX(seq) AS highest FROM jobs').get() as {
      count: number;
      highest: number;
    };
    copy.close();
    expect(count).toBeGreaterThanOrEqual(100);
    expect([count % 2, count]).toEqual([0, highest]);
  });

  it('names a picture that is damaged already', async () => {
    const { data, backUp, made } = await workedIn();
    await writeFile(join(data, 'pictures', made.slice(0, 2), made), 'damaged');
    expect((await backUp()).problems).toEqual([
      `The picture ${made} is damaged in the data folder; it was copied as it is.`,
    ]);
  });

  it('is refused into the data folder itself, and where there is nothing to back up', async () => {
    const root = await temporaryFolder();
    const data = join(root, 'data');
    const to = (target: string) => makeBackup({ dataFolder: data, outputsFolder: join(data, 'outputs'), target, now });
    await expect(to(join(root, 'backups'))).rejects.toThrow(/nothing to back up/);
    await mkdir(data);
    await expect(to(join(data, 'backups'))).rejects.toThrow(/into .*data itself/);
    await expect(to(data)).rejects.toThrow(/itself/);
  });
});
