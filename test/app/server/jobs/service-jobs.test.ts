import { expect, it } from 'vitest';
import { openJobBook } from '../../../../app/server/job-book.ts';
import type { CurrentRemote, RemoteInput } from '../../../../app/server/remote.ts';
import { RemoteError } from '../../../../app/server/remote-errors.ts';
import type { EditService, ServiceChoice } from '../../../../app/server/service-choice.ts';
import { createServiceJobs } from '../../../../app/server/service-jobs.ts';
import type { EditInput } from '../../../../app/wire.ts';
import { eventually, keyOf } from '../../../support/job-world.ts';

const artifact = { sha256: 'd'.repeat(64), width: 8, height: 8, mediaType: 'image/png' as const, bytes: 70 };
const inputOf = (prompt: string): EditInput => ({
  image: 'a'.repeat(64),
  prompt,
  negative_prompt: '',
  seed: 7,
  enable_thinking_mode: true,
  enable_reflection_mode: true,
  output_format: 'png',
});

/** An edit service in memory: it answers a submission when the test says so, and has each picture at once. */
function memoryService(id: string) {
  const submitted: string[] = [];
  const answers: (() => void)[] = [];
  const refusals: (() => void)[] = [];
  const remote: Pick<CurrentRemote, 'submit' | 'look' | 'cancel' | 'price' | 'fetchResult'> = {
    submit: ({ prompt }: RemoteInput) => {
      submitted.push(prompt);
      return new Promise((resolve, reject) => {
        answers.push(() => resolve({ requestId: `req ${prompt}` }));
        refusals.push(() => reject(new RemoteError('busy', 'repeatable', 'It takes no more at the moment.')));
      });
    },
    look: async () => ({ status: 'done', urls: ['https://a.example/x.png'], note: null, cost: null }),
    cancel: async () => 'not_cancellable',
    price: async () => null,
    fetchResult: async () => new Uint8Array([1]),
  };
  const service = (): EditService => ({ id, kind: 'remote', label: id, remote, imageUrl: async () => 'data:,' });
  return { submitted, answers, refusals, service };
}

/** The jobs of several services over one book in memory; `named` are those that the settings name, the first in use. */
function setUp(...named: EditService[]) {
  return setUpWith({}, ...named);
}

function setUpWith({ graceMs = 5000 }: { graceMs?: number }, ...named: EditService[]) {
  const settings = { named };
  const gone = new Set<string>();
  const services = { current: () => settings.named[0]!, all: () => settings.named } as ServiceChoice;
  const bugs: unknown[] = [];
  const jobs = createServiceJobs({
    book: openJobBook(':memory:'),
    services,
    model: 'm',
    pictures: { addResult: async () => artifact, missing: async () => new Set(gone) },
    inFlight: () => 1,
    graceMs,
    onBug: (error) => bugs.push(error),
  });
  jobs.start();
  return {
    jobs,
    gone,
    bugs,
    name: (...services: EditService[]): void => {
      settings.named = services;
      jobs.wake();
    },
    put: (prompt: string, service: string, again = false) =>
      jobs.put(keyOf(prompt), { service, input: inputOf(prompt) }, { again }),
    job: (prompt: string) => jobs.get(keyOf(prompt)),
  };
}

it('what waits for a service that the settings no longer name is cancelled, not sent when they name it again', async () => {
  const [a, b] = [memoryService('a'), memoryService('b')];
  const first = a.service();
  const { jobs, name, put, job } = setUp(first);
  put('one', 'a');
  put('two', 'a');
  await eventually(() => a.submitted.length === 1);
  name(b.service());
  expect(job('two')).toMatchObject({ status: 'cancelled', accepted: false, error: { code: 'other-service' } });
  a.answers[0]!();
  name(a.service());
  await eventually(() => job('one')?.status === 'done');
  await jobs.close();
  expect(a.submitted).toEqual(['one']);
});

it('[M4] a service that is named again while an edit is still being sent to it waits for the answer', async () => {
  const [a, b] = [memoryService('a'), memoryService('b')];
  const { jobs, name, put, job } = setUp(a.service());
  const seen: string[] = [];
  jobs.subscribe(({ status }) => seen.push(status));
  put('one', 'a');
  await eventually(() => a.submitted.length === 1);
  name(b.service());
  name(a.service());
  a.answers[0]!();
  await eventually(() => job('one')?.status === 'done');
  await jobs.close();
  expect(seen).not.toContain('unknown');
  expect(a.submitted).toEqual(['one']);
});

it('a picture that is gone is fetched by its own service again, whichever is in use', async () => {
  const [a, b] = [memoryService('a'), memoryService('b')];
  const one = a.service();
  const { jobs, name, put, job, gone } = setUp(one);
  put('one', 'a');
  await eventually(() => a.submitted.length === 1);
  a.answers[0]!();
  await eventually(() => job('one')?.status === 'done');
  name(b.service(), one);
  gone.add(artifact.sha256);
  expect(await jobs.fetchMissing(keyOf('one'))).toMatchObject({ status: 'submitted' });
  gone.clear();
  await eventually(() => job('one')?.status === 'done');
  await jobs.close();
});

it('an answer that comes after a service was let go of for too long is followed by the one that is named again', async () => {
  const [a, b] = [memoryService('a'), memoryService('b')];
  const { jobs, name, put, job } = setUpWith({ graceMs: 0 }, a.service());
  put('one', 'a');
  await eventually(() => a.submitted.length === 1);
  name(b.service());
  name(a.service());
  await eventually(() => job('one')?.status === 'unknown');
  a.answers[0]!();
  await eventually(() => job('one')?.status === 'done');
  await jobs.close();
  expect(job('one')?.requestId).toBe('req one');
  expect(a.submitted).toEqual(['one']);
});

it('away and back, twice, while an edit is being sent: its answer is still awaited and followed', async () => {
  const [a, b] = [memoryService('a'), memoryService('b')];
  const { jobs, name, put, job } = setUp(a.service());
  put('one', 'a');
  await eventually(() => a.submitted.length === 1);
  for (let round = 0; round < 2; round++) {
    name(b.service());
    name(a.service());
  }
  a.answers[0]!();
  await eventually(() => job('one')?.status === 'done');
  await jobs.close();
  expect(a.submitted).toEqual(['one']);
});

it('what the service puts off after the settings let go of it is cancelled, not sent when they name it again', async () => {
  const [a, b] = [memoryService('a'), memoryService('b')];
  const { jobs, name, put, job } = setUp(a.service());
  put('one', 'a');
  await eventually(() => a.submitted.length === 1);
  name(b.service());
  a.refusals[0]!();
  await eventually(() => job('one')?.status === 'cancelled');
  name(a.service());
  await new Promise((resolve) => setImmediate(resolve));
  await jobs.close();
  expect(a.submitted).toEqual(['one']);
});
