import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notConfirmedSchema } from '../../../app/storage-wire.ts';
import type { LookupReply } from '../../../app/job-news.ts';
import { httpErrorSchema } from '../../../app/wire.ts';
import { keyOf } from '../../support/job-world.ts';
import { openStorageWorld, randomPicture } from '../../support/storage-world.ts';

describe('what takes room', () => {
  it('lists results by the graph they were made for, with what they cost, and uploads and samples apart', async () => {
    const world = await openStorageWorld();
    const { sha256: image } = await world.uploadOne();
    await world.make('make it orange', { image, madeFor: 'Coffee' });
    await world.make('make it black and white', { image, service: world.offlineId });
    const { groups, rooms, disks, dataFolder } = await world.overview();
    expect(groups).toMatchObject([
      { id: 'result:Coffee', title: 'Coffee', count: 1, paid: { count: 1, known: 0.04, unknown: 0 } },
      { id: 'result', title: null, count: 1, paid: { count: 0, known: 0, unknown: 0 } },
      { id: 'upload', count: 1, paid: { count: 0 } },
      { id: 'sample', count: 4 },
    ]);
    expect(rooms.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['pictures', 'thumbnails', 'offline', 'books']),
    );
    expect(rooms.every(({ bytes, files }) => bytes > 0 && files > 0)).toBe(true);
    expect(disks[0]).toMatchObject({ folder: dataFolder });
    expect((await world.page('result:Coffee')).pictures).toMatchObject([
      { kind: 'result', paid: true, price: 0.04, prompt: 'make it orange', madeFor: 'Coffee' },
    ]);
  });

  it('gives the pictures of a group in pages', async () => {
    const world = await openStorageWorld();
    for (let count = 0; count < 5; count++) await world.uploadOne();
    const first = await world.page('upload', '&limit=3');
    const second = await world.page('upload', `&limit=3&offset=${first.next}`);
    expect([first.pictures.length, first.next, second.pictures.length, second.next]).toEqual([3, 3, 2, null]);
    expect(new Set([...first.pictures, ...second.pictures].map(({ sha256 }) => sha256)).size).toBe(5);
  });

  it('calls an old upload left over where neither an edit nor a graph of a browser names it', async () => {
    const world = await openStorageWorld();
    const [unused, drafted] = [await world.uploadOne(), await world.uploadOne()];
    await Promise.all([world.age(unused.sha256), world.age(drafted.sha256)]);
    await world.ask('PUT', '/api/storage/named', { pictures: [drafted.sha256] });
    await world.overview();
    expect((await world.page('left-over')).pictures).toMatchObject([{ sha256: unused.sha256, paid: false }]);
    expect((await world.page('upload')).pictures).toMatchObject([{ sha256: drafted.sha256 }]);
  });

  it('takes an unknown picture for one that may have been paid for', async () => {
    const world = await openStorageWorld();
    const bytes = await randomPicture();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await world.place(sha256, bytes);
    await world.age(sha256);
    expect((await world.page('left-over')).pictures).toMatchObject([{ sha256, paid: true, price: null }]);
    expect((await world.cleanReply({ pictures: [sha256] })).status).toBe(409);
    expect(await world.exists(sha256)).toBe(true);
  });

  it('says whether there is room for a run', async () => {
    const { ask, json } = await openStorageWorld();
    expect(await json(ask('GET', '/api/storage/room?edits=2'))).toMatchObject({ needed: 8e6, warning: null });
    expect(await json(ask('GET', '/api/storage/room?edits=10000000'))).toMatchObject({
      warning: expect.stringMatching(/^This run may need about 40 TB, but only .+ are free/) as string,
    });
  });
});

