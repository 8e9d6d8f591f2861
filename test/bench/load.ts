/// <reference lib="dom" />
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import sharp from 'sharp';
import { artifactSchema, type Artifact } from '../../graphs/artifact.ts';
import { edgeId, type Edge, type Graph, type GraphNode } from '../../graphs/graph.ts';
import { writeGraphFile } from '../../graphs/file.ts';
import { findBrowser } from '../e2e/browser.ts';
import { buildApp, startApp } from './built-app.ts';
import { handsOn, heapOf, installInputProbe, readInputProbe, traceTasks, watchHeap, type Probe } from './load-page.ts';
import {
  bareService,
  lookUpMany,
  missingFiles,
  peakMemory,
  processorSeconds,
  watchStream,
  type Watched,
} from './load-server.ts';
import { median, percentile, printTable, type Cell } from './report.ts';

/** Ten thousand edits through one server and one page, with somebody at the page all the time. */
const { values } = parseArgs({ options: { jobs: { type: 'string', default: '10000' } } });
const seeds = 100;
const prompts = Math.max(1, Math.round(Number(values.jobs) / seeds));
const jobs = prompts * seeds;

await buildApp();
const bare = await bareService(Math.min(jobs, 1000), promptOf);
const app = await startApp();
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => console.error(error));
  page.setDefaultTimeout(60_000);
  await page.addInitScript(installInputProbe);
  await openGraph(page, await upload());
  await handsOn(page, wait(15_000));
  const before = await readInputProbe(page, { forget: true });
  const stream = await watchStream(app.url);
  const heap = await watchHeap(page);
  const worked = processorSeconds(app.pid);
  const began = performance.now();
  await page.getByRole('button', { name: /^Run/ }).first().click();
  const tracing = traceTasks(browser, page, 20_000);
  await handsOn(page, made(page));
  const seconds = (performance.now() - began) / 1000;
  await stream.settled(jobs);
  printRun({ seconds, stream, worked: processorSeconds(app.pid) - worked });
  await printPage(page, { before, heap: await heap.stop(), traced: await tracing });
  await printLosses(page, stream);
  await printServer(stream);
} finally {
  await browser.close();
  await app.close();
}

function promptOf(number: number): string {
  return `rotate by ${1 + (number % prompts)} degrees, add film grain`;
}

async function upload(): Promise<Artifact> {
  const bytes = await sharp('app/samples/astronaut.png').resize(48, 32, { fit: 'cover' }).png().toBuffer();
  const response = await fetch(`${app.url}/api/pictures`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'image/png', 'x-editloom': '1' },
  });
  return artifactSchema.parse(await response.json());
}

/** One picture, two sweeps, one edit: and a card that is fed to nothing, to be typed into. */
function graphOf(picture: Artifact): Graph {
  const nodes: GraphNode[] = [];
  const edges: Edge[] = [];
  const add = (id: string, type: string, x: number, y: number, params: Record<string, unknown>) =>
    nodes.push({ id, type, version: 1, position: { x, y }, params });
  const connect = (from: string, fromPort: string, toPort: string) => {
    const end = { node: 'edit', port: toPort };
    edges.push({ id: edgeId(end), from: { node: from, port: fromPort }, to: end });
  };
  add('load', 'load-image', 0, 0, { picture: { ...picture, name: 'astronaut.png' } });
  add('prompts', 'prompt-sweep', 0, 500, {
    prompts: Array.from({ length: prompts }, (_, i) => promptOf(i)).join('\n'),
  });
  add('seeds', 'seed-sweep', 0, 900, { first: 1, count: seeds });
  add('edit', 'edit', 450, 0, { enable_thinking_mode: false, enable_reflection_mode: false, output_format: 'png' });
  add('notes', 'prompt', 900, 0, { text: '' });
  connect('load', 'image', 'image');
  connect('prompts', 'text', 'prompt');
  connect('seeds', 'seed', 'seed');
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
    takes: {},
  };
}

/** Puts the graph in by a file that is dropped on the canvas, as a user would. */
async function openGraph(page: Page, picture: Artifact): Promise<void> {
  await page.goto(app.url);
  await page.waitForSelector('.react-flow__node');
  const data = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'load.editloom.json', { type: 'application/json' }));
      return transfer;
    },
    writeGraphFile('Under load', graphOf(picture)),
  );
  const canvas = page.locator('.react-flow__pane');
  for (const event of ['dragenter', 'dragover', 'drop'])
    await canvas.dispatchEvent(event, { dataTransfer: data, clientX: 700, clientY: 300 });
  await page.locator('.react-flow__node[data-id="notes"]').waitFor();
  await page.getByRole('button', { name: 'Fit into view' }).click();
  await page.locator(`[data-to-pay="${jobs}"]`).waitFor();
}

