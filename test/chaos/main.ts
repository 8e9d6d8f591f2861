import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { findBrowser } from '../e2e/browser.ts';
import { openDisk } from './disk.ts';
import { tellStory, type StoryResult } from './story.ts';
import { createSummary } from './summary.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    story: { type: 'string' },
    jobs: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '200' },
    short: { type: 'boolean', default: false },
    home: { type: 'string', default: '.' },
  },
});

const seed = values.seed === undefined ? randomInt(1, 1_000_000) : number('seed', values.seed);
const only = values.story === undefined ? null : number('story', values.story);
/** Every so often one without faults, to see that promises are kept to the number. */
const controlEvery = 8;
const wanted = values.short
  ? { jobs: 80, kills: 8, edits: { least: 12, most: 30 }, killsPerStory: 3 }
  : {
      jobs: number('jobs', values.jobs),
      kills: number('kills', values.kills),
      edits: { least: 80, most: 180 },
      killsPerStory: 5,
    };

const disk = openDisk();
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const summary = createSummary(seed);
console.log(`Chaos with seed ${seed}${disk.missing ? `; ${disk.missing}` : ''}`);
try {
  for (let story = only ?? 0; only === null ? !isEnough(summary.totals()) : story === only; story++) {
    const isControl = story % controlEvery === 0;
    const { edits, killsPerStory: kills } = wanted;
    let result: StoryResult | null = null;
    try {
      result = await tellStory({ seed, number: story, isControl, edits, kills, browser, disk, home: values.home });
      summary.add(result);
    } catch (error) {
      summary.broke(story, error);
    }
    if (summary.failed() >= 5) break;
  }
} finally {
  await browser.close();
  disk.close();
}
summary.print();
const report = process.env.EDITLOOM_TEST_REPORT;
if (report)
  writeFileSync(report, JSON.stringify({ passed: summary.told() - summary.failed(), failed: summary.failed() }));
process.exitCode = summary.failed() === 0 ? 0 : 1;

function isEnough({ jobs, kills }: { jobs: number; kills: number }): boolean {
  return jobs >= wanted.jobs && kills >= wanted.kills;
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`Expected a whole number after --${name}, got ${text}.`);
  process.exit(2);
}
