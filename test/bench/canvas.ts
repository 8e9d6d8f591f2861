/// <reference lib="dom" />
import { chromium, type Page } from 'playwright';
import { writeGraphFile } from '../../graphs/file.ts';
import { findBrowser } from '../e2e/browser.ts';
import { buildApp, startApp } from './built-app.ts';
import { gestures } from './canvas-gestures.ts';
import { canvasGraph, uploadPictures } from './canvas-graph.ts';
import { installRenderCount, renderedCards, typeAndMeasure } from './canvas-probes.ts';
import { liteSurface, ourSurface, type Surface } from './canvas-surfaces.ts';
import { serveLiteGraph } from './litegraph-server.ts';
import { median, percentile, printTable, type Cell } from './report.ts';

/** A canvas of 1,000 cards with thumbnails, textareas and inputs, beside LiteGraph with similar nodes. */
const groups = Number(process.env.EDITLOOM_BENCH_GROUPS ?? 250);
const rounds = 3;
const viewport = { width: 1440, height: 900 };

await buildApp();
const app = await startApp();
const pictures = await uploadPictures(app.url, 25);
const graph = canvasGraph(groups, pictures);
const rival = await serveLiteGraph(graph, app.url, pictures);
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const ourPage = await browser.newPage({ viewport });
  const litePage = await browser.newPage({ viewport });
  for (const page of [ourPage, litePage]) page.on('pageerror', (error) => console.error(error));
  for (const page of [ourPage, litePage]) page.setDefaultTimeout(30_000);
  await ourPage.addInitScript(installRenderCount);
  await openAndMake(ourPage);
  await printLoads(ourPage, litePage);
  const ours = ourSurface(ourPage);
  const lite = liteSurface(litePage);
  await printGestures('all in view', ours, lite);
  await zoomTo(ours, 0.5);
  await printGestures('zoom 0.5', ours, lite);
  await zoomTo(ours, 1);
  await printTyping(ourPage);
} finally {
  await browser.close();
  rival.close();
  await app.close();
}

/** Puts the graph where the app keeps its draft, and has every edit made. */
async function openAndMake(page: Page): Promise<void> {
  await page.bringToFront();
  await page.goto(app.url);
  await untilShown(page);
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
    writeGraphFile('A thousand cards', graph),
  );
  await page.reload();
  await untilShown(page);
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await page.getByText('Everything is made', { exact: true }).waitFor({ timeout: 60_000 });
}

/** Cards are in the page, and the frame with them was handed over to be painted. */
async function untilShown(page: Page): Promise<number> {
  await page.waitForSelector('.react-flow__node');
  return page.evaluate(
    () => new Promise<number>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))),
  );
}

async function printLoads(ourPage: Page, litePage: Page): Promise<void> {
  const ours: number[] = [];
  const lite: number[] = [];
  for (let round = 0; round <= 4; round++) {
    await ourPage.bringToFront();
    await ourPage.goto(app.url);
    ours.push(await untilShown(ourPage));
    await litePage.bringToFront();
    await litePage.goto(rival.url);
    await litePage.waitForFunction(() => window.bench?.ready !== null && window.bench !== undefined);
    lite.push(await litePage.evaluate(() => window.bench.ready!));
  }
  printTable(
    `Canvas of ${groups * 4} cards: from the navigation to the first frame with cards, browser cache warm`,
    ['', 'ms', 'slowest', 'MB of JavaScript heap', 'DOM elements'],
    [
      ['Editloom', median(ours.slice(1)), Math.max(...ours), ...(await memoryOf(ourPage))],
      ['LiteGraph', median(lite.slice(1)), Math.max(...lite), ...(await memoryOf(litePage))],
    ],
  );
}

async function memoryOf(page: Page): Promise<[number, number]> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
  return [heap / 1e6, await page.evaluate(() => document.querySelectorAll('*').length)];
}

async function printGestures(title: string, ours: Surface, lite: Surface): Promise<void> {
  const view = await ours.view();
  await lite.page.evaluate((same) => window.bench.setView(same), view);
  const drawn = await ours.page.locator('.react-flow__node').count();
  const rows: Cell[][] = [];
  for (const [what, gesture] of gestures) {
    const frames = new Map<Surface, number[]>([
      [ours, []],
      [lite, []],
    ]);
    for (let round = 0; round < rounds; round++) {
      for (const [surface, list] of frames) {
        await surface.page.bringToFront();
        await surface.page.waitForTimeout(300);
        list.push(...(await gesture(surface)));
      }
    }
    const figures = [...frames.values()].map((list) => [median(list), percentile(list, 0.95), Math.max(...list)]);
    rows.push([what, ...figures.flat(), figures[0]![1]! / figures[1]![1]!]);
  }
  printTable(
    `Frames during the gesture in ms, ${title} (${drawn} of our cards drawn at scale ${view.scale.toFixed(2)})`,
    ['', 'Editloom p50', 'p95', 'worst', 'LiteGraph p50', 'p95', 'worst', 'p95 ratio'],
    rows,
  );
}

/** With the wheel over the middle, as a user would. */
async function zoomTo({ page, view, wheel, empty }: Surface, scale: number): Promise<void> {
  await page.bringToFront();
  const { x, y } = await empty();
  await page.mouse.move(x, y);
  for (let now = (await view()).scale; Math.abs(Math.log(now / scale)) > 0.06; now = (await view()).scale) {
    await page.mouse.wheel(0, now < scale ? -wheel : wheel);
    await page.waitForTimeout(30);
  }
  await page.waitForTimeout(500);
}

async function printTyping(page: Page): Promise<void> {
  await page.bringToFront();
  const { x, y } = await page.evaluate(() => {
    const spots = [...document.querySelectorAll('.react-flow__node textarea')].flatMap((field) => {
      const { left, top, width, height } = field.getBoundingClientRect();
      const spot = { x: left + width / 2, y: top + height / 2 };
      return document.elementFromPoint(spot.x, spot.y) === field ? [spot] : [];
    });
    if (spots.length === 0) throw new Error('There is no textarea in view');
    return spots[0]!;
  });
  await page.mouse.click(x, y);
  await page.waitForTimeout(500);
  await renderedCards(page);
  const typed = await typeAndMeasure(page, 'make it look like an old photograph');
  const { cards, components } = await renderedCards(page);
  const all = (pick: (key: (typeof typed)[number]) => number): Cell[] => {
    const list = typed.map(pick);
    return [median(list), percentile(list, 0.95), Math.max(...list)];
  };
  printTable(
    `Typing into one card, ${typed.length} keys; cards rendered: ${cards.length} (${cards.join(', ')}), components rendered per key: ${(components / typed.length).toFixed(1)}`,
    ['ms', 'p50', 'p95', 'worst'],
    [
      ['from the key to the next frame', ...all(({ toFrame }) => toFrame)],
      ['to when the frame is handed over', ...all(({ toPaint }) => toPaint)],
    ],
  );
}
