import type { Runs } from './runs.ts';

/** Where a tab remembers over a reload or a crash; the browser's sessionStorage. */
export type TabMemory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const name = 'editloom-run';

/** The title of the graph whose run the last page of this tab did not see the end of. */
export function interruptedRun(memory: TabMemory | null): string | null {
  return memory?.getItem(name) ?? null;
}

/** Remembers a run for as long as it goes on; returns its remover. */
export function rememberRuns(runs: Runs, memory: TabMemory | null, title: () => string): () => void {
  return runs.store.subscribe(({ run }, before) => {
    if (run?.status === before.run?.status && run?.startedAt === before.run?.startedAt) return;
    if (run?.status === 'running') memory?.setItem(name, title());
    else memory?.removeItem(name);
  });
}

/** A browser that lets no page store anything throws at the mere look. */
export function sessionMemory(): TabMemory | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
