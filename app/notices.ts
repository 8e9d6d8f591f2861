import { HttpError } from './api.ts';

export type NoticeAction = {
  readonly label: string;
  readonly act: () => void;
  /** Holds for the graph as it is now: not offered any more once that is changed. */
  readonly untilChange?: boolean;
};
export type AppNotice = { readonly kind: 'info' | 'error'; readonly text: string; readonly action?: NoticeAction };
export type Notices = ReturnType<typeof createNotices>;

/** Short messages for the user. What is told before somebody shows them is kept until then. */
export function createNotices() {
  let waiting: AppNotice[] = [];
  let show: ((notice: AppNotice) => void) | null = null;
  let told = false;
  const onFirst = new Set<() => void>();

  function tell(notice: AppNotice): void {
    if (show) show(notice);
    else waiting.push(notice);
    if (told) return;
    told = true;
    for (const listener of onFirst) listener();
  }

  return {
    tell,
    /** A lost connection to our server has its own banner, so it is not told here as well. */
    tellError: (error: unknown): void => {
      if (error instanceof HttpError && error.status === 0) return;
      if (error instanceof DOMException && error.name === 'AbortError') return;
      console.error(error);
      tell({ kind: 'error', text: error instanceof Error ? error.message : String(error) });
    },
    /** What shows notices is loaded with the first one. */
    anyTold: (): boolean => told,
    subscribeFirst: (listener: () => void): (() => void) => {
      onFirst.add(listener);
      return () => onFirst.delete(listener);
    },
    subscribe: (listener: (notice: AppNotice) => void): (() => void) => {
      show = listener;
      for (const notice of waiting) listener(notice);
      waiting = [];
      return () => (show = null);
    },
  };
}
