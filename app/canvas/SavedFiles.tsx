import { Copy, Download, FileImage, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { SavedFile } from '../../graphs/node-type.ts';
import { useEditor, useServer } from '../use-editor.ts';
import styles from './Results.module.css';
import { useCanvas } from './view.ts';

/** The end of a name tells files apart: it is never cut away. */
const TAIL = 16;

/** The files that a node wrote: each as a link, their folder, and all of them as one zip; one of them is shown. */
export default function SavedFiles(props: { files: readonly SavedFile[]; sheet: SavedFile | null; most: number }) {
  const { files, sheet, most } = props;
  const { api, document: graphDocument } = useEditor();
  const { notice } = useCanvas();
  const folder = useServer((state) => state.reply?.service.outputsFolder);
  const [all, setAll] = useState(false);
  const [zipping, setZipping] = useState(false);
  const shown = all ? files : files.slice(0, most);

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      notice({ kind: 'error', text: (error as Error).message });
    }
  }

  async function zip(): Promise<void> {
    setZipping(true);
    await attempt(async () =>
      download(await api.zip(files.map(({ file }) => file)), `${graphDocument.get().title}.zip`),
    );
    setZipping(false);
  }

  return (
    <div className={styles.files}>
      {sheet && (
        <a
          className={`${styles.sheet} nodrag`}
          href={sheet.url}
          target="_blank"
          rel="noreferrer"
          aria-label={`Open ${sheet.file} in a tab of its own`}
        >
          <img src={`${sheet.url}?size=large`} alt="" decoding="async" draggable={false} />
        </a>
      )}
      <ul className={all ? 'nowheel' : undefined}>
        {shown.map(({ file, url }) => (
          <li key={file}>
            <a className="nodrag" href={url} target="_blank" rel="noreferrer" title={file} aria-label={file}>
              <FileImage size={13} aria-hidden />
              <span>{file.slice(0, -TAIL)}</span>
              <span className={styles.tail}>{file.slice(-TAIL)}</span>
            </a>
          </li>
        ))}
      </ul>
      {files.length > most && (
        <button type="button" className={`${styles.textButton} nodrag`} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${files.length}`}
        </button>
      )}
      <div className={styles.fileActions}>
        <button type="button" className={`${styles.action} nodrag`} onClick={() => void attempt(api.openOutputsFolder)}>
          <FolderOpen size={13} aria-hidden /> Open folder
        </button>
        <button type="button" className={`${styles.action} nodrag`} disabled={zipping} onClick={() => void zip()}>
          <Download size={13} aria-hidden /> Zip of {files.length === 1 ? 'it' : `all ${files.length}`}
        </button>
      </div>
      {folder && (
        <button
          type="button"
          className={`${styles.folder} nodrag`}
          title="Copy the folder’s path"
          aria-label={`Copy the folder’s path, ${folder}`}
          onClick={() =>
            void attempt(async () => {
              await navigator.clipboard.writeText(folder);
              notice({ kind: 'info', text: 'The folder’s path is copied.' });
            })
          }
        >
          <span>
            <bdi>{folder}</bdi>
          </span>
          <Copy size={12} aria-hidden />
        </button>
      )}
    </div>
  );
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
