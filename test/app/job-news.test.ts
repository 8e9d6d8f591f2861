import { expect, it } from 'vitest';
import { jobNewsSchema, newsOf } from '../../app/job-news.ts';
import { knownOfJob } from '../../app/services/job-known.ts';
import { jobStatusSchema, type Job } from '../../app/wire.ts';
import { jobOf } from '../support/fake-feed.ts';

const artifact = { sha256: 'f'.repeat(64), width: 1024, height: 768, mediaType: 'image/jpeg' as const, bytes: 400_000 };

/** As full as a job of the offline service ever is. */
function full(status: Job['status']): Job {
  return {
    ...jobOf('a'.repeat(64), 123_456, { status, accepted: true }),
    service: 'offline/1/stepfun-ai/stepx-edit2',
    model: 'stepfun-ai/stepx-edit2',
    requestId: '4dbcadc4-96f1-4eb1-887d-6604ff4bc2ba',
    remoteStatus: 'in_progress',
    queuePosition: 12,
    artifacts: status === 'done' ? [artifact] : [],
    resultUrls: ['http://127.0.0.1:5174/offline-storage/0123456789abcdef/0123456789abcdef/output/edit.jpeg'],
    note: 'Offline engine 1. Understood: rotate by 55° clockwise; grain.',
    price: 0,
    createdAt: 1_795_390_721_806,
    submittedAt: 1_795_390_721_825,
    finishedAt: 1_795_390_721_963,
  };
}

it.each(jobStatusSchema.options)('what a page is told of a job that is %s says all that it shows of it', (status) => {
  for (const job of [full(status), jobOf('a'.repeat(64), 1, { status, createdAt: 7, artifacts: [artifact] })]) {
    const sent = JSON.stringify(newsOf(job));
    expect(knownOfJob(jobNewsSchema.parse(JSON.parse(sent)))).toEqual(knownOfJob(job));
    expect(sent).not.toContain('"prompt"');
  }
});

it('is less than a kilobyte for the life of an edit: how it is queued, goes on and is done', () => {
  const size = (status: Job['status']) =>
    JSON.stringify([newsOf(full(status))]).length + 'event: jobs\nid: 123456\ndata: \n\n'.length;
  expect(size('queued') + size('submitted') + size('done')).toBeLessThan(1000);
});
