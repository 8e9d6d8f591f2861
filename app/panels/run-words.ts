import type { HeldBy } from '../../graphs/allowance.ts';
import type { Count } from '../../graphs/known.ts';
import type { ServiceInfo } from '../settings-wire.ts';

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
  if (count.forgotten > 0) words.push(`${number.format(count.forgotten)} forgotten`);
  if (count.blocked > 0) words.push(`${number.format(count.blocked)} blocked`);
  if (count.struck > 0) words.push(`${number.format(count.struck)} struck out`);
  if (count.toSave > 0) words.push(fileWords(count.toSave));
  return words;
}

/** `7 × $0.04 = $0.28`; a price that is not known is never shown as nothing. Null when there is nothing to pay. */
export function priceWords(toPay: number, service: Pick<ServiceInfo, 'kind' | 'price' | 'otherPrice'>): string | null {
  if (toPay === 0) return null;
  if (service.kind === 'offline') return 'free';
  if (service.price === null)
    return service.otherPrice
      ? `${dollars(service.otherPrice.dollars)} per ${service.otherPrice.unit}`
      : 'price not known';
  return toPay === 1
    ? dollars(service.price)
    : `${number.format(toPay)} × ${dollars(service.price)} = ${dollars(toPay * service.price)}`;
}

/** `3 to pay · $0.12`, as a menu entry has it; `made already` where nothing is left to pay. */
export function shortCount({ toPay, underway, toSave }: Count, service: Service | null): string {
  if (toPay === 0)
    return underway > 0 ? `${number.format(underway)} underway` : toSave > 0 ? fileWords(toSave) : 'made already';
  if (service?.kind === 'offline') return `${number.format(toPay)} to make · free`;
  return [`${number.format(toPay)} to pay`, ...(service ? [sumWords(toPay, service)] : [])].join(' · ');
}

/** `3 edits, with 2 that come with them`: what new takes need, and what waits for them. */
export function takeRows(toPay: number, asked: number): string {
  if (toPay === 0) return 'nothing: what they need is not there';
  const along = toPay - asked;
  return along > 0
    ? `${plural(toPay, 'edit')}: ${asked === 1 ? 'this one' : `these ${number.format(asked)}`}, and ${number.format(along)} that ${along === 1 ? 'comes' : 'come'} with ${asked === 1 ? 'it' : 'them'}`
    : plural(toPay, 'edit');
}

type Service = Pick<ServiceInfo, 'kind' | 'price' | 'otherPrice'>;

const fileWords = (count: number): string => `${plural(count, 'file')} to save`;

/** `$0.12`, or that it is not known. */
export function sumWords(edits: number, { kind, price }: Service): string {
  if (kind === 'offline') return 'free';
  return price === null ? 'price not known' : dollars(edits * price);
}

/** When a run stops by itself: `stops after 12 pictures`; null where it makes all there is. */
export function stopWords(stop: { readonly pictures?: number; readonly dollars?: number }): string | null {
  if (stop.pictures !== undefined) return `stops after ${plural(stop.pictures, 'picture')}`;
  return stop.dollars === undefined ? null : `stops at ${dollars(stop.dollars)}`;
}

/** Why a run that has ended made no more. */
export function heldWords(held: HeldBy, stop: { readonly pictures?: number; readonly dollars?: number }): string {
  switch (held) {
    case 'pictures':
      return stop.pictures === undefined
        ? 'Stopped: it has its pictures'
        : `Stopped after ${plural(stop.pictures, 'picture')}`;
    case 'dollars':
      return stop.dollars === undefined ? 'Stopped at its sum' : `Stopped at ${dollars(stop.dollars)}`;
    case 'budget':
      return 'Budget reached…';
    case 'day':
      return 'Today’s budget is used…';
  }
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

/** The button for what did not become a picture: what the user stopped has not failed. */
export function retryWords(count: number, cancelled: number): string {
  const what = cancelled === 0 ? 'failed' : cancelled === count ? 'stopped' : 'failed and stopped';
  return `Retry ${what} (${number.format(count)})`;
}

/** After a stop: what had begun still arrives. */
export function stoppingWords(underway: number): string {
  if (underway === 0) return 'Stopped';
  return underway === 1
    ? 'Stopped. The one begun already arrives by itself'
    : `Stopped. The ${number.format(underway)} begun already arrive by themselves`;
}

/**
 * After a reload or a crash in the middle of a run: nothing more is paid for until Run is pressed. Null where there is
 * nothing to tell. A page that was closed remembers no run, but what it had begun is still underway.
 */
export function interruptedWords({ toPay, underway, toSave }: Count, wasCut: boolean): string | null {
  if (!wasCut && underway === 0) return null;
  const words: string[] = [];
  if (underway > 0)
    words.push(underway === 1 ? '1 arrives by itself' : `${number.format(underway)} arrive by themselves`);
  if (toPay + toSave > 0) words.push('Run goes on with the rest');
  return words.length === 0 ? null : `${wasCut ? 'The run was cut off: ' : ''}${words.join(', ')}`;
}

/** `1 edit has an unknown outcome`. */
export const unknownWords = (count: number): string =>
  `${plural(count, 'edit')} ${count === 1 ? 'has' : 'have'} an unknown outcome`;

/** What pressing Run would do just now; the bar is drawn from this alone. */
export type RunOutlook =
  | { readonly type: 'connecting' | 'looking' | 'empty' | 'no-edits' | 'made' | 'running' }
  /** Everything is made up to where a person chooses. */
  | { readonly type: 'to-choose' }
  | { readonly type: 'problems'; readonly count: number }
  /** Nothing is left but what only the user can bring further. */
  | { readonly type: 'stuck' }
  | { readonly type: 'ready' };

export function runOutlook(state: {
  connected: boolean;
  nodes: number;
  problems: number;
  counted: boolean;
  count: Count;
  running: boolean;
  picks?: number;
}): RunOutlook {
  const { connected, nodes, problems, counted, count, running, picks = 0 } = state;
  if (running) return { type: 'running' };
  if (!connected) return { type: 'connecting' };
  if (nodes === 0) return { type: 'empty' };
  if (problems > 0) return { type: 'problems', count: problems };
  if (!counted) return { type: 'looking' };
  if (count.toPay + count.underway + count.toSave > 0) return { type: 'ready' };
  if (count.stuck + count.unknown + count.forgotten + count.blocked > 0) return { type: 'stuck' };
  if (picks > 0) return { type: 'to-choose' };
  return { type: count.edits > 0 ? 'made' : 'no-edits' };
}
