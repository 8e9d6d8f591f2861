import { ImagePlus, LoaderCircle, Replace } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import cardStyles from './Card.module.css';
import styles from './Field.module.css';
import type { ControlProps } from './FieldRow.tsx';

/** A picture as a parameter: choose, drop or paste a file; shows it with its name and size. */
export function PictureField({ id, field, input, problem }: ControlProps) {
  const { api, document } = useEditor();
  const readOnly = useReadOnly();
  const picture = useDocument(
    (state) => (state.graph.nodes[id]?.params[field.name] ?? null) as (Artifact & { name?: string }) | null,
  );
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const taking = useRef<AbortController>(null);

  async function take(file: File | undefined): Promise<void> {
    if (!file || document.refuses()) return;
    const { opened } = document.get();
    // The picture that comes last is the one that is meant.
    taking.current?.abort();
    const { signal } = (taking.current = new AbortController());
    setRefusal(null);
    setBusy(file.name);
    try {
      const artifact = await api.upload(file, file.name, signal);
      // Another graph may have a node of the same name.
      if (signal.aborted || document.get().opened !== opened) return;
      document.change({ type: 'setParam', node: id, name: field.name, value: { ...artifact, name: file.name } });
    } catch (error) {
      if (signal.aborted) return;
      const { message } = error as Error;
      setRefusal(message.includes(file.name) ? message : `${file.name}: ${message}`);
    } finally {
      if (!signal.aborted) setBusy(null);
    }
  }

  const drop = (event: DragEvent): void => {
    setOver(false);
    const [file, ...others] = event.dataTransfer.files;
    // Several pictures, a folder or a table are no picture for this field: the canvas knows what to do with them.
    const isFolder = event.dataTransfer.items[0]?.webkitGetAsEntry?.()?.isDirectory === true;
    if (!file || others.length > 0 || isFolder || /\.(csv|tsv|tab|json)$/i.test(file.name)) return;
    event.preventDefault();
    event.stopPropagation();
    void take(file);
  };

  return (
    <div
      className={styles.picture}
      data-over={over || undefined}
      data-empty={!picture || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {picture && (
        <div className={cardStyles.frame} style={{ aspectRatio: `${picture.width} / ${picture.height}` }}>
          <img
            src={pictureUrl(picture.sha256, 'large')}
            alt={picture.name ?? field.title}
            decoding="async"
            draggable={false}
            onError={() => setRefusal('This picture is no longer in the picture store: choose it again.')}
            onLoad={() => setRefusal(null)}
          />
        </div>
      )}
      <label className={`${styles.choose} nodrag`} data-problem={problem && !picture ? true : undefined}>
        <input
          id={input}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/avif,image/tiff,image/heic,image/gif"
          aria-label={picture ? `Replace ${picture.name ?? 'the picture'}` : 'Choose a picture'}
          // Not disabled while it is busy: it would lose the focus, and who came by keys their place.
          aria-busy={busy !== null}
          disabled={readOnly}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        {busy !== null ? (
          <>
            <LoaderCircle size={15} className={cardStyles.spin} />
            <span className={styles.fileName}>Taking {busy}…</span>
          </>
        ) : picture ? (
          <>
            <span className={styles.fileName} title={picture.name}>
              {picture.name}
            </span>
            <span className={styles.fileSize}>
              {picture.width} × {picture.height}
            </span>
            <Replace size={14} aria-hidden />
          </>
        ) : (
          <span className={styles.invite}>
            <ImagePlus size={26} strokeWidth={1.5} aria-hidden />
            <strong>Choose a picture</strong>
            <span>or drop or paste one here</span>
          </span>
        )}
      </label>
      {refusal && <p className={styles.problem}>{refusal}</p>}
    </div>
  );
}
