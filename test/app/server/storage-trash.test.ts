import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTrash } from '../../../app/server/storage-trash.ts';
import { temporaryFolder } from '../../support/pictures.ts';

async function openTrash() {
  const folder = await temporaryFolder();
  const clock = { now: Date.UTC(2026, 0, 1, 12) };
  const fileOf = (sha256: string) => join(folder, 'pictures', sha256.slice(0, 2), sha256);
  const trash = createTrash({ folder: join(folder, 'trash'), fileOf, now: () => clock.now });
  async function picture(text: string): Promise<string> {
    const sha256 = createHash('sha256').update(text).digest('hex');
    await mkdir(join(folder, 'pictures', sha256.slice(0, 2)), { recursive: true });
    await writeFile(fileOf(sha256), text);
    return sha256;
  }
  async function remove(...pictures: string[]): Promise<string> {
    const name = await trash.open();
    for (const sha256 of pictures) await trash.put(name, sha256);
    return name;
  }
  return { folder, clock, trash, fileOf, picture, remove };
}

const day = 24 * 60 * 60 * 1000;

it('each removal has a folder of its own, also in the same second', async () => {
  const { trash, picture, remove } = await openTrash();
  const names = [await remove(await picture('a')), await remove(await picture('b'), await picture('c'))];
  expect(names).toEqual(['2026-01-01T12-00-00', '2026-01-01T12-00-00-2']);
  expect((await trash.list()).map(({ files }) => files.length)).toEqual([1, 2]);
});

it('what was removed is kept for 30 days and is gone for good then', async () => {
  const { clock, trash, picture, remove } = await openTrash();
  const sha256 = await picture('a');
  await remove(sha256);
  clock.now += 30 * day;
  await trash.emptyExpired();
  expect(await trash.list()).toHaveLength(1);
  clock.now += 1;
  await trash.emptyExpired();
  expect(await trash.list()).toEqual([]);
  expect(await trash.removedOnPurpose()).toEqual(new Set([sha256]));
});

it('puts back what was removed, and leaves in the trash what is damaged there', async () => {
  const { folder, trash, fileOf, picture, remove } = await openTrash();
  const [a, b] = [await picture('a'), await picture('b')];
  const name = await remove(a, b);
  await writeFile(join(folder, 'trash', name, b), 'x');
  expect(await trash.restore(name)).toBe(1);
  expect(await readFile(fileOf(a), 'utf8')).toBe('a');
  expect(await readdir(join(folder, 'trash', name))).toEqual([b]);
});

it('a sound picture in its place is not replaced, a damaged one is', async () => {
  const { trash, fileOf, picture, remove } = await openTrash();
  const a = await picture('a');
  const name = await remove(a);
  await picture('a');
  expect(await trash.restore(name)).toBe(1);
  const again = await remove(a);
  await writeFile(fileOf(a), 'damaged');
  expect(await trash.bringBack([a])).toEqual(new Set([a]));
  expect([await readFile(fileOf(a), 'utf8'), await trash.list(), again]).toEqual(['a', [], '2026-01-01T12-00-00']);
});
