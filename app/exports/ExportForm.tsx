import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { writeGraphFile } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import { download } from '../file-pickers.ts';
import { Modal } from '../panels/Modal.tsx';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useEditor } from '../use-editor.ts';
import styles from './ExportDialog.module.css';
import { FormatChoice, FormatOptions } from './ExportOptions.tsx';
import { ExportPreview } from './ExportPreview.tsx';
import type { gatherCells } from './gather.ts';
import { makeFile, type FileProgress } from './make-file.ts';
import { rememberedOptions, rememberOptions, type ExportOptions } from './options.ts';
import { countWords } from './sheet.ts';
import type { ExportGrid } from './wire.ts';

/** What of the gathering is up to the format. */
export type Wanted = Pick<Parameters<typeof gatherCells>[0], 'which' | 'rows' | 'columns' | 'with'>;

type FormProps = {
  grid: ExportGrid | null;
  gather: (some: Partial<Wanted>) => ExportGrid | null;
  /** The document whose graph travels inside the pictures. */
  graph: (() => { title: string; graph: Graph }) | null;
  nothing: string;
  children?: ReactNode;
  onClose: () => void;
};

/** Format, options, preview and progress, whatever it is that is exported. */
export function ExportForm({ grid, gather, graph, nothing, children, onClose }: FormProps) {
  const { api } = useEditor();
  const { tell } = useShell();
  const id = useId();
  const memory = storage();
  const [options, setOptions] = useState(() => rememberedOptions(memory));
  const [work, setWork] = useState<FileProgress | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  function set(some: Partial<ExportOptions>): void {
    const next = { ...options, ...some };
    setOptions(next);
    setRefusal(null);
    rememberOptions(memory, next);
  }

  async function make(): Promise<void> {
    const mine = new AbortController();
    running.current = mine;
    setRefusal(null);
    setWork({ done: 0, total: grid!.cells.length, bytes: 0 });
    const steps = options.format === 'page';
    const provenance = (options.format === 'zip' && options.details) || (options.format === 'json' && options.steps);
    try {
      const gathered = gather({ with: { steps, provenance } })!;
      const whole =
        options.format === 'zip' && options.details && graph ? { ...gathered, graph: graphFileOf(graph()) } : gathered;
      const { signal } = mine;
      const file = await makeFile({ api, grid: whole, chosen: options, signal, progress: setWork });
      if (signal.aborted) return;
      download(window, file.name, file.content);
      tell({ kind: 'info', text: `“${file.name}” was downloaded.` });
      onClose();
    } catch (error) {
      if (!mine.signal.aborted) setRefusal((error as Error).message);
    } finally {
      if (running.current === mine) running.current = null;
      setWork(null);
    }
  }

  if (!grid) return <Modal title="Export" lead={nothing} onClose={onClose} />;
  return (
    <Modal
      wide
      title="Export"
      lead={`${grid.subject} · ${grid.cells.length === 0 ? 'no cells' : countWords(grid.cells)}`}
      onClose={onClose}
      footer={
        <>
          <div className={styles.state} aria-live="polite">
            {refusal !== null && <p className={styles.refusal}>{refusal}</p>}
            {work && <Progress work={work} />}
          </div>
          <button type="button" className={ui.button} onClick={() => (work ? running.current?.abort() : onClose())}>
            {work ? 'Stop' : 'Cancel'}
          </button>
          <button type="submit" form={id} className={ui.primary} disabled={work !== null || grid.cells.length === 0}>
            Export
          </button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!work && grid.cells.length > 0) void make();
        }}
      >
        <div className={styles.options}>
          {children}
          <FormatChoice options={options} set={set} />
          <FormatOptions options={options} set={set} />
        </div>
        <div className={styles.preview}>
          <ExportPreview grid={grid} options={options} />
        </div>
      </form>
    </Modal>
  );
}

function Progress({ work: { done, total, bytes } }: { work: FileProgress }) {
  const size = bytes === 0 ? '' : ` · ${(bytes / 1e6).toFixed(1)} MB`;
  return (
    <div className={styles.progress}>
      <progress max={Math.max(1, total)} value={done} aria-label="How far the export is" />
      <span>
        {done.toLocaleString('en')} of {total.toLocaleString('en')}
        {size}
      </span>
    </div>
  );
}

const graphFileOf = ({ title, graph }: { title: string; graph: Graph }): unknown =>
  JSON.parse(writeGraphFile(title, graph));

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
