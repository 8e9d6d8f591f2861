import { mkdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SavedOutput } from '../../../app/wire.ts';
import { keyOf } from '../../support/job-world.ts';
import { makePicture } from '../../support/pictures.ts';
import { openStorageWorld } from '../../support/storage-world.ts';

type World = Awaited<ReturnType<typeof openStorageWorld>>;

async function worldWithPaid() {
  const world = await openStorageWorld();
  const { sha256: image } = await world.uploadOne();
  const { artifacts } = await world.make('make it orange', { image, madeFor: 'Coffee' });
  return { world, image, paid: artifacts[0]!.sha256 };
}

const save = async (world: World, picture: string) =>
  (await world.json(
    world.ask('POST', '/api/outputs', { key: keyOf('save'), picture, name: 'orange', provenance: {}, graph: {} }),
  )) as SavedOutput;

describe('a check', () => {
  it('reads every picture and saved file, and finds nothing where all is well', async () => {
    const { world, paid } = await worldWithPaid();
    await save(world, paid);
    const { events, end } = await world.check();
    expect(events[0]).toEqual({ type: 'progress', checked: 0, total: 7, bytes: 0 });
    expect(end).toMatchObject({ type: 'end', checked: 7, found: 0, repaired: 0, removed: 0, outputsGone: 0 });
    expect(await world.below('damaged')).toEqual([]);
  });

  it.each(['damage', 'cutOff'] as const)(
    'finds a paid picture with wrong bytes (%s), moves them aside and fetches it again without paying',
    async (how) => {
      const { world, paid } = await worldWithPaid();
      await world[how](paid);
      const { found, end } = await world.check();
      expect(found).toMatchObject([
        {
          what: 'damaged',
          sha256: paid,
          price: 0.04,
          outcome: 'repaired',
          message:
            'The picture “make it orange” of “Coffee” ($0.04) is damaged. It was fetched again from the edit service, which cost nothing.',
        },
      ]);
      expect(end).toMatchObject({ type: 'end', found: 1, repaired: 1 });
      expect(await readFile(world.fileOf(paid))).toEqual(world.picture);
      expect((await world.below('damaged')).some((name) => name.endsWith(paid))).toBe(true);
      expect(world.remote.submissions).toHaveLength(1);
      expect((await world.check()).found).toEqual([]);
    },
  );

  it('fetches a missing one, too', async () => {
    const { world, paid } = await worldWithPaid();
    await unlink(world.fileOf(paid));
    const { found } = await world.check();
    expect(found).toMatchObject([{ what: 'missing', sha256: paid, outcome: 'repaired' }]);
    expect([await world.exists(paid), world.remote.submissions.length]).toEqual([true, 1]);
  });

  it('takes the bytes from a saved file before anybody is asked', async () => {
    const { world, paid } = await worldWithPaid();
    await save(world, paid);
    world.remote.jobs.clear();
    await world.damage(paid);
    const { found } = await world.check();
    expect(found).toMatchObject([
      { outcome: 'repaired', message: expect.stringMatching(/from a saved file/) as string },
    ]);
    expect(await readFile(world.fileOf(paid))).toEqual(world.picture);
  });

  it('takes the bytes from the trash, where they are there as well', async () => {
    const { world, paid } = await worldWithPaid();
    world.remote.jobs.clear();
    await mkdir(join(world.folder, 'trash', '2026-01-01T00-00-00'), { recursive: true });
    await writeFile(join(world.folder, 'trash', '2026-01-01T00-00-00', paid), world.picture);
    await world.damage(paid);
    expect((await world.check()).found).toMatchObject([{ message: expect.stringMatching(/from the trash/) as string }]);
    expect(await readFile(world.fileOf(paid))).toEqual(world.picture);
  });

  it('names the edit and its price where the picture is nowhere else', async () => {
    const { world, paid } = await worldWithPaid();
    world.remote.jobs.clear();
    await world.damage(paid);
    const { found, end } = await world.check();
    expect(found).toMatchObject([
      { outcome: 'not-repaired', prompt: 'make it orange', madeFor: 'Coffee', paid: true, price: 0.04 },
    ]);
    expect(found[0]!.message).toMatch(
      /^The picture “make it orange” of “Coffee” \(\$0\.04\) is damaged\. .*paid for again/,
    );
    expect(end).toMatchObject({ found: 1, repaired: 0 });
    expect((await world.below('damaged')).some((name) => name.endsWith(paid))).toBe(true);
    expect(world.remote.submissions).toHaveLength(1);
  });

  it('does not ask a service that is not set up, and forgets nothing of the job', async () => {
    const { world, paid } = await worldWithPaid();
    await world.ask('PUT', '/api/settings', { service: 'offline', baseUrl: 'https://model-api.runcomfy.net' });
    await world.damage(paid);
    const { found } = await world.check();
    expect(found[0]!.message).toMatch(/is not set up now, so it was not asked/);
    expect(await world.json(world.ask('GET', `/api/jobs/${keyOf('make it orange')}`))).toMatchObject({
      status: 'done',
      artifacts: [{ sha256: paid }],
    });
  });

  it('puts a damaged sample back and asks for a damaged upload to be loaded again', async () => {
    const { world, image } = await worldWithPaid();
    await world.overview();
    const sample = (await world.page('sample')).pictures[0]!.sha256;
    await world.damage(sample);
    await world.damage(image);
    const { found } = await world.check();
    expect(new Map(found.map(({ sha256, outcome }) => [sha256, outcome]))).toEqual(
      new Map([
        [sample, 'repaired'],
        [image, 'not-repaired'],
      ]),
    );
    expect(found.find(({ sha256 }) => sha256 === image)!.message).toBe(
      'A picture that was loaded is damaged. Its bytes are nowhere else. Load it again, and it is the same as before.',
    );
    expect((await world.check()).found).toMatchObject([{ what: 'missing', sha256: image }]);
  });

  it('sets an unreadable saved file aside, so that the next run writes it anew', async () => {
    const { world, paid } = await worldWithPaid();
    const { file, bytes } = await save(world, paid);
    const path = join(world.folder, 'outputs', file);
    await truncate(path, bytes - 200);
    const { found } = await world.check();
    expect(found).toMatchObject([{ what: 'output', file, outcome: 'not-repaired' }]);
    await save(world, paid);
    expect((await readFile(path)).length).toBe(bytes);
    // Moved or deleted by the user: that is theirs to do.
    await rm(path);
    expect(await world.check()).toMatchObject({ found: [], end: { outputsGone: 1 } });
  });

  it('runs alone: another check and a cleaning are told to wait', async () => {
    const { world, paid } = await worldWithPaid();
    world.remote.behave('make it orange', { files: [{ hold: true }] });
    await world.damage(paid);
    const first = world.check();
    await expect.poll(() => world.remote.isHolding('make it orange')).toBe(true);
    for (const path of ['check', 'clean', 'restore']) {
      const reply = await world.ask('POST', `/api/storage/${path}`, {
        trash: path === 'clean' ? [] : '2026-01-01T00-00-00',
      });
      expect([path, reply.status]).toEqual([path, 409]);
    }
    expect(await world.overview()).toMatchObject({ checking: true });
    world.remote.letGo('make it orange');
    expect(await first).toMatchObject({ found: [{ outcome: 'repaired' }] });
    expect((await world.ask('POST', '/api/storage/clean', {})).status).toBe(200);
  });

  it('gives small pictures of a damaged one up, which may have been made from wrong bytes', async () => {
    const { world, paid } = await worldWithPaid();
    const other = await makePicture('webp');
    await writeFile(join(world.folder, 'pictures/thumbnails/large', paid.slice(0, 2), `${paid}.webp`), other);
    await world.damage(paid);
    await world.check();
    const large = await world.ask('GET', `/api/pictures/${paid}?size=large`);
    expect(Buffer.from(await large.arrayBuffer())).not.toEqual(other);
  });
});
