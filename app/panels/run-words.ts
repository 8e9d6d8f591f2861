import type { Count } from '../../graphs/known.ts';
import type { ServiceInfo } from '../wire.ts';

const number = new Intl.NumberFormat('en');

/** `7 edits`, `1 edit`, `1,200 edits`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** What a run would do: `12 edits · 5 already made · 7 to pay`. Offline nothing is paid for, so there it is `7 to make`. */
export function countWords(count: Count, kind: ServiceInfo['kind']): string[] {
  const words: string[] = [];
  if (count.edits > 0) words.push(plural(count.edits, 'edit'));
  if (count.made > 0) words.push(`${number.format(count.made)} already made`);
  if (count.toPay > 0) words.push(`${number.format(count.toPay)} to ${kind === 'offline' ? 'make' : 'pay'}`);
  if (count.underway > 0) words.push(`${number.format(count.underway)} underway`);
  if (count.stuck > 0) words.push(`${number.format(count.stuck)} stuck`);
  if (count.toSave > 0) words.push(`${plural(count.toSave, 'file')} to save`);
  return words;
}

/** `7 × $0.04 = $0.28`; a price that is not known is never shown as nothing. Null when there is nothing to pay. */
export function priceWords(toPay: number, service: Pick<ServiceInfo, 'kind' | 'price'>): string | null {
  if (toPay === 0) return null;
  if (service.kind === 'offline') return 'free';
  if (service.price === null) return 'price not known';
  return toPay === 1
    ? dollars(service.price)
    : `${number.format(toPay)} × ${dollars(service.price)} = ${dollars(toPay * service.price)}`;
}

/** Fractions of a cent are shown where there are some: they add up. */
export function dollars(amount: number): string {
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  }).format(amount);
}

/** `about 2 min left`. Rounded up, since too long a promise is forgiven more easily than too short a one. */
export function remainingWords(milliseconds: number | null): string {
  if (milliseconds === null) return 'working out how long';
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds <= 1) return 'almost there';
  if (seconds < 60) return `about ${seconds} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `about ${hours} h left` : `about ${hours} h ${minutes % 60} min left`;
}

/** The button for what did not become a picture: what the user stopped has not failed. */
export function retryWords(count: number, cancelled: number): string {
  const what = cancelled === 0 ? 'failed' : cancelled === count ? 'stopped' : 'failed and stopped';
  return `Retry ${what} (${number.format(count)})`;
}

/** What a run that is being stopped waits for. */
export function stoppingWords(running: number): string {
  return running === 0
    ? 'ending'
    : `awaiting ${running === 1 ? 'the one' : `the ${number.format(running)}`} begun already`;
}

/** What pressing Run would do just now; the bar is drawn from this alone. */
export type RunOutlook =
  | { readonly type: 'connecting' | 'looking' | 'empty' | 'no-edits' | 'made' }
  | { readonly type: 'running'; readonly stopping: boolean }
  | { readonly type: 'problems'; readonly count: number }
  /** Nothing is left but what only a new take can bring further. */
  | { readonly type: 'stuck'; readonly count: number }
  | { readonly type: 'ready' };

export function runOutlook(state: {
  connected: boolean;
  nodes: number;
  problems: number;
  counted: boolean;
  count: Count;
  running: boolean;
  stopping: boolean;
}): RunOutlook {
  const { connected, nodes, problems, counted, count, running, stopping } = state;
  if (running) return { type: 'running', stopping };
  if (!connected) return { type: 'connecting' };
  if (nodes === 0) return { type: 'empty' };
  if (problems > 0) return { type: 'problems', count: problems };
  if (!counted) return { type: 'looking' };
  if (count.toPay + count.underway + count.toSave > 0) return { type: 'ready' };
  if (count.stuck > 0) return { type: 'stuck', count: count.stuck };
  return { type: count.edits > 0 ? 'made' : 'no-edits' };
}
