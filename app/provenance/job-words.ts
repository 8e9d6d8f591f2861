import { tookWords, type Fact } from '../panels/provenance-words.ts';
import { dollars } from '../panels/run-words.ts';
import { modelName } from '../panels/service-words.ts';
import type { Job } from '../wire.ts';

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** `1.2 MB`. */
export function sizeWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export const timeWords = (at: number): string => time.format(at);

/** Who made it and under which request, when, how long it took, and what it cost and gave: all that the job book has. */
export function jobFacts(job: Job): Fact[] {
  const { service, model, requestId, createdAt, submittedAt, finishedAt, price, artifacts } = job;
  const isOffline = service.startsWith('offline/');
  const waited = submittedAt === null ? 0 : submittedAt - createdAt;
  const facts: (Fact | null)[] = [
    { title: 'Service', text: isOffline ? 'Offline service' : service.split('/')[0]! },
    { title: 'Model', text: isOffline ? `Built-in engine ${service.split('/')[1] ?? ''}`.trim() : modelName(model) },
    requestId ? { title: 'Request', text: requestId } : null,
    { title: 'Queued', text: timeWords(createdAt) },
    submittedAt ? { title: 'Submitted', text: timeWords(submittedAt) } : null,
    finishedAt ? { title: 'Finished', text: timeWords(finishedAt) } : null,
    submittedAt && finishedAt
      ? {
          title: 'Took',
          text: `${tookWords(finishedAt - submittedAt)}${waited >= 1000 ? `, after ${tookWords(waited)} in our queue` : ''}`,
        }
      : null,
    { title: 'Price', text: isOffline ? 'free' : price === null ? 'not told' : dollars(price) },
    ...artifacts.map(({ width, height, mediaType, bytes }): Fact => ({
      title: 'Result',
      text: `${width} × ${height} · ${mediaType.slice('image/'.length).toUpperCase()} · ${sizeWords(bytes)}`,
    })),
  ];
  return facts.filter((fact) => fact !== null);
}

export type SentField = { readonly name: string; readonly text: string; readonly sha256?: string };

/** The very fields that went to the edit service, by its own names; the picture is named by its SHA-256. */
export function sentFields({ input }: Pick<Job, 'input'>): SentField[] {
  const { image, ...fields } = input;
  return [
    ...Object.entries(fields).map(([name, value]) => ({ name, text: JSON.stringify(value) })),
    { name: 'image_url', text: `the picture ${image.slice(0, 12)}…`, sha256: image },
  ];
}

/** As a developer wants it: where it went, and the body. */
export function requestOf(job: Job) {
  const { image, ...fields } = job.input;
  const { key, service, model, requestId, createdAt, submittedAt, finishedAt, price, artifacts } = job;
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    key,
    service,
    model,
    requestId,
    request: { ...fields, image_url: `sha256:${image}` },
    queued: iso(createdAt),
    submitted: iso(submittedAt),
    finished: iso(finishedAt),
    tookSeconds: submittedAt !== null && finishedAt !== null ? (finishedAt - submittedAt) / 1000 : null,
    priceUsd: price,
    pictures: artifacts,
  };
}
