import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { browserFlags, findBrowser } from '../e2e/browser.ts';
import { openDisk, type Disk } from './disk.ts';
import { tellStory } from './story.ts';
import { createSummary } from './summary.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    story: { type: 'string' },
    jobs: { type: 'string' },
    kills: { type: 'string' },
    short: { type: 'boolean', default: false },
    home: { type: 'string', default: '.' },
    lanes: { type: 'string' },
    'first-failure': { type: 'boolean', default: false },
  },
});

const seed = values.seed === undefined ? randomInt(1, 1_000_000) : number('seed', values.seed);
const only = values.story === undefined ? null : number('story', values.story);
/** Every so often one without faults, to see that promises are kept to the number. */
const controlEvery = 8;
const usual = values.short
  ? { jobs: 60, kills: 12, edits: { least: 12, most: 30 }, killsPerStory: 3 }
  : { jobs: 5000, kills: 200, edits: { least: 100, most: 200 }, killsPerStory: 6 };
const wanted = {
  ...usual,
  jobs: number('jobs', values.jobs ?? String(usual.jobs)),
  kills: number('kills', values.kills ?? String(usual.kills)),
};

/** Stories told side by side: most of a story is waiting. Each lane has a disk of its own. */
const lanes = number('lanes', values.lanes ?? (only === null ? '2' : '1'));
const mostFailures = values['first-failure'] ? 1 : 5;
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: browserFlags,
});
const summary = createSummary(`--seed ${seed}${values.short ? ' --short' : ''}`);
const disks = Array.from({ length: lanes }, openDisk);
console.log(`Chaos with seed ${seed}${disks[0]?.missing ? `; ${disks[0].missing}` : ''}`);
let next = only ?? 0;
// Whoever presses Ctrl+C keeps no small disks and no servers.
process.on('exit', () => disks.forEach((disk) => disk.close()));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  await Promise.all(disks.map(tellStories));
} finally {
  await browser.close();
}
summary.print();
const report = process.env.EDITLOOM_TEST_REPORT;
if (report)
  writeFileSync(report, JSON.stringify({ passed: summary.told() - summary.failed(), failed: summary.failed() }));
process.exitCode = summary.failed() === 0 ? 0 : 1;

async function tellStories(disk: Disk): Promise<void> {
  while (!isEnough(summary.totals()) && summary.failed() < mostFailures && (only === null || next === only)) {
    const story = next++;
    const isControl = story % controlEvery === 0;
    const { edits, killsPerStory: kills } = wanted;
    try {
      summary.add(await tellStory({ seed, number: story, isControl, edits, kills, browser, disk, home: values.home }));
    } catch (error) {
      summary.broke(story, error);
    }
  }
}

function isEnough({ jobs, kills }: { jobs: number; kills: number }): boolean {
  return jobs >= wanted.jobs && kills >= wanted.kills;
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`Expected a whole number after --${name}, got ${text}.`);
  process.exit(2);
}
