import { readFileSync } from 'node:fs';

export type Cell = string | number;

/**
 * How long this thread was at work, in milliseconds: on a busy machine the clock tells as much of the others. The clock,
 * where the system does not say.
 */
export function worked(): number {
  // Brings the figure up to now, which else grows with each tick of the system.
  process.cpuUsage();
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

/** Prints rows as columns: the first on the left, figures on the right. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const texts = [head, ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? shown(cell) : cell)))];
  const widths = head.map((_, i) => Math.max(...texts.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('   ');
  console.log(`\n${title}`);
  console.log(line(texts[0]!));
  console.log(widths.map((width) => '-'.repeat(width)).join('   '));
  for (const row of texts.slice(1)) console.log(line(row).trimEnd());
}

/** Three digits that matter. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (Number.isInteger(value)) return String(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export type Rival = {
  readonly name: string;
  /** Returns milliseconds when only a part of it counts. */
  readonly run: () => unknown;
  /** How often at most, where it takes long. */
  readonly rounds?: number;
};

/**
 * Median milliseconds of work (see `worked`) of each, run in turns so that a busy minute of the machine hits all alike. The first turn warms up
 * and doesn't count.
 */
export async function race(rivals: readonly Rival[], rounds: number): Promise<Map<string, number>> {
  const times = new Map<string, number[]>(rivals.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run, rounds: most = Infinity } of rivals) {
      if (round > most) continue;
      globalThis.gc?.();
      const began = worked();
      const told = await run();
      const took = typeof told === 'number' ? told : worked() - began;
      if (round > 0) times.get(name)!.push(took);
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}