function made(page: Page): Promise<void> {
  return page.locator(`[data-made="${jobs}"][data-to-pay="0"]`).waitFor({ timeout: 60 * 60_000 });
}

function printRun({ seconds, stream, worked }: { seconds: number; stream: Watched; worked: number }): void {
  printTable(
    `${jobs} edits, run from one page`,
    ['', ''],
    [
      ['seconds', seconds],
      ['edits a second', jobs / seconds],
      ['edits a second of the offline service alone, all sent at once', bare],
      ['share of that', jobs / seconds / bare],
      [
        'milliseconds of a processor that the server works for an edit, the offline service in it',
        (worked / jobs) * 1000,
      ],
      ['bytes on the event stream per edit (limit 1,000)', Math.round(stream.bytes() / jobs)],
      ['  in the first half', Math.round(stream.bytesOfFirstHalf() / (jobs / 2))],
      ['messages per edit', stream.messages() / jobs],
    ],
  );
}

async function printPage(
  page: Page,
  { before, heap, traced }: { before: Probe; heap: { peak: number; worked: number }; traced: readonly number[] },
): Promise<void> {
  const { events, longTasks } = await readInputProbe(page);
  const delays = events.map(({ delay }) => delay);
  const durations = events.map(({ duration }) => duration);
  const row = (name: string, list: readonly number[]): Cell[] => [
    name,
    list.length,
    median(list),
    percentile(list, 0.99),
    Math.max(0, ...list),
  ];
  printTable(
    'The page meanwhile, clicked, typed into and panned; ms',
    ['', 'how many', 'p50', 'p99', 'worst'],
    [
      row('from an input to its handler (limit 100)', delays),
      row('from an input to the frame that shows it', durations),
      row('long tasks (above 50)', longTasks),
      row('tasks of 20 s from the start, by the clock of the processor', traced),
      row(
        'before the run: from an input to its handler',
        before.events.map(({ delay }) => delay),
      ),
      row('before the run: long tasks', before.longTasks),
    ],
  );
  printTable(
    'JavaScript heap of the page, MB (limit 300)',
    ['', ''],
    [
      ['peak', heap.peak / 1e6],
      ['at the end, after a collection', (await heapOf(page, { collect: true })) / 1e6],
      ['milliseconds of a processor that the page works for an edit', (heap.worked / jobs) * 1000],
    ],
  );
}

/** Throws where anything is lost. */
async function printLosses(page: Page, stream: Watched): Promise<void> {
  const lost = await missingFiles(app.data, stream.artifacts());
  if (lost.length > 0 || stream.done() !== jobs)
    throw new Error(`Expected ${jobs} pictures, got ${stream.done()}, of which ${lost.length} are not there`);
  // It looks idle, but says why when it is pressed.
  await page.getByRole('button', { name: /^Run/ }).first().click({ force: true });
  await page.getByText('Everything in this graph is made already.').waitFor();
  const tracing = traceTasks(browser, page, 8000);
  const began = performance.now();
  await page.reload();
  await made(page);
  const reloaded = (performance.now() - began) / 1000;
  const { longTasks } = await readInputProbe(page);
  printTable(
    'Afterwards',
    ['', ''],
    [
      ['pictures on disk', jobs - lost.length],
      ['different ones', new Set(stream.artifacts()).size],
      ['seconds from a reload to everything shown as made', reloaded],
      ['longest task after the reload, ms', Math.max(0, ...longTasks)],
      ['  by the clock of the processor', (await tracing)[0] ?? NaN],
    ],
  );
}

async function printServer(stream: Watched): Promise<void> {
  const before = peakMemory(app.pid);
  const asked = await lookUpMany(app, [...stream.keys()], 100_000, 2000);
  const large = await lookUpMany(app, [...stream.keys()], 20_000, 20_000);
  await stream.close();
  const again = await watchStream(app.url, 0);
  const began = performance.now();
  await again.settled(jobs);
  const caughtUp = (performance.now() - began) / 1000;
  await again.close();
  printTable(
    'The server',
    ['', ''],
    [
      ['peak of resident memory in the run, MB (limit 400)', before / 1e6],
      ['  after the questions below', peakMemory(app.pid) / 1e6],
      [`seconds to look up 100,000 keys, ${jobs} of them known`, asked.seconds],
      ['  MB of answer', asked.bytes / 1e6],
      ['  longest wait of others meanwhile, ms', asked.longestMs()],
      ['  the same for 20,000 keys in one request', large.longestMs()],
      ['seconds for a page that missed everything to catch up', caughtUp],
    ],
  );
}
