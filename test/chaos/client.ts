import type { BrowserContext, Page } from 'playwright';

export type Outlook = {
  /** What the Run bar is about: pressing Run would do something, it is running, or there is nothing to do. */
  state: 'ready' | 'running' | 'idle' | 'other';
  edits: number;
  made: number;
  toPay: number;
  underway: number;
  stuck: number;
  unknown: number;
  forgotten: number;
  blocked: number;
  toSave: number;
};

export type Press = { toPay: number; underway: number };

export type Client = ReturnType<typeof createClient>;

/** A person at the page: looks at the Run bar, presses Run and Stop, reloads, closes and opens. */
export function createClient(context: BrowserContext, url: () => string) {
  const complaints: string[] = [];
  let page: Page | null = null;

  function listen(to: Page): void {
    to.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    to.on('pageerror', (error) => complaints.push(`${error.message}\n${error.stack ?? ''}`));
    to.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  }

  /** False where the server does not answer, or the page went away meanwhile. */
  async function tried(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (/net::ERR_|closed|Timeout|interrupted|ERR_ABORTED|navigat|context was destroyed/i.test(String(error)))
        return false;
      throw error;
    }
  }

  return {
    complaints,
    async open(): Promise<boolean> {
      if (!page || page.isClosed()) {
        page = await context.newPage();
        listen(page);
      }
      const opened = page;
      return tried(() => opened.goto(url(), { waitUntil: 'commit', timeout: 20_000 }));
    },
    reload: async (): Promise<boolean> =>
      page !== null && tried(() => page!.reload({ waitUntil: 'commit', timeout: 20_000 })),
    async close(): Promise<void> {
      const closing = page;
      page = null;
      await closing?.close();
    },
    /** Puts a graph file on the canvas, as if dropped from the desktop. */
    async drop(name: string, text: string): Promise<void> {
      const canvas = page!.locator('.react-flow__pane');
      await canvas.waitFor({ timeout: 60_000 });
      await canvas.evaluate(
        (pane, { fileName, content }) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], fileName, { type: 'application/json' }));
          for (const type of ['dragenter', 'dragover', 'drop'])
            pane.dispatchEvent(
              new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer, clientX: 700, clientY: 300 }),
            );
        },
        { fileName: name, content: text },
      );
    },
    /** What the Run bar says; null where there is none to be seen. */
    async look(): Promise<Outlook | null> {
      let outlook: Outlook | null = null;
      if (page && !page.isClosed()) await tried(async () => (outlook = await page!.evaluate(readRunBar, 0)));
      return outlook;
    },
    /** Presses Run, where it can be pressed, and answers with what the bar had promised at that very moment. */
    async press(times: number): Promise<Press | null> {
      let outlook: Outlook | null = null;
      if (page && !page.isClosed()) await tried(async () => (outlook = await page!.evaluate(readRunBar, times)));
      const seen = outlook as Outlook | null;
      return seen?.state === 'ready' ? { toPay: seen.toPay, underway: seen.underway } : null;
    },
    async stop(): Promise<boolean> {
      let stopped = false;
      const click = () =>
        page!.evaluate(() => {
          const buttons = [...document.querySelectorAll<HTMLButtonElement>('section[aria-label="Run"] button')];
          const stop = buttons.find((button) => button.textContent?.trim() === 'Stop');
          stop?.click();
          return stop !== undefined;
        });
      if (page && !page.isClosed()) await tried(async () => (stopped = await click()));
      return stopped;
    },
    /** The page itself, for what is done with mouse and keyboard. */
    page: (): Page => page!,
    async shiftClock(milliseconds: number): Promise<void> {
      const shift = () => page!.evaluate((by) => void Object.assign(globalThis, { chaosShift: by }), milliseconds);
      if (page && !page.isClosed()) await tried(shift);
    },
    /** Every text in the page's databases that is a graph file. */
    async drafts(): Promise<string[]> {
      return page!.evaluate(readDrafts);
    },
  };
}

/** Runs before the page's own code: a clock that can be shifted. */
export function shiftableClock(): void {
  const RealDate = Date;
  const shift = (): number => (globalThis as { chaosShift?: number }).chaosShift ?? 0;
  globalThis.Date = class extends RealDate {
    constructor(...parts: []) {
      if (parts.length === 0) super(RealDate.now() + shift());
      else super(...parts);
    }
    static override now(): number {
      return RealDate.now() + shift();
    }
  } as DateConstructor;
}

/** In the page. Reading and pressing are one step, so nothing can come between the promise and the press. */
function readRunBar(times: number): Outlook | null {
  const bar = document.querySelector('section[aria-label="Run"]');
  if (!bar) return null;
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>('button')];
  const run = buttons.find((button) => button.textContent?.trim() === 'Run');
  const words = bar.querySelector('p[data-to-pay] > span')?.textContent ?? '';
  const number = (pattern: RegExp, text = words): number => Number(pattern.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
  const isRunning = bar.querySelector('[role="progressbar"]') !== null;
  const isCounted = words !== '' && run !== undefined;
  const isReady = isCounted && run.getAttribute('aria-disabled') !== 'true';
  const outlook: Outlook = {
    state: 'other',
    edits: number(/([\d,]+) edits?\b/),
    made: number(/([\d,]+) already made/),
    toPay: number(/([\d,]+) to pay/),
    underway: number(/([\d,]+) underway/),
    stuck: number(/([\d,]+) stuck/),
    unknown: number(/([\d,]+) edits? ha(?:s|ve) an unknown outcome/, bar.textContent),
    forgotten: number(/([\d,]+) forgotten/),
    blocked: number(/([\d,]+) blocked/),
    toSave: number(/([\d,]+) files? to save/),
  };
  const isLeft = outlook.toPay + outlook.underway + outlook.toSave > 0;
  // The button rests for a moment after it was pressed, too.
  outlook.state = isRunning ? 'running' : isReady && isLeft ? 'ready' : isCounted && !isLeft ? 'idle' : 'other';
  for (let i = 0; isReady && i < times; i++) run.click();
  return outlook;
}

/** In the page. */
async function readDrafts(): Promise<string[]> {
  const found: string[] = [];
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
    });
  const textsIn = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : value && typeof value === 'object'
        ? Object.values(value).flatMap(textsIn)
        : [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name!));
    for (const store of database.objectStoreNames) {
      const values: unknown[] = await done(database.transaction(store).objectStore(store).getAll());
      found.push(...values.flatMap(textsIn).filter((text) => text.includes('"editloom-graph"')));
    }
    database.close();
  }
  return found;
}
