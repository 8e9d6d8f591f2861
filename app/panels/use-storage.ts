import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { HttpError } from '../api.ts';
import { readBrowserStorage, type BrowserStorage } from '../services/browser-storage.ts';
import { createStorageApi, type StorageApi } from '../services/storage-api.ts';
import type { CheckEvent, CleanRequest, Finding, StorageReply } from '../storage-wire.ts';
import { useEditor } from '../use-editor.ts';

export type CheckState = {
  readonly running: boolean;
  readonly checked: number;
  readonly total: number;
  readonly found: readonly Finding[];
  readonly end: Extract<CheckEvent, { type: 'end' }> | null;
  readonly failure: string | null;
};

const noCheck: CheckState = { running: false, checked: 0, total: 0, found: [], end: null, failure: null };

/** What the storage dialog shows, and what can be done there. Whatever changes the storage looks again afterwards. */
export function useStorage() {
  const { api, plans } = useEditor();
  const storage = useMemo(() => createStorageApi(api), [api]);
  const [reply, setReply] = useState<StorageReply | null>(null);
  const [browser, setBrowser] = useState<BrowserStorage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [check, setCheck] = useState(noCheck);
  const stop = useRef<AbortController | null>(null);

  const show = useCallback(({ seen, overview }: Awaited<ReturnType<typeof lookAt>>): void => {
    setBrowser(seen);
    setReply(overview);
  }, []);
  const fail = useCallback((error: unknown): null => {
    setFailure(error instanceof HttpError ? error.message : `This did not work: ${String(error)}`);
    return null;
  }, []);
  const doing = useCallback(
    async <T>(work: () => Promise<T>): Promise<T | null> => {
      setBusy(true);
      setFailure(null);
      try {
        const result = await work();
        show(await lookAt(storage));
        return result;
      } catch (error) {
        return fail(error);
      } finally {
        setBusy(false);
      }
    },
    [storage, show, fail],
  );
  /** What is here has changed, so the cards have to say something else. */
  const changing = useCallback(
    <T>(work: () => Promise<T>): Promise<T | null> =>
      doing(async () => {
        const result = await work();
        await plans.refresh();
        return result;
      }),
    [doing, plans],
  );

  useEffect(() => {
    lookAt(storage).then(show, fail);
    return () => stop.current?.abort();
  }, [storage, show, fail]);

  return {
    api: storage,
    reply,
    browser,
    failure,
    busy,
    check,
    fail,
    look: () => doing(() => Promise.resolve()),
    clean: (request: CleanRequest) => changing(() => storage.clean(request)),
    restore: (trash: string) => changing(() => storage.restore(trash)),
    async startCheck(): Promise<void> {
      const controller = new AbortController();
      stop.current = controller;
      setCheck({ ...noCheck, running: true });
      await changing(async () => {
        try {
          await storage.check((event) => setCheck((before) => afterEvent(before, event)), controller.signal);
        } catch (error) {
          if (!controller.signal.aborted) throw error;
        } finally {
          setCheck((before) => ({ ...before, running: false }));
        }
      });
    },
    stopCheck: (): void => stop.current?.abort(),
  };
}

export type StorageState = ReturnType<typeof useStorage>;

async function lookAt(storage: StorageApi) {
  const seen = await readBrowserStorage().catch(() => null);
  // First, so that no picture of an open graph is called left over.
  if (seen && seen.named.length > 0) await storage.name(seen.named);
  return { seen, overview: await storage.overview() };
}

function afterEvent(state: CheckState, event: CheckEvent): CheckState {
  switch (event.type) {
    case 'progress':
      return { ...state, checked: event.checked, total: event.total };
    case 'found':
      return { ...state, found: [...state.found, event] };
    case 'end':
      return { ...state, end: event };
    case 'failed':
      return { ...state, failure: event.message };
  }
}
