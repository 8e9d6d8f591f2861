import { release, type } from 'node:os';
import type { Health, Report } from '../../wire-care.ts';
import type { SettingsReply } from '../../settings-wire.ts';
import type { Job, JobStatus } from '../../wire.ts';
import type { Log } from './log.ts';
import { shortenHome } from './private-text.ts';

interface ReportOptions {
  log: Pick<Log, 'recent' | 'ofJob'>;
  health: () => Promise<Health>;
  settings: () => SettingsReply['settings'];
  token: () => SettingsReply['token'];
  job: (key: string) => Job | null;
  jobCounts: () => Partial<Record<JobStatus, number>>;
  now: () => number;
}

/**
 * What somebody who is to help needs to know, and nothing that is only the user's own: no prompts, no pictures, no token,
 * no names. Where an edit is meant, its life stands first.
 */
export function createReport({ log, health, settings, token, job, jobCounts, now }: ReportOptions) {
  return async (key: string | null): Promise<Report> => {
    const found = key === null ? null : job(key);
    const { service, baseUrl, inFlight, offlineDelay } = settings();
    const report: Report = {
      of: 'Editloom',
      at: new Date(now()).toISOString(),
      health: await health(),
      node: process.version,
      system: `${type()} ${release()} ${process.arch}`,
      settings: {
        service,
        address: isUsual(baseUrl) ? baseUrl : 'another',
        inFlight,
        offlineDelay,
        token: token().source,
      },
      jobs: jobCounts(),
      job: found && { ...lifeOf(found), log: parseLines(await log.ofJob(found.key)) },
      log: parseLines(log.recent()),
    };
    return JSON.parse(shortenHome(JSON.stringify(report))) as Report;
  };
}

const isUsual = (address: string): boolean => /^https:\/\/[a-z0-9.-]+\.runcomfy\.net\/?$/.test(address);

function lifeOf(job: Job): Omit<NonNullable<Report['job']>, 'log'> {
  const { key, service, model, status, accepted, requestId, remoteStatus, error, price } = job;
  const isNamed = service.startsWith('offline/') || isUsual(`https://${service.split('/')[0]!}`);
  const at = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  return {
    key,
    service: isNamed ? service : `another/${model}`,
    status,
    accepted,
    requestId,
    remoteStatus,
    code: error?.code ?? null,
    http: error?.status ?? null,
    price,
    createdAt: at(job.createdAt),
    submittedAt: at(job.submittedAt),
    finishedAt: at(job.finishedAt),
    pictures: job.artifacts.map(({ width, height, mediaType, bytes }) => ({ width, height, mediaType, bytes })),
    decisions: (job.decisions ?? []).map(({ what, at: time }) => `${what} ${at(time)}`),
  };
}

function parseLines(lines: readonly string[]): unknown[] {
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
