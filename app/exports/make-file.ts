import { HttpError, type Api } from '../api.ts';
import { csvOf } from './csv.ts';
import { manifestOf } from './manifest.ts';
import { outputOf, type ExportOptions } from './options.ts';
import { exportProgressSchema, mostExportCells, type ExportGrid, type ExportRequest } from './wire.ts';

export type MadeFile = { readonly name: string; readonly content: Blob };
export type FileProgress = { readonly done: number; readonly total: number; readonly bytes: number };

/** Of what has arrived, so much is held in one piece before the browser may put it aside. */
const pieceBytes = 16_000_000;
const askEvery = 400;

export async function makeFile(options: {
  readonly api: Pick<Api, 'ask'>;
  readonly grid: ExportGrid;
  readonly chosen: ExportOptions;
  readonly signal: AbortSignal;
  readonly progress: (progress: FileProgress) => void;
}): Promise<MadeFile> {
  const { grid, chosen } = options;
  const stem = fileStem(`${grid.title} - ${grid.subject}`);
  if (chosen.format === 'csv')
    return { name: `${stem}.csv`, content: new Blob([csvOf(grid, chosen)], { type: 'text/csv;charset=utf-8' }) };
  if (chosen.format === 'json') {
    const text = `${JSON.stringify(jsonOf(grid), null, 2)}\n`;
    return { name: `${stem}.json`, content: new Blob([text], { type: 'application/json' }) };
  }
  if (grid.cells.length > mostExportCells)
    throw new Error(
      `These are ${grid.cells.length.toLocaleString('en')} cells; one such file takes at most ${mostExportCells.toLocaleString('en')}. Export a selection, or a table.`,
    );
  const output = outputOf(chosen)!;
  const table = output.type === 'zip' && chosen.table ? { table: csvOf(grid, chosen) } : {};
  return fetchFile(options, { ...output, ...table });
}

/** With every step, where they were gathered. */
function jsonOf(grid: ExportGrid): object {
  const withSteps = grid.cells.map((cell) =>
    cell.provenance === undefined
      ? cell
      : { ...cell, record: { ...(cell.record as object | undefined), provenance: cell.provenance } },
  );
  return manifestOf({ ...grid, cells: withSteps }, new Date());
}

async function fetchFile(
  { api, grid, signal, progress }: Parameters<typeof makeFile>[0],
  output: ExportRequest['output'],
): Promise<MadeFile> {
  const id = crypto.randomUUID();
  let bytes = 0;
  let latest = { done: 0, total: grid.cells.length };
  let over = false;
  const ask = async () => exportProgressSchema.parse(await (await api.ask(`/api/exports/${id}`, { signal })).json());
  const tell = (): void => progress({ ...latest, bytes });

  /** Each question waits for the answer before it; none is asked once the file is there. */
  async function watch(): Promise<void> {
    while (!over && !signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, askEvery));
      if (over || signal.aborted) return;
      latest = await ask();
      tell();
    }
  }

  try {
    const request: ExportRequest = { id, grid, output };
    const response = await api.ask('/api/exports', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    });
    void watch().catch(() => undefined);
    const content = await collect(response, (count) => {
      bytes += count;
      tell();
    });
    return { name: nameIn(response) ?? 'export', content };
  } catch (error) {
    over = true;
    if (signal.aborted || error instanceof HttpError) throw error;
    // The answer had begun when it broke off; the server remembers why.
    const told = await ask().catch(() => null);
    throw new Error(told?.error ?? 'The export broke off while it arrived. Try again.', { cause: error });
  } finally {
    over = true;
  }
}

/** In large pieces, which a browser keeps on the disk rather than in its memory. */
async function collect(response: Response, arrived: (bytes: number) => void): Promise<Blob> {
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  const pieces: Blob[] = [];
  let open: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const close = (): void => {
    pieces.push(new Blob(open));
    open = [];
    size = 0;
  };
  const reader = response.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    open.push(value);
    size += value.length;
    arrived(value.length);
    if (size >= pieceBytes) close();
  }
  close();
  return new Blob(pieces, { type });
}

function nameIn(response: Response): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : null;
}

/** A name that every system takes. */
function fileStem(text: string): string {
  const name = text
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return [...name].slice(0, 100).join('').trim() || 'export';
}
