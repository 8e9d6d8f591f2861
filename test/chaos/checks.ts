import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJobBook } from '../../app/server/job-book.ts';
import { fetchableCodes, type Job } from '../../app/wire.ts';
import type { Remote } from './remote.ts';
import { inputName, pictureOf, type RemoteBook, type RemoteRequest } from './remote-book.ts';
import { sha256Of } from './tiny-picture.ts';

export type World = { remote: Remote; data: string; takes: number };

/** The job book as it lies on disk, read while no server has it open. */
export function readJobs(data: string): Job[] {
  const book = openJobBook(join(data, 'jobs.sqlite'));
  try {
    return book.since(0);
  } finally {
    book.close();
  }
}

/** Compares what the service knows to be true with the job book and the pictures on disk. A sentence per violation. */
export function checkWorld({ remote, data, takes }: World, jobs: readonly Job[]): string[] {
  const { book } = remote;
  const byInput = groupBy(jobs, (job) => inputName(job.input));
  const byId = new Map(jobs.flatMap((job) => idsOf(job).map((id) => [id, job] as const)));
  const jobOf = (request: RemoteRequest): Job | undefined =>
    byId.get(request.id) ?? byInput.get(request.input)?.find(({ requestId }) => requestId === null);
  return [
    ...paidTwice(book, takes),
    ...unwritten(book, byInput),
    ...unclear(book, byInput),
    ...lostIds(book, byId),
    ...[...book.requests.values()].flatMap((request) => lostPicture(remote, request, jobOf(request), data)),
    ...jobs.flatMap((job) => falselyDone(book, job, data)),
  ];
}

/** The user has said what became of a lost answer. */
const isDecided = ({ decisions = [] }: Job): boolean =>
  decisions.some(({ what }) => what === 'look' || what === 'lost' || what === 'forget');

/** The request of a job, and those that the service had dropped before it was asked for once more. */
const idsOf = ({ requestId, decisions = [] }: Job): string[] =>
  [requestId, ...decisions.map((decision) => decision.requestId)].filter((id) => typeof id === 'string');

/** What the service has dropped unbegun costs nothing and may be asked for again. */
function paidTwice(book: RemoteBook, takes: number): string[] {
  const violations: string[] = [];
  const isDropped = (id: string | null): boolean => book.requests.get(id ?? '')?.cancelled ?? false;
  const kept = book.paid().filter(({ requestId }) => !isDropped(requestId));
  for (const [input, paid] of groupBy(kept, (submission) => submission.input)) {
    if (paid.length <= 1 + takes) continue;
    const rule = paid.slice(0, -1).some(({ verdict }) => verdict === 'ambiguous') ? 'M3' : 'M1';
    violations.push(
      `${rule}: "${paid[0]!.prompt}" (${input}) was submitted ${paid.length} times though ${paid.map(({ verdict }) => verdict).join(', ')}`,
    );
  }
  return violations;
}

function unwritten(book: RemoteBook, byInput: Map<string, Job[]>): string[] {
  const strange = book.submissions.filter(({ input }) => !byInput.has(input));
  return strange.map(({ prompt }) => `M2: "${prompt}" was submitted, but the job book does not have it`);
}

/** What was sent without a clear answer has to be shown as unknown, and as accepted: it must never be offered as unpaid. */
function unclear(book: RemoteBook, byInput: Map<string, Job[]>): string[] {
  return book.submissions.flatMap(({ input, verdict, prompt }) => {
    if (verdict !== 'ambiguous') return [];
    const jobs = byInput.get(input) ?? [];
    if (jobs.some((job) => job.accepted && (job.status === 'unknown' || isDecided(job)))) return [];
    const found = jobs.map(({ status, accepted }) => `${status}${accepted ? '' : ', not accepted'}`).join('; ');
    return [`M4: the answer about "${prompt}" was lost, but its job is ${found || 'not in the book'}`];
  });
}

function lostIds(book: RemoteBook, byId: Map<string, Job>): string[] {
  return [...book.requests.values()].flatMap(({ id, askedAbout, idArrived }) =>
    (askedAbout || idArrived) && !byId.has(id)
      ? [`M5: the server had the request id ${id}, but the job book has not`]
      : [],
  );
}

/** A finished picture is in the store, or its job says why not in a way that lets the user have it. */
function lostPicture(remote: Remote, request: RemoteRequest, job: Job | undefined, data: string): string[] {
  const { id, plan } = request;
  if (!job) return [`M10: nobody knows of the accepted request ${id}`];
  if (request.cancelled) return [];
  if (!job.accepted) return [`M1: the request ${id} was accepted, but its job says that it was not (${job.status})`];
  const isMade = remote.stageOf(request) === 'ended' && plan.ending === 'picture';
  if (!isMade || job.requestId === null)
    return isMade && job.status !== 'unknown' && !isDecided(job) ? [wrong(job, id)] : [];
  if (job.status === 'done') {
    const kept = job.artifacts.filter(({ sha256 }) => existsSync(pictureFile(data, sha256)));
    return kept.length > 0 ? [] : [`M10: the picture of ${id} was paid for, but is not in the store`];
  }
  const isGone = plan.file?.forever && job.status === 'failed' && fetchableCodes.includes(job.error?.code ?? '');
  return isGone ? [] : [wrong(job, id)];
}

const wrong = ({ status, error, key }: Job, id: string): string =>
  `M6: ${id} has a finished picture, but its job ${key.slice(0, 8)} is ${status} (${error?.code ?? 'no error'}) after all faults were healed`;

/** Done means: the bytes are there, are those of this request, and are whole. */
function falselyDone(book: RemoteBook, { key, status, artifacts, requestId }: Job, data: string): string[] {
  if (status !== 'done') return [];
  const name = `the job ${key.slice(0, 8)} is done`;
  const request = book.requests.get(requestId ?? '');
  if (!request) return [`M7: ${name}, but the service never gave out ${requestId}`];
  if (artifacts.length === 0) return [`M7: ${name} without a picture`];
  return artifacts.flatMap(({ sha256, bytes }) => {
    const file = pictureFile(data, sha256);
    if (!existsSync(file)) return [`M7: ${name}, but the file of its picture is not there`];
    const content = readFileSync(file);
    if (sha256Of(content) !== sha256 || content.length !== bytes) return [`M7: ${name}, but its file has other bytes`];
    const isOurs = request.delivered.has(sha256) || sha256Of(pictureOf(request)) === sha256;
    return isOurs ? [] : [`M7: ${name}, but its bytes are no whole picture of ${request.id}`];
  });
}

export const pictureFile = (data: string, sha256: string): string => join(data, 'pictures', sha256.slice(0, 2), sha256);

function groupBy<T>(list: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return groups;
}