describe('cleaning', () => {
  it('names what was paid for, with prices, and removes nothing that is not confirmed', async () => {
    const world = await openStorageWorld();
    const { sha256: image } = await world.uploadOne();
    const job = await world.make('make it orange', { image, madeFor: 'Coffee' });
    const { sha256 } = job.artifacts[0]!;
    const plan = await world.plan({ groups: ['result:Coffee', 'upload'] });
    expect(new Set(plan.pictures)).toEqual(new Set([sha256, image]));
    expect(plan.sentence).toMatch(
      /^Removes 2 pictures, .* kB; 1 of them was paid for: “make it orange” of “Coffee” \(\$0\.04\)\.$/,
    );
    for (const confirmed of [
      [],
      [{ sha256, price: null }],
      [{ sha256, price: 0.05 }],
      [{ sha256: image, price: 0.04 }],
    ]) {
      const refused = await world.cleanReply({ pictures: plan.pictures, confirmed });
      const body: unknown = await refused.json();
      expect(refused.status).toBe(409);
      expect(httpErrorSchema.parse(body).error.code).toBe('not-confirmed');
      expect(notConfirmedSchema.parse(body).paid).toEqual([
        { sha256, price: 0.04, prompt: 'make it orange', madeFor: 'Coffee' },
      ]);
    }
    expect(await Promise.all([sha256, image].map(world.exists))).toEqual([true, true]);
  });

  it('moves what is confirmed to the trash, from which it comes back by a press, or by itself when it is wanted', async () => {
    const world = await openStorageWorld();
    const { sha256: image } = await world.uploadOne();
    const { sha256 } = (await world.make('make it orange', { image })).artifacts[0]!;
    const status = async () => {
      const reply = (await world.json(
        world.ask('POST', '/api/lookup', { keys: [keyOf('make it orange')], pictures: [] }),
      )) as LookupReply;
      const [job] = reply.jobs;
      return (job && 'error' in job && job.error?.code) || job?.status;
    };
    const remove = () => world.clean({ pictures: [sha256], confirmed: [{ sha256, price: 0.04 }] });
    const { trash } = await remove();
    expect([await world.exists(sha256), await status()]).toEqual([false, 'picture-gone']);
    expect((await world.overview()).trash).toMatchObject([
      { name: trash, count: 1, paid: { count: 1, known: 0.04, unknown: 0 } },
    ]);
    expect(await world.json(world.ask('POST', '/api/storage/restore', { trash }))).toEqual({ pictures: 1 });
    expect([await readFile(world.fileOf(sha256)), await status()]).toEqual([world.picture, 'done']);
    expect((await world.overview()).trash).toEqual([]);

    await remove();
    const { read, file } = world.remote.requests;
    expect(await world.put('make it orange', { image, again: true })).toMatchObject({ status: 'done' });
    expect([await world.exists(sha256), world.remote.requests.read, world.remote.requests.file]).toEqual([
      true,
      read,
      file,
    ]);
    expect(world.remote.submissions).toHaveLength(1);
  });

  it('empties the trash only with what was paid for named once more', async () => {
    const world = await openStorageWorld();
    const { sha256: image } = await world.uploadOne();
    const { sha256 } = (await world.make('make it orange', { image })).artifacts[0]!;
    const confirmed = [{ sha256, price: 0.04 }];
    const { trash } = await world.clean({ pictures: [sha256], confirmed });
    expect((await world.cleanReply({ trash: [trash!] })).status).toBe(409);
    expect(await world.clean({ trash: [trash!], confirmed })).toMatchObject({ freed: world.picture.length });
    expect(await world.below('trash')).toEqual(['removed.txt']);
    // A check leaves alone what was removed on purpose.
    expect(await world.check()).toMatchObject({ found: [], end: { type: 'end', removed: 1 } });
  });

  it('keeps what a live job starts from, and the samples', async () => {
    const world = await openStorageWorld();
    const { sha256: image } = await world.uploadOne();
    world.remote.behave('slow', { endHeld: true });
    await world.put('slow', { image });
    await world.overview();
    const [sample] = (await world.page('sample')).pictures;
    const wanted = { pictures: [image, sample!.sha256, '0'.repeat(64)] };
    const kept = [
      { sha256: image, reason: 'needed' },
      { sha256: sample!.sha256, reason: 'sample' },
      { sha256: '0'.repeat(64), reason: 'gone' },
    ];
    expect(await world.plan(wanted)).toMatchObject({ pictures: [], kept });
    expect(await world.clean(wanted)).toMatchObject({ trash: null, pictures: 0, kept });
    expect(await world.exists(image)).toBe(true);
    world.remote.letGo('slow');
    await world.ended('slow');
    expect(await world.clean({ pictures: [image] })).toMatchObject({ pictures: 1, kept: [] });
  });

  it('removes small pictures and copies of the offline service, and everything still shows', async () => {
    const world = await openStorageWorld();
    const { sha256: image } = await world.uploadOne();
    const { artifacts } = await world.make('make it black and white', { image, service: world.offlineId });
    const { offlineCopies } = await world.overview();
    expect(offlineCopies.files).toBe(1);
    const { freed } = await world.clean({ rebuildable: ['thumbnails', 'offline', 'unfinished', 'damaged'] });
    expect(freed).toBeGreaterThan(offlineCopies.bytes);
    expect(await world.below('offline/results')).toHaveLength(1);
    expect((await world.overview()).offlineCopies.files).toBe(0);
    const { sha256 } = artifacts[0]!;
    expect((await world.ask('GET', `/api/pictures/${sha256}?size=small`)).status).toBe(200);
  });

  it('is not led out of its folders', async () => {
    const world = await openStorageWorld();
    const outside = join(world.folder, '..', 'outside');
    await mkdir(outside, { recursive: true });
    const name = 'ab'.repeat(32);
    await writeFile(join(outside, name), 'mine');
    await mkdir(join(world.folder, 'trash'), { recursive: true });
    await symlink(outside, join(world.folder, 'trash', '2026-01-01T00-00-00'));
    await symlink(join(outside, name), world.fileOf(name)).catch(async () => {
      await mkdir(join(world.folder, 'pictures', 'ab'), { recursive: true });
      await symlink(join(outside, name), world.fileOf(name));
    });
    for (const trash of ['..', '../pictures', '2026-01-01T00-00-00/../..', '/etc', 'removed.txt']) {
      expect((await world.ask('POST', '/api/storage/restore', { trash })).status).toBe(400);
      expect((await world.cleanReply({ trash: [trash] })).status).toBe(400);
    }
    expect((await world.cleanReply({ pictures: ['../../outside/x'] })).status).toBe(400);
    expect(await world.clean({ pictures: [name] })).toMatchObject({ kept: [{ sha256: name, reason: 'gone' }] });
    await world.ask('POST', '/api/storage/restore', { trash: '2026-01-01T00-00-00' });
    await world.clean({ trash: ['2026-01-01T00-00-00'] });
    expect(await readFile(join(outside, name), 'utf8')).toBe('mine');
  });

  it('whatever is chosen and confirmed: no paid picture goes without its name and price', async () => {
    const world = await openStorageWorld();
    const { sha256: image } = await world.uploadOne();
    const uploads = [image, (await world.uploadOne()).sha256];
    await world.make('make it orange', { image });
    const strange = await randomPicture();
    const strangeName = createHash('sha256').update(strange).digest('hex');
    await world.place(strangeName, strange);
    const prices = new Map([
      [createHash('sha256').update(world.picture).digest('hex'), 0.04],
      [strangeName, null],
    ]);
    const all = [...uploads, ...prices.keys()];
    const confirmation = fc.record({ sha256: fc.constantFrom(...all), price: fc.constantFrom(0.04, 0, null) });
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(all),
        fc.uniqueArray(confirmation, { selector: ({ sha256 }) => sha256, maxLength: 4 }),
        async (pictures, confirmed) => {
          const isNamed = (sha256: string) =>
            confirmed.some((one) => one.sha256 === sha256 && one.price === prices.get(sha256));
          const isAllowed = pictures.every((sha256) => !prices.has(sha256) || isNamed(sha256));
          const reply = await world.cleanReply({ pictures, confirmed });
          expect(reply.status).toBe(isAllowed ? 200 : 409);
          for (const sha256 of all) expect(await world.exists(sha256)).toBe(!isAllowed || !pictures.includes(sha256));
          const { trash } = await world.overview();
          for (const { name } of trash) await world.ask('POST', '/api/storage/restore', { trash: name });
        },
      ),
      { numRuns: 40 },
    );
  });
});
