import type { Cost } from '../../costs-wire.ts';
import { isSurelyUnmade, type Job } from '../../wire.ts';
import type { JobBook } from '../job-book.ts';
import { breathe } from '../storage-walk.ts';

/** What one job has cost, or will. */
type Note = {
  readonly service: string;
  readonly title: string;
  readonly state: 'paid' | 'promised' | 'nothing';
  /** US dollars as told; null = nobody told. */
  readonly dollars: number | null;
  readonly at: number;
};

/** Of one day: what was told, and how many edits of each service nobody told the price of. */
export type DaySum = { edits: number; dollars: number; readonly untold: Map<string, number> };

export type Spending = ReturnType<typeof createSpending>;

const pageSize = 200;

/**
 * What was accepted by services that cost money, by day and by graph. Reads the job book once in pieces, then only what
 * has changed since; offline edits are never part of it.
 */
export function createSpending(options: { book: Pick<JobBook, 'page' | 'latestSeq'>; timeZone: () => string | null }) {
  const { book, timeZone } = options;
  const notes = new Map<string, Note>();
  let sums = new Map<string, DaySum>();
  /** Jobs that wait to be sent, by service. */
  const promised = new Map<string, number>();
  let zone = timeZone();
  let dayName = dayNames(zone);
  let seq = 0;

  function take(job: Job): void {
    const before = notes.get(job.key);
    if (before) add(before, -1);
    const note = noteOf(job);
    notes.set(job.key, note);
    add(note, 1);
    seq = job.seq;
  }

  function add(note: Note, by: 1 | -1): void {
    if (note.state === 'promised') promised.set(note.service, (promised.get(note.service) ?? 0) + by);
    if (note.state === 'paid') addTo(sumOf(dayName(note.at)), note, by);
  }

  function sumOf(day: string): DaySum {
    let sum = sums.get(day);
    if (!sum) sums.set(day, (sum = { edits: 0, dollars: 0, untold: new Map() }));
    return sum;
  }

  /** The user's days begin elsewhere now. */
  function keepZone(): void {
    if (timeZone() === zone) return;
    zone = timeZone();
    dayName = dayNames(zone);
    sums = new Map();
    for (const note of notes.values()) if (note.state === 'paid') addTo(sumOf(dayName(note.at)), note, 1);
  }

  function takePage(): boolean {
    if (seq >= book.latestSeq()) return false;
    const jobs = book.page(seq, pageSize);
    for (const job of jobs) take(job);
    return jobs.length > 0;
  }

  return {
    async refresh(): Promise<void> {
      keepZone();
      while (takePage()) await breathe();
    },
    /** The same at once, for the little that has changed since. */
    catchUp(): void {
      keepZone();
      while (takePage());
    },
    dayOf: (at: number): string => dayName(at),
    ofDay: (day: string): DaySum => sumOf(day),
    promised: (): ReadonlyMap<string, number> => promised,
    /** The days on which something was paid for, newest first. */
    days: (): string[] =>
      [...sums].flatMap(([day, { edits }]) => (edits > 0 ? [day] : [])).toSorted((a, b) => (a < b ? 1 : -1)),
    /** These keys, and whatever was made for a graph of this title. */
    ofGraph(keys: ReadonlySet<string>, title: string): DaySum {
      const sum: DaySum = { edits: 0, dollars: 0, untold: new Map() };
      for (const [key, note] of notes)
        if (note.state === 'paid' && (keys.has(key) || (title !== '' && note.title === title))) addTo(sum, note, 1);
      return sum;
    },
  };
}

/** `priceNow`: what an edit of a service costs now; it stands in for prices that nobody told. */
export function costOf({ edits, dollars, untold }: DaySum, priceNow: (service: string) => number | null): Cost {
  const cost = { edits, dollars, untold: 0 };
  for (const [service, count] of untold) {
    const price = priceNow(service);
    if (price === null) cost.untold += count;
    else cost.dollars += count * price;
  }
  // Cents add up to 0.15000000000000002 otherwise.
  return { ...cost, dollars: Math.round(cost.dollars * 1e6) / 1e6 };
}

function addTo(sum: DaySum, { service, dollars }: Note, by: 1 | -1): void {
  sum.edits += by;
  if (dollars === null) sum.untold.set(service, (sum.untold.get(service) ?? 0) + by);
  else sum.dollars += by * dollars;
}

export const isFree = (service: string): boolean => service.startsWith('offline/');

function noteOf(job: Job): Note {
  const { service, madeFor, price, submittedAt, createdAt, accepted, status } = job;
  const state = isFree(service)
    ? 'nothing'
    : accepted && !isSurelyUnmade(job)
      ? 'paid'
      : status === 'queued'
        ? 'promised'
        : 'nothing';
  return { service, title: madeFor ?? '', state, dollars: price, at: submittedAt ?? createdAt };
}

/** 2026-01-31, as the calendar on the user's wall has it. */
function dayNames(timeZone: string | null): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone && { timeZone }),
  });
  return (at) => format.format(at);
}
