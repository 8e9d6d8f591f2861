import type { Known } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { ServiceInfo } from '../settings-wire.ts';
import { requestIdSchema, type Job } from '../wire.ts';
import { plural, priceWords } from './run-words.ts';

/** `10:14:03`, with the day where that is not today. */
export function sentWords(job: Pick<Job, 'submittedAt' | 'createdAt'>, now: number): string {
  const sent = new Date(job.submittedAt ?? job.createdAt);
  const time = sent.toLocaleTimeString('en', { hour12: false });
  const isToday = sent.toDateString() === new Date(now).toDateString();
  return isToday ? time : `${sent.toLocaleDateString('en', { day: 'numeric', month: 'short' })}, ${time}`;
}

/** `RunComfy`, or the host of another service. */
export function placeWords(service: string): string {
  if (service.startsWith('offline/')) return 'the offline service';
  const [host = service] = service.split('/');
  return host.endsWith('.runcomfy.net') ? 'RunComfy' : host;
}

/** What the row of an edit says after the user did something about it; null while it is as unknown as before. */
export function foundWords(known: Known | undefined): string | null {
  switch (known?.status) {
    case 'underway':
      return known.word === 'collecting'
        ? 'Found: its picture is being fetched.'
        : 'Looking at this request. What comes of it is shown here and on its card.';
    case 'done':
      return 'Found: its picture is here.';
    case 'failed':
    case 'cancelled':
      return known.message;
    case 'forgotten':
      return 'Forgotten.';
    default:
      return null;
  }
}

/** What is wrong with a request id as it was typed; null = nothing. */
export function requestIdFault(text: string): string | null {
  const parsed = requestIdSchema.safeParse(text);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'This is no request id.');
}

/** What the second button does and costs, said before it is pressed. `toPay`: with all that comes with it; null = not counted yet. */
export function newTakeWords(
  count: number,
  toPay: number | null,
  service: Pick<ServiceInfo, 'kind' | 'price'> | null,
): string {
  if (count === 0) return 'A new take is made in the graph that asked for the edit.';
  const begin = 'A new take counts the old request as lost and sends a new one';
  if (toPay === null) return `${begin}.`;
  const along = toPay > count ? ` (${toPay - count} of them with ${count === 1 ? 'it' : 'them'})` : '';
  const what = `${plural(toPay, 'edit')} to ${service?.kind === 'offline' ? 'make' : 'pay'}${along}`;
  const price = service && priceWords(toPay, service);
  return `${begin}: ${what}${price ? `, ${price}` : ''}.`;
}

/** The keys of take 1 of those edits that are in this graph, by key: only they can have a new take. */
export function firstKeysOf(plan: Plan, keys: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const { tasks } of plan.nodes.values())
    for (const { key, firstKey } of tasks) if (key && firstKey && keys.has(key)) found.set(key, firstKey);
  return found;
}
