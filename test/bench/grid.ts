/// <reference lib="dom" />
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { writeGraphFile } from '../../graphs/file.ts';
import { settingsReplySchema } from '../../app/settings-wire.ts';
import { findBrowser } from '../e2e/browser.ts';
import { buildApp, startApp } from './built-app.ts';
import { fillGrid, gridGraph } from './grid-data.ts';
import { median, percentile, printTable, type Cell } from './report.ts';

/** The grid of 10,000 made cells, 100 × 100: until it is painted, and while it is scrolled, beside an empty page. */
const side = 100;
const rounds = 5;
const steps = 200;

await buildApp();
const graph = gridGraph(side, side);
const data = mkdtempSync(join(tmpdir(), 'editloom-bench-'));
await fillGrid(data, graph, await serviceId());
const app = await startApp(data);
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => console.error(error));
  await openGraph(page);
  await printOpening(page);
  await printScrolling(page);
} finally {
  await browser.close();
  await app.close();
}

/** Part of each key. */
async function serviceId(): Promise<string> {
  const first = await startApp();
  try {
    const answer = await fetch(`${first.url}/api/settings`, { headers: { 'x-editloom': '1' } });
    return settingsReplySchema.parse(await answer.json()).service.id;
  } finally {
    await first.close();
  }
}

async function openGraph(page: Page): Promise<void> {
  await page.goto(app.url);
  await page.waitForSelector('.react-flow__node');
  await page.evaluate(
    (draft) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('editloom');
        opening.onerror = () => reject(opening.error as Error);
        opening.onsuccess = () => {
          const writing = opening.result.transaction('drafts', 'readwrite');
          writing.objectStore('drafts').put(draft, 'draft');
          writing.oncomplete = () => resolve(opening.result.close());
          writing.onerror = () => reject(writing.error as Error);
        };
      }),
    writeGraphFile('Ten thousand cells', graph),
  );
  await page.reload();
  await page.getByText('10,000 already made').first().waitFor();
}

async function printOpening(page: Page): Promise<void> {
  const opens: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    opens.push(await openGrid(page));
    if (round === 0) await page.getByRole('button', { name: 'In place of the canvas' }).click();
    if (round === rounds) continue;
    await page.getByRole('button', { name: 'Close the grid' }).click();
    await page.waitForSelector('[role=grid]', { state: 'detached' });
  }
  const [first, ...warm] = opens;
  printTable(
    `Grid of ${side * side} cells: from the press of its button until the pictures in view are painted`,
    ['', 'ms'],
    [
      ['the first time, code and thumbnails cold', first!],
      ['warm, median (goal 1000)', median(warm)],
      ['  slowest', Math.max(...warm)],
    ],
  );
}

/** Until every picture in view is decoded, and the frame with them was handed over to be painted. */
function openGrid(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
      textContent?.includes('results as a grid'),
    );
    if (!button) throw new Error('There is no button for the grid');
    const began = performance.now();
    button.click();
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const pictures = [...document.querySelectorAll<HTMLImageElement>('[role=gridcell] img')];
      if (pictures.length > 8 && pictures.every(({ complete, naturalWidth }) => complete && naturalWidth > 0)) break;
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - began;
  });
}

async function printScrolling(page: Page): Promise<void> {
  const rows: Cell[][] = [];
  const session = await page.context().newCDPSession(page);
  // By the clock of the processor, which does not run while another program has it.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
  };
  for (const [name, wish] of [
    ['cells as they fit', null],
    ['the smallest cells', 'least'],
  ] as const) {
    if (wish) {
      await page.getByRole('slider', { name: 'Size of the cells' }).fill('0');
      await page.waitForTimeout(1500);
    }
    for (const [way, x, y] of [
      ['down', 0, 1],
      ['across', 1, 0],
      ['aslant', 1, 1],
    ] as const) {
      await scroll(page, x, y);
      const before = await worked();
      const ours = await scroll(page, x, y);
      const work = ((await worked()) - before) / steps;
      const empty = await emptyFrames(page);
      const { cells, elements } = await countElements(page);
      rows.push([
        `${name}, ${way}`,
        cells,
        elements,
        work,
        percentile(ours, 0.5),
        percentile(ours, 0.95),
        percentile(empty, 0.95),
        percentile(ours, 0.95) / percentile(empty, 0.95),
      ]);
    }
  }
  printTable(
    'Frames while scrolling, ms (goals: p95 at most 2 × an empty page’s, DOM below 3,000 elements); work: of the main thread in each, by the clock of the processor',
    ['', 'cells drawn', 'DOM elements', 'work', 'p50', 'p95', 'empty p95', 'ratio'],
    rows,
  );
}

/** Each frame a good part of a cell further, from the beginning. */
function scroll(page: Page, x: number, y: number): Promise<number[]> {
  return page.evaluate(
    async ({ right, down, count }) => {
      const grid = document.querySelector('[role=grid]')!;
      grid.scrollTo(0, 0);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const frames: number[] = [];
      let last = performance.now();
      for (let step = 0; step < count; step++) {
        grid.scrollBy(right * 36, down * 36);
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        frames.push(now - last);
        last = now;
      }
      if (grid.scrollLeft + grid.scrollTop < 500) throw new Error('The grid was not scrolled');
      return frames.slice(2);
    },
    { right: x, down: y, count: steps },
  );
}

async function emptyFrames(page: Page): Promise<number[]> {
  const empty = await browser.newPage();
  const frames = await empty.evaluate(async (count) => {
    const times: number[] = [];
    let last = performance.now();
    for (let step = 0; step < count; step++) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now - last);
      last = now;
    }
    return times.slice(2);
  }, steps);
  await empty.close();
  await page.bringToFront();
  return frames;
}

function countElements(page: Page): Promise<{ cells: number; elements: number }> {
  return page.evaluate(() => ({
    cells: document.querySelectorAll('[role=gridcell]').length,
    elements: document.querySelectorAll('*').length,
  }));
}
