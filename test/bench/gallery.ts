/// <reference lib="dom" />
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { galleryPageSchema, type GalleryAsk } from '../../app/gallery-wire.ts';
import { findBrowser } from '../e2e/browser.ts';
import { buildApp, startApp, type RunningApp } from './built-app.ts';
import { fillGallery } from './gallery-data.ts';
import { median, percentile, printTable } from './report.ts';

/** A gallery of 20,000 pictures: its index, the server’s answers, and the page. */
const count = 20_000;
const rounds = 15;
const questions: [name: string, ask: GalleryAsk][] = [
  ['newest 100', {}],
  ['one word, all of them', { filter: { words: 'background' } }],
  ['two words, one in ten', { filter: { words: 'back teal' } }],
  ['three beginnings', { filter: { words: 'wat sub 19' } }],
  ['no such word', { filter: { words: 'zebra' } }],
  [
    'graph, axis value and rating',
    { filter: { graphs: ['Portraits'], values: [{ title: 'Colour', value: 'teal' }], rating: 3 } },
  ],
  ['page 190 of 200', { offset: 19_000 }],
];

await buildApp();
const data = mkdtempSync(join(tmpdir(), 'editloom-bench-'));
await fillGallery(data, count, Date.now());
const app = await startApp(data);
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  await printIndex();
  await printServer();
  await printPage();
} finally {
  await browser.close();
  await app.close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function ask(path: string, question: unknown, { url }: RunningApp = app): Promise<unknown> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-editloom': '1' },
    body: JSON.stringify(question),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

/** From an empty index to a whole one, while everything else is answered. */
async function printIndex(): Promise<void> {
  const waits: number[] = [];
  const took = await timed(async () => {
    for (;;) {
      const { rebuilding, total } = galleryPageSchema.parse(await ask('/api/gallery', { limit: 1 }));
      waits.push(await timed(() => fetch(`${app.url}/api/service`).then((answer) => answer.text())));
      if (rebuilding === null && total === count) break;
    }
  });
  printTable(
    `Index of ${count} pictures, made anew`,
    ['', 'ms'],
    [
      ['until it is whole', took],
      ['another question meanwhile, median', median(waits)],
      ['the longest of them', Math.max(...waits)],
    ],
  );
}

async function printServer(): Promise<void> {
  const rows: [string, number, number][] = [];
  const baseline = [];
  for (let round = 0; round < rounds; round++)
    baseline.push(await timed(() => fetch(`${app.url}/api/service`).then((answer) => answer.text())));
  for (const [name, question] of questions) {
    const [pages, facets]: number[][] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      // What was found for the words before is kept, so that each round has to look them up anew.
      await ask('/api/gallery', { filter: { words: `other words ${round}` }, limit: 0 });
      pages!.push(await timed(() => ask('/api/gallery', question)));
      facets!.push(await timed(() => ask('/api/gallery/facets', { filter: question.filter ?? {} })));
    }
    rows.push([name, median(pages!.slice(1)), median(facets!.slice(1))]);
  }
  printTable(
    `Answers of the server, median of ${rounds} in ms (a question that needs no work: ${median(baseline).toFixed(1)})`,
    ['', 'pictures', 'counts of the filters'],
    rows,
  );
}

async function printPage(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => console.error(error));
  await page.goto(app.url);
  await page.waitForSelector('.react-flow__node');
  const opens: number[] = [];
  for (let round = 0; round < 6; round++) {
    opens.push(await openGallery(page));
    if (round < 5) await closeGallery(page);
  }
  const searches: number[] = [];
  for (const words of ['teal', 'neon', 'water', 'subject number 12', 'film', 'ivory back'])
    searches.push(await search(page, words));
  await search(page, '');
  const tiles = await page.evaluate(() => document.querySelectorAll('[role="gridcell"]').length);
  const elements = await page.evaluate(() => document.querySelectorAll('[role="dialog"] *').length);
  const frames = await scroll(page);
  const empty = await emptyFrames();
  printTable(
    `The page, ${count} pictures with warm thumbnails`,
    ['', 'first', 'median', 'longest'],
    [
      ['opens, ms', opens[0]!, median(opens.slice(1)), Math.max(...opens)],
      ['search, from the key to the pictures, ms', searches[0]!, median(searches), Math.max(...searches)],
    ],
  );
  printTable(
    'Scrolling through all of it',
    ['', 'p50 ms', 'p95 ms', 'p99 ms'],
    [
      ['gallery', percentile(frames, 0.5), percentile(frames, 0.95), percentile(frames, 0.99)],
      ['a page with nothing on it', percentile(empty, 0.5), percentile(empty, 0.95), percentile(empty, 0.99)],
    ],
  );
  console.log(`${tiles} of ${count} pictures on the page, ${elements} elements`);
}

/** Until the pictures in view are drawn. */
function openGallery(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const began = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', code: 'KeyP', bubbles: true }));
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const images = [...document.querySelectorAll<HTMLImageElement>('[role="gridcell"] img')];
      if (images.length > 20 && images.every((image) => image.complete && image.naturalWidth > 0)) break;
    }
    return performance.now() - began;
  });
}

async function closeGallery(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.waitForSelector('[role="grid"][aria-label="Pictures"]', { state: 'detached' });
}

/** From the last letter to the pictures that were found. */
function search(page: Page, words: string): Promise<number> {
  return page.evaluate(async (text) => {
    const field = document.querySelector<HTMLInputElement>('input[type="search"][aria-label="Search in prompts"]')!;
    const found = () =>
      document.querySelector('[role="dialog"] header [role="status"]')?.textContent +
      String(document.querySelector<HTMLElement>('[role="gridcell"]')?.dataset.key);
    const before = found();
    const began = performance.now();
    // React notes what it wrote itself, so the value goes in below its hands.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (found() !== before && document.querySelector('[role="gridcell"][data-key]')) break;
    }
    return performance.now() - began;
  }, words);
}

function scroll(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const scroller = document.querySelector('[role="grid"][aria-label="Pictures"]')!.parentElement!;
    const frames: number[] = [];
    let before = performance.now();
    for (let frame = 0; frame < 240; frame++) {
      scroller.scrollTop += 400;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      frames.push(now - before);
      before = now;
    }
    return frames.slice(2);
  });
}

async function emptyFrames(): Promise<number[]> {
  const empty = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const frames = await empty.evaluate(async () => {
    const times: number[] = [];
    let before = performance.now();
    for (let frame = 0; frame < 240; frame++) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now - before);
      before = now;
    }
    return times.slice(2);
  });
  await empty.close();
  return frames;
}
