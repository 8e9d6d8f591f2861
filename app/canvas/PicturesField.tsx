import { ChevronLeft, ChevronRight, FolderPlus, ImagePlus, Trash2 } from 'lucide-react';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import { useShell } from '../panels/shell.ts';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import { BatchIntake } from './BatchIntake.tsx';
import { takeFiles } from './dropping.ts';
import styles from './Field.module.css';
import type { ControlProps } from './FieldRow.tsx';
import lists from './Lists.module.css';
import { useCanvas } from './view.ts';

type Picture = Artifact & { readonly name: string };
const none: readonly Picture[] = [];

/** More pictures than this are never on a card at once. */
const PAGE = 24;
const COLUMNS = 6;
const ACCEPT = 'image/png,image/jpeg,image/webp,image/avif,image/tiff,image/heic,image/gif';
/** What the hand carries: the number of the picture that is moved. */
const MOVED = 'application/x-editloom-picture';

/** A list of pictures as a parameter: choose or drop many files or a folder, bring them into order, take them out. */
export default function PicturesField({ id, field, input, problem }: ControlProps) {
  const editor = useEditor();
  const canvas = useCanvas();
  const shell = useShell();
  const readOnly = useReadOnly();
  const pictures = useDocument((state) => (state.graph.nodes[id]?.params[field.name] as readonly Picture[]) ?? none);
  const [chosen, setChosen] = useState(0);
  const [over, setOver] = useState(false);
  const at = Math.min(chosen, Math.max(0, pictures.length - 1));
  const start = Math.floor(at / PAGE) * PAGE;
  const picture = pictures[at];

  const write = (value: readonly Picture[]): void =>
    editor.document.change({ type: 'setParam', node: id, name: field.name, value });

  function move(from: number, to: number): void {
    const moved = pictures[from];
    if (!moved || readOnly || to < 0 || to >= pictures.length || to === from) return;
    const rest = pictures.toSpliced(from, 1);
    write(rest.toSpliced(to, 0, moved));
    setChosen(to);
  }

  function remove(index: number): void {
    if (!readOnly) write(pictures.toSpliced(index, 1));
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }[event.key];
    const to =
      step !== undefined
        ? at + step
        : { Home: 0, End: pictures.length - 1, PageUp: Math.max(0, at - PAGE), PageDown: at + PAGE }[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') remove(at);
    else if (to === undefined) return;
    else if (event.altKey) move(at, Math.max(0, Math.min(to, pictures.length - 1)));
    else setChosen(Math.max(0, Math.min(to, pictures.length - 1)));
    event.preventDefault();
    event.stopPropagation();
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  }

  const carries = (event: DragEvent): boolean => event.dataTransfer.types.includes(MOVED);
  const take = (files: FileList | null): void => {
    if (files && files.length > 0)
      void takeFiles({ editor, canvas, shell }, [...files], { node: id }).catch(shell.tellError);
  };

  return (
    <div
      className={styles.picture}
      data-over={over || undefined}
      data-empty={pictures.length === 0 || undefined}
      onDragOver={(event) => setOver(event.dataTransfer.types.includes('Files'))}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      {picture && (
        <>
          <div
            className={`${lists.thumbs} nodrag`}
            role="listbox"
            tabIndex={-1}
            aria-label={`${field.title}, ${pictures.length}`}
            style={{ gridTemplateColumns: `repeat(${COLUMNS}, 1fr)` }}
            onKeyDown={onKeyDown}
          >
            {pictures.slice(start, start + PAGE).map(({ sha256, name }, i) => (
              <button
                // The same picture may stand here twice.
                // oxlint-disable-next-line react/no-array-index-key
                key={`${sha256} ${start + i}`}
                type="button"
                role="option"
                aria-selected={start + i === at}
                aria-label={`${start + i + 1}: ${name}`}
                title={name}
                tabIndex={start + i === at ? 0 : -1}
                className={lists.thumb}
                draggable={!readOnly}
                onClick={() => setChosen(start + i)}
                onDragStart={(event) => {
                  event.dataTransfer.setData(MOVED, String(start + i));
                  event.dataTransfer.effectAllowed = 'move';
                }}
                onDragOver={(event) => {
                  if (!carries(event)) return;
                  event.preventDefault();
                  event.dataTransfer.dropEffect = 'move';
                }}
                onDrop={(event) => {
                  if (!carries(event)) return;
                  event.preventDefault();
                  event.stopPropagation();
                  move(Number(event.dataTransfer.getData(MOVED)), start + i);
                }}
              >
                <img src={pictureUrl(sha256, 'small')} alt="" loading="lazy" decoding="async" draggable={false} />
              </button>
            ))}
          </div>
          {pictures.length > PAGE && <Pages start={start} total={pictures.length} onShow={(to) => setChosen(to)} />}
          <div className={lists.chosen}>
            <span className={styles.fileName} title={picture.name}>
              {at + 1}. {picture.name}
            </span>
            <span className={styles.fileSize}>
              {picture.width} × {picture.height}
            </span>
            <IconButton label="Move it forward" disabled={readOnly || at === 0} onClick={() => move(at, at - 1)}>
              <ChevronLeft size={15} />
            </IconButton>
            <IconButton
              label="Move it back"
              disabled={readOnly || at === pictures.length - 1}
              onClick={() => move(at, at + 1)}
            >
              <ChevronRight size={15} />
            </IconButton>
            <IconButton label={`Take out ${picture.name}`} disabled={readOnly} onClick={() => remove(at)}>
              <Trash2 size={14} />
            </IconButton>
          </div>
        </>
      )}
      <BatchIntake id={id} field={field.name} />
      <div className={lists.add}>
        <label className={`${styles.choose} nodrag`} data-problem={problem && !picture ? true : undefined}>
          <input
            id={input}
            type="file"
            multiple
            accept={ACCEPT}
            aria-label={picture ? 'Add pictures' : 'Choose pictures'}
            disabled={readOnly}
            onChange={(event) => {
              take(event.target.files);
              event.target.value = '';
            }}
          />
          {picture ? (
            <>
              <ImagePlus size={15} aria-hidden />
              <span>Add pictures</span>
            </>
          ) : (
            <span className={styles.invite}>
              <ImagePlus size={26} strokeWidth={1.5} aria-hidden />
              <strong>Choose pictures</strong>
              <span>or drop files or a folder here</span>
            </span>
          )}
        </label>
        <label className={`${styles.choose} ${lists.folder} nodrag`}>
          <input
            type="file"
            {...{ webkitdirectory: '' }}
            aria-label="Add a folder"
            disabled={readOnly}
            onChange={(event) => {
              take(event.target.files);
              event.target.value = '';
            }}
          />
          <FolderPlus size={15} aria-hidden />
          <span>{picture ? 'Folder' : 'Choose a folder'}</span>
        </label>
      </div>
    </div>
  );
}

function IconButton({ label, ...props }: { label: string } & React.ComponentProps<'button'>) {
  return <button type="button" className={`${lists.icon} nodrag`} aria-label={label} title={label} {...props} />;
}

function Pages({ start, total, onShow }: { start: number; total: number; onShow: (index: number) => void }) {
  return (
    <div className={lists.pages}>
      <IconButton label="Pictures before these" disabled={start === 0} onClick={() => onShow(start - PAGE)}>
        <ChevronLeft size={15} />
      </IconButton>
      <span>
        {start + 1}–{Math.min(start + PAGE, total)} of {total.toLocaleString('en')}
      </span>
      <IconButton label="Pictures after these" disabled={start + PAGE >= total} onClick={() => onShow(start + PAGE)}>
        <ChevronRight size={15} />
      </IconButton>
    </div>
  );
}
