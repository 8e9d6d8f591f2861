import { useEffect, useState } from 'react';
import { useEditor } from '../use-editor.ts';
import type { ExportGrid, SheetOptions } from './wire.ts';

export type Preview =
  | { readonly state: 'loading'; readonly before: SheetPreview | null }
  | { readonly state: 'failed'; readonly message: string }
  | ({ readonly state: 'ready' } & SheetPreview);

export type SheetPreview = {
  readonly url: string;
  readonly pages: number;
  /** Signs that cannot be drawn. */
  readonly missing: string;
};

/** A sheet of more cells than this is previewed by its beginning. */
const mostPreviewed = 600;
const pause = 250;

/** The first page of a sheet, drawn by the server a moment after the last change. */
export function usePreview(grid: ExportGrid | null, sheet: SheetOptions): Preview {
  const { api } = useEditor();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const chosen = JSON.stringify(sheet);

  useEffect(() => {
    if (!grid || grid.cells.length === 0) return;
    const gone = new AbortController();
    const timer = setTimeout(() => void draw().catch(() => undefined), pause);

    async function draw(): Promise<void> {
      const body = JSON.stringify({
        id: crypto.randomUUID(),
        grid: { ...grid, cells: grid!.cells.slice(0, mostPreviewed).map(({ steps: _, ...cell }) => cell) },
        output: { type: 'preview', sheet: JSON.parse(chosen) as SheetOptions },
      });
      try {
        const headers = { 'Content-Type': 'application/json' };
        const response = await api.ask('/api/exports', { method: 'POST', headers, body, signal: gone.signal });
        const url = URL.createObjectURL(await response.blob());
        if (gone.signal.aborted) return URL.revokeObjectURL(url);
        const pages = grid!.cells.length > mostPreviewed ? 0 : Number(response.headers.get('x-editloom-pages') ?? 1);
        const missing = decodeURIComponent(response.headers.get('x-editloom-missing') ?? '');
        setAnswer({ grid: grid!, chosen, preview: { state: 'ready', url, pages, missing } });
      } catch (error) {
        if (!gone.signal.aborted)
          setAnswer({ grid: grid!, chosen, preview: { state: 'failed', message: (error as Error).message } });
      }
    }

    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [api, grid, chosen]);
  // A picture that is shown no more needs its address no more.
  const url = answer?.preview.state === 'ready' ? answer.preview.url : null;
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url]);

  if (answer?.grid === grid && answer?.chosen === chosen) return answer.preview;
  return { state: 'loading', before: answer?.preview.state === 'ready' ? answer.preview : null };
}

type Answer = {
  readonly grid: ExportGrid;
  readonly chosen: string;
  readonly preview: Exclude<Preview, { state: 'loading' }>;
};
