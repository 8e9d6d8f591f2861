import type { StoryResult } from './story.ts';

/** Adds up what the stories came to, and prints each violation with the way to see it again. */
export function createSummary(flags: string) {
  const results: StoryResult[] = [];
  let broken = 0;
  let violations = 0;
  let failed = 0;

  const again = (story: number): string => `npm run chaos -- ${flags} --story ${story}`;
  const sum = (valueOf: (result: StoryResult) => number): number =>
    results.reduce((total, result) => total + valueOf(result), 0);

  function merged(of: (result: StoryResult) => Map<string, number>): string {
    const all = new Map<string, number>();
    for (const result of results) for (const [kind, count] of of(result)) all.set(kind, (all.get(kind) ?? 0) + count);
    const sorted = [...all].toSorted(([, a], [, b]) => b - a);
    return sorted.map(([kind, count]) => `${kind} ${count}`).join(', ') || 'none';
  }

  return {
    add(result: StoryResult): void {
      results.push(result);
      const { number, jobs, done, kills, presses, milliseconds } = result;
      const words = `${jobs} jobs, ${done} done, ${kills} kills, ${presses} presses, ${(milliseconds / 1000).toFixed(1)} s`;
      console.log(`${result.violations.length === 0 ? 'ok' : 'FAILED'}  story ${number}: ${words}`);
      if (result.violations.length === 0) return;
      failed++;
      violations += result.violations.length;
      for (const violation of result.violations.slice(0, 12)) console.log(`  ${violation}`);
      console.log(`  Again: ${again(number)}`);
    },
    broke(story: number, error: unknown): void {
      broken++;
      failed++;
      console.log(`FAILED  story ${story} could not be told to its end`, error);
      console.log(`  Again: ${again(story)}`);
    },
    totals: () => ({ jobs: sum(({ jobs }) => jobs), kills: sum(({ kills }) => kills) }),
    told: (): number => results.length + broken,
    failed: (): number => failed,
    print(): void {
      console.log(`
flags        ${flags}
stories      ${results.length + broken}
jobs         ${sum(({ jobs }) => jobs)}, of which ${sum(({ done }) => done)} done
submissions  ${sum(({ submissions }) => submissions)}
server kills ${sum(({ kills }) => kills)}
presses      ${sum(({ presses }) => presses)}
troubles     ${merged(({ troubles }) => troubles)}
faults       ${merged(({ faults }) => faults)}
violations   ${violations}${broken > 0 ? `, and ${broken} stories could not be told to their end` : ''}`);
    },
  };
}
