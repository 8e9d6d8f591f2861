import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { gateJobs } from '../../../../app/server/durable/money-gate.ts';
import { openBooks } from '../../../../app/server/durable/open-books.ts';
import { openSetAside } from '../../../../app/server/durable/set-aside.ts';
import { writeWitness, type Witness } from '../../../../app/server/durable/witness.ts';
import { openJobBook } from '../../../../app/server/job-book.ts';
import type { JobService } from '../../../../app/server/job-routes.ts';
import { isSurelyUnmade, type Job } from '../../../../app/wire.ts';
import { inputOf, keyOf } from '../../../support/job-world.ts';
import { temporaryFolder } from '../../../support/pictures.ts';

const now = () => Date.UTC(2031, 1, 3);
const services = { remote: 'model-api.runcomfy.net/m', offline: 'offline/1/m' };

/** A data folder whose job book has edits that wait to be sent, and knows no more. */
async function folderWithQueue(witness: Witness): Promise<string> {
  const folder = await temporaryFolder();
  const book = openJobBook(join(folder, 'jobs.sqlite'));
  for (const [name, service] of Object.entries(services)) {
    book.create({ key: keyOf(name), service, model: 'm', input: inputOf(name), createdAt: 1 });
  }
  book.close();
  writeWitness(folder, witness);
  return folder;
}

function open(folder: string) {
  const setAside = openSetAside(folder, now);
  const books = openBooks({ dataFolder: folder, setAside, now, onBug: (error) => expect.unreachable(String(error)) });
  onTestFinished(books.close);
  return { setAside, books, job: (name: string) => books.book.get(keyOf(name)) };
}

it.each<[string, Witness]>([
  ['that was restored from a backup', { jobsSeq: 2, restoredFrom: '2031-02-01T00:00:00.000Z' }],
  ['that is older than it was', { jobsSeq: 50 }],
])('[M1] in a job book %s nothing that waits is sent by itself: it may have been sent since', async (_, witness) => {
  const { job, setAside } = open(await folderWithQueue(witness));
  expect(setAside.keysMayBeLost()).toBe(true);
  const held = job('remote');
  expect(held).toMatchObject({ status: 'failed', accepted: false, error: { code: 'book-damaged' } });
  // Once the user has agreed, Run may send it.
  expect(isSurelyUnmade(held!)).toBe(true);
  expect(job('offline')).toMatchObject({ status: 'queued' });
});

it('[M1] also where the start at which that was found was cut off', async () => {
  const folder = await folderWithQueue({ jobsSeq: 2 });
  openSetAside(folder, now).add({ what: 'job-book', message: 'It is older.', files: [], keysMayBeLost: true });
  expect(open(folder).job('remote')).toMatchObject({ status: 'failed' });
});

it('[M10] in a sound book what waits goes on waiting', async () => {
  const { job, setAside } = open(await folderWithQueue({ jobsSeq: 2 }));
  expect(setAside.keysMayBeLost()).toBe(false);
  expect(job('remote')).toMatchObject({ status: 'queued' });
});

it('[M1] an edit that was never sent because its input was missing is kept back as all others', () => {
  const error = { code: 'no-picture', message: 'The picture to edit is no longer on this server.' };
  const known = { status: 'failed', accepted: false, error } as Job;
  const gate = gateJobs(
    { get: () => known, put: () => expect.unreachable('It was sent.') } as unknown as JobService,
    () => true,
  );
  const request = { service: services.remote, input: inputOf('a') };
  expect(() => gate.put(keyOf('a'), request, { again: true })).toThrow(/may be paid for again/);
});
