/// <reference lib="dom" />
import type { Browser, Page } from 'playwright';

export type Probe = { events: { delay: number; duration: number; name: string }[]; longTasks: number[] };

/** Notes every input's way through the page and every long task; to be installed before the page's own scripts. */
export function installInputProbe(): void {
  const probe: Probe = { events: [], longTasks: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[])
      probe.events.push({
        name: entry.name,
        delay: entry.processingStart - entry.startTime,
        duration: entry.duration,
      });
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) probe.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  Object.assign(window, { inputProbe: probe });
}

export function readInputProbe(page: Page, { forget = false } = {}): Promise<Probe> {
  return page.evaluate((isForgotten) => {
    const { inputProbe } = window as unknown as { inputProbe: Probe };
    const { events, longTasks } = inputProbe;
    if (isForgotten) Object.assign(inputProbe, { events: [], longTasks: [] });
    return { events, longTasks };
  }, forget);
}

/** Types, clicks and pans, over and over, until it is done. */
export async function handsOn(page: Page, until: Promise<unknown>): Promise<void> {
  let goesOn = true;
  const ended = until.finally(() => (goesOn = false));
  const work = async () => {
    const field = page.locator('.react-flow__node[data-id="notes"] textarea');
    const cells = page.locator('.react-flow__node[data-id="edit"] [role="option"]');
    for (let round = 0; goesOn; round++) {
      await field.click();
      await page.keyboard.type(`note ${round} `, { delay: 30 });
      await cells
        .nth(1 + (round % 23))
        .click({ timeout: 5000 })
        .catch(() => undefined);
      await page.mouse.move(1000, 700);
      for (const way of [1, -1])
        for (let step = 0; step < 10; step++) {
          await page.mouse.wheel(0, way * 30);
          await page.waitForTimeout(20);
        }
      await page.mouse.click(1000, 700);
      await page.keyboard.press('Escape');
    }
  };
  await Promise.all([ended, work()]);
}

/** Bytes of the JavaScript heap in use. */
export async function heapOf(page: Page, { collect }: { collect: boolean }): Promise<number> {
  const session = await page.context().newCDPSession(page);
  if (collect) await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
}

/** Looks at the heap every half second, and how long the page's thread has worked. */
export async function watchHeap(page: Page): Promise<{ stop: () => Promise<{ peak: number; worked: number }> }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  let peak = 0;
  let worked = 0;
  const look = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const valueOf = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
    peak = Math.max(peak, valueOf('JSHeapUsedSize'));
    worked = valueOf('ThreadTime');
  };
  await look();
  const workedBefore = worked;
  const timer = setInterval(() => void look().catch(() => undefined), 500);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      await session.detach();
      return { peak, worked: worked - workedBefore };
    },
  };
}

type TraceEvent = { name: string; ph: string; pid: number; tid: number; tdur?: number; args?: { name?: string } };

/**
 * The tasks of the page's thread for a while, in milliseconds of the processor: what else the machine does meanwhile
 * doesn't count. Longest first.
 */
export async function traceTasks(browser: Browser, page: Page, forMs: number): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await page.waitForTimeout(forMs);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const tasks = new Map<string, number[]>();
  const threads = new Set<string>();
  for (const { name, ph, pid, tid, tdur, args } of traceEvents) {
    const thread = `${pid} ${tid}`;
    if (name === 'thread_name' && args?.name === 'CrRendererMain') threads.add(thread);
    if (ph !== 'X' || tdur === undefined || !name.endsWith('RunTask')) continue;
    const list = tasks.get(thread);
    if (list) list.push(tdur / 1000);
    else tasks.set(thread, [tdur / 1000]);
  }
  const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
  // Of the pages of this browser it is the one that works.
  const ours = [...threads].map((thread) => tasks.get(thread) ?? []).toSorted((a, b) => sum(b) - sum(a))[0];
  return (ours ?? []).toSorted((a, b) => b - a);
}
