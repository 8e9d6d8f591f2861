import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReserve } from '../../../../app/server/durable/reserve.ts';
import { startWorld } from '../../../support/job-world.ts';
import { temporaryFolder } from '../../../support/pictures.ts';

it('[M5] on a full disk the id of an accepted request is written into the room that was held for it', async () => {
  const file = join(await temporaryFolder(), 'reserve');
  const reserve = openReserve({ file, bytes: 50_000, now: () => 0 });
  const world = await startWorld({
    reserve,
    throughBook: (book) => ({
      ...book,
      change(key, patch) {
        if (patch.status === 'submitted' && existsSync(file)) throw new Error('database or disk is full');
        return book.change(key, patch);
      },
    }),
  });
  world.put('a');
  await world.until('a', 'done');
  expect(world.bugs.map(String)).toEqual(['Error: database or disk is full']);
  expect(world.service.submissionsOf('a')).toBe(1);
});

it('the room is given once, and held again later', async () => {
  let at = 0;
  const file = join(await temporaryFolder(), 'reserve');
  const reserve = openReserve({ file, bytes: 50_000, now: () => at });
  expect(statSync(file).size).toBe(50_000);
  expect([reserve.release(), reserve.release()]).toEqual([true, false]);
  reserve.hold();
  expect(existsSync(file)).toBe(false);
  at = 60_000;
  reserve.hold();
  expect(statSync(file).size).toBe(50_000);
  expect(reserve.release()).toBe(true);
});

it('where there is no room to hold, nothing is left behind and nobody is stopped', async () => {
  const file = join(await temporaryFolder(), 'not-there', 'reserve');
  const reserve = openReserve({ file, now: () => 0 });
  expect(reserve.release()).toBe(false);
  expect(() => reserve.hold()).not.toThrow();
});
