import { Undo2, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { plural } from '../panels/run-words.ts';
import { focusItself } from '../panels/focus-itself.ts';
import modal from '../panels/Modal.module.css';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useEditor, usePlans, useReadOnly } from '../use-editor.ts';
import styles from './Pick.module.css';
import { nextOpen, type Candidate, type PickRow } from './pick-rows.ts';
import { PickRowView } from './PickRowView.tsx';
import { steps, type Place } from './steps.ts';
import { madeOf, usePick } from './use-pick.ts';

type Props = { node: string; start?: Place | undefined; onClose: () => void };

const SIZES = { least: 120, most: 640, usual: 220 };

/** Choosing among pictures: a row for each point of the axes that stay, all of it by keys or by hand. */
export default function PickDialog({ node, start, onClose }: Props) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const shell = useShell();
  const pick = usePick(node);
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>(() => start ?? firstPlace(pick?.rows ?? []));
  /** Where the focus is to go once it is drawn. */
  const [wish, setWish] = useState<Place | null>(place);
  const [said, setSaid] = useState('');
  const [size, setSize] = useState(SIZES.usual);
  const { made, all } = usePlans(useShallow((state) => madeOf(pick?.rows ?? [], (key) => state.known.get(key))));
  if (!pick) return null;
  const { rows } = pick;
  const open = rows.reduce((sum, { wanted, picked }) => sum + wanted - picked.length, 0);
  const wanted = rows.reduce((sum, row) => sum + row.wanted, 0);

  function go(to: Place): void {
    setPlace(to);
    setWish(to);
  }

  function take(at: number, candidate: Candidate, isMade: boolean): void {
    const row = rows[at]!;
    if (readOnly) return setSaid('Another tab writes this graph: here it can only be looked at.');
    const isPicked = row.picked.includes(candidate.id);
    if (!isMade && !isPicked)
      return setSaid(`${candidate.label || 'This picture'} is not made yet: it cannot be chosen.`);
    if (!pick!.choose(row, candidate.id))
      return setSaid(`${row.wanted} are chosen here already: put one of them back first.`);
    if (isPicked) return setSaid(`${candidate.label} put back.`);
    const isFull = row.picked.length + 1 >= row.wanted || row.wanted === 1;
    const next = isFull
      ? nextOpen(
          rows.map((other) => (other === row ? { ...row, picked: filled(row) } : other)),
          at,
        )
      : at;
    if (next === at) return setSaid(`${candidate.label} chosen.`);
    if (next < 0) return setSaid(`${candidate.label} chosen. All choices are made: Escape closes.`);
    setSaid(`${candidate.label} chosen. Next: ${rows[next]!.title}`);
    go({ row: next, column: 0 });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    const isUndo = (event.ctrlKey || event.metaKey) && key.toLowerCase() === 'z';
    if (isUndo) {
      event.preventDefault();
      event.stopPropagation();
      if (event.shiftKey) document.redo();
      else document.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target as Element).closest('[data-candidate]'))
      return;
    const row = rows[place.row];
    const candidate = row?.candidates[place.column];
    if (!row || !candidate) return;
    const number = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
    if (number >= 0) {
      const numbered = list.current!.querySelectorAll<HTMLElement>(`[data-row="${place.row}"] [data-candidate]`)[
        number
      ];
      numbered?.click();
    } else if (key === 'v') {
      look(place);
    } else {
      const to = steps(list.current!, rows, place, key);
      if (!to) return;
      go(to);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function look(at: Place): void {
    const { task } = rows[at.row]!.candidates[at.column]!.output;
    shell.show({ type: 'viewer', node: task.node, index: task.index, back: { type: 'pick', node, start: at } });
  }

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={modal.overlay} />
        <Dialog.Content className={styles.dialog} onOpenAutoFocus={focusItself} onKeyDown={onKeyDown}>
          <header className={styles.header}>
            <div className={styles.heading}>
              <Dialog.Title className={styles.title}>{pick.title}</Dialog.Title>
              <Dialog.Description className={styles.lead}>
                {rows.length === 0
                  ? 'Nothing comes in to choose from.'
                  : `${wanted - open} of ${wanted} chosen${made < all ? ` · ${made} of ${plural(all, 'picture')} made` : ''}`}
              </Dialog.Description>
            </div>
            <label className={styles.size}>
              Size
              <input
                type="range"
                min={SIZES.least}
                max={SIZES.most}
                step={20}
                value={size}
                onChange={(event) => setSize(Number(event.target.value))}
              />
            </label>
            <button
              type="button"
              className={ui.icon}
              aria-label="Undo"
              title="Undo"
              disabled={readOnly}
              onClick={() => document.undo()}
            >
              <Undo2 size={16} aria-hidden />
            </button>
            <Dialog.Close className={ui.icon} aria-label="Close">
              <X size={17} aria-hidden />
            </Dialog.Close>
          </header>
          <div ref={list} className={styles.rows} style={{ '--pick-size': `${size}px` } as Record<string, string>}>
            {rows.length === 0 && <Nothing />}
            {rows.map((row, i) => (
              <PickRowView
                key={row.name}
                row={row}
                number={i}
                place={place.row === i ? place.column : null}
                wish={wish?.row === i ? wish.column : null}
                onArrived={() => setWish(null)}
                onPlace={(column) => setPlace({ row: i, column })}
                onTake={(candidate, isMade) => take(i, candidate, isMade)}
                onLook={(column) => look({ row: i, column })}
              />
            ))}
          </div>
          <footer className={styles.footer}>
            <p role="status">{said || (rows.length > 0 && <Keys />)}</p>
            <button type="button" className={open === 0 ? ui.primary : ui.button} onClick={onClose}>
              {open === 0 && rows.length > 0 ? 'Done' : 'Close'}
            </button>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function firstPlace(rows: readonly PickRow[]): Place {
  return { row: Math.max(0, nextOpen(rows, -1)), column: 0 };
}

const filled = ({ picked, wanted }: PickRow): string[] => Array.from({ length: wanted }, (_, i) => picked[i] ?? '');

function Nothing() {
  return (
    <p className={styles.nothing}>
      Connect pictures to this node: an edit behind a sweep, say, or an image batch. What is struck out does not come
      in.
    </p>
  );
}

function Keys() {
  return (
    <span className={styles.keys}>
      <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>Space</kbd> chooses · <kbd>1</kbd>–<kbd>9</kbd>{' '}
      choose by number · <kbd>V</kbd> full view · <kbd>Esc</kbd> closes
    </span>
  );
}
