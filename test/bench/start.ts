/// <reference lib="dom" />
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { createEngine } from '../../app/server/offline/engine.ts';
import { findBrowser } from '../e2e/browser.ts';
import { buildApp, startApp } from './built-app.ts';
import { median, printTable, type Cell } from './report.ts';

/** What a start costs: building, the server's first answer, what the page loads first; and the offline engine's speed. */
const buildMs = await buildApp();
await printStart();
await printFirstLoad();
await printEngine();

async function printStart(): Promise<void> {
  const starts: number[] = [];
  for (let round = 0; round < 5; round++) {
    const app = await startApp();
    starts.push(app.startedMs);
    await app.close();
  }
  printTable(
    'Start',
    ['', 's'],
    [
      ['build', buildMs / 1000],
      ['server, from nothing to its first answer, median of 5 (goal 1)', median(starts) / 1000],
      ['  slowest', Math.max(...starts) / 1000],
    ],
  );
}

/** The very first visit: everything that the browser asks for until the first graph stands there, compressed by us. */
async function printFirstLoad(): Promise<void> {
  const app = await startApp();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const files: { name: string; kind: string; gzipped: number }[] = [];
    const reading: Promise<unknown>[] = [];
    page.on('response', (response) => {
      const kind = response.request().resourceType();
      if (kind !== 'script' && kind !== 'stylesheet') return;
      const read = async () => {
        const body = await response.body();
        files.push({
          name: new URL(response.url()).pathname,
          kind,
          gzipped: gzipSync(body, { level: 9 }).length / 1000,
        });
      };
      reading.push(read());
    });
    await page.goto(app.url);
    await page.waitForSelector('.react-flow__node');
    const shownMs = await page.evaluate(() => performance.now());
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
    await page.waitForTimeout(500);
    await Promise.all(reading);
    const sum = (kind: string) => files.reduce((all, file) => all + (file.kind === kind ? file.gzipped : 0), 0);
    const largest = files
      .filter(({ kind }) => kind === 'script')
      .toSorted((a, b) => b.gzipped - a.gzipped)
      .slice(0, 6);
    printTable(
      'First visit, until nothing more is loaded; gzipped kB (1,000 bytes)',
      ['', 'kB'],
      [
        ['JavaScript (goal 230)', sum('script')],
        ...largest.map(({ name, gzipped }): Cell[] => [`  ${name}`, gzipped]),
        ['style sheets', sum('stylesheet')],
        ['ms to the first card, nothing cached', Math.round(shownMs)],
      ],
    );
  } finally {
    await browser.close();
    await app.close();
  }
}

async function printEngine(): Promise<void> {
  const picture = await sharp('app/samples/astronaut.png').resize(1000, 1000).png().toBuffer();
  const engine = createEngine();
  const input = { negative_prompt: '', seed: 7, enable_thinking_mode: false, output_format: 'jpeg' } as const;
  const time = async (prompt: string, enable_reflection_mode = false): Promise<number> => {
    const began = performance.now();
    const outcome = await engine.edit(new Uint8Array(picture), { ...input, prompt, enable_reflection_mode });
    if (outcome.status === 'failed') throw new Error(`"${prompt}" failed: ${outcome.message}`);
    return (performance.now() - began) / 1000;
  };
  const warm = async (prompt: string, reflects = false): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 3; round++) times.push(await time(prompt, reflects));
    return median(times);
  };
  const background = 'change the background to orange';
  const rows: Cell[][] = [
    [`${background}, the first time`, await time(background)],
    [background, await warm(background)],
    [`${background}, with reflection`, await time(background, true)],
  ];
  const without = [
    'make it black and white',
    'sepia',
    'make it brighter',
    'sharpen',
    'blur',
    'denoise',
    'upscale 2x',
    'turn it into a sketch',
    'make it a cartoon',
    'oil painting',
    'pixelate',
    'posterise',
    'vignette',
    'film grain',
    'rotate by 90 degrees',
    'crop to a square',
  ];
  for (const prompt of without) rows.push([prompt, await warm(prompt)]);
  await engine.close();
  printTable(
    'Offline engine, a picture of one megapixel (goals: 5 with the subject model, 0.3 without)',
    ['', 's'],
    rows,
  );
}
