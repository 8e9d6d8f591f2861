import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReserveIds } from '../../../../app/server/durable/reserve-ids.ts';
import { keyOf, startWorld } from '../../../support/job-world.ts';
import { temporaryFolder } from '../../../support/pictures.ts';

it('[M5] an id that the job book could not take before a crash is found at the next start, and its picture fetched', async () => {
  const ids = openReserveIds(join(await temporaryFolder(), 'ids'));
  let isFull = true;
  const world = await startWorld({
    ids,
    throughBook: (book) => ({
      ...book,
      change(key, patch) {
        if (isFull && patch.status === 'submitted') throw new Error('database or disk is full');
        return book.change(key, patch);
      },
    }),
  });
  world.put('a');
  while (ids.idOf(keyOf('a')) === null) await new Promise((resolve) => setImmediate(resolve));
  isFull = false;
  await world.killAndRestart();
  expect(await world.until('a', 'done', 'unknown')).toMatchObject({ status: 'done', requestId: 'req_1' });
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('ids are kept over a start in room that was there before, and given up when the job book has them', async () => {
  const file = join(await temporaryFolder(), 'ids');
  const { size } = await sizeAfter(file, () => openReserveIds(file));
  const ids = openReserveIds(file);
  expect([ids.keep('k1', 'req-1'), ids.keep('k2', 'req-2'), ids.keep('k2', 'req-2')]).toEqual([true, true, true]);
  ids.drop('k1');
  const again = openReserveIds(file);
  expect([again.idOf('k1'), again.idOf('k2')]).toEqual([null, 'req-2']);
  expect((await stat(file)).size).toBe(size);
});

it('a file that is damaged, too short or too long says what can still be read', async () => {
  const file = join(await temporaryFolder(), 'ids');
  openReserveIds(file).keep('k1', 'req-1');
  const text = await readFile(file, 'latin1');
  await writeFile(file, text.slice(0, 300));
  expect(openReserveIds(file).idOf('k1')).toBe('req-1');
  await writeFile(file, `[1,2]${text.slice(5)}`);
  expect(openReserveIds(file).idOf('k1')).toBe(null);
  await appendFile(file, 'more');
  expect(openReserveIds(file).keep('k3', 'req-3')).toBe(true);
});

it('where it cannot be written nothing is promised', async () => {
  const ids = openReserveIds(join(await temporaryFolder(), 'not-there', 'ids'));
  expect(ids.keep('k1', 'req-1')).toBe(false);
  expect(ids.idOf('k1')).toBe(null);
});

async function sizeAfter(file: string, work: () => unknown): Promise<{ size: number }> {
  work();
  return stat(file);
}
