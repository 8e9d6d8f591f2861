import { CircleHelp, Ellipsis, Expand, Play, RotateCcw, Star } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import type { PlannedNode, Task } from '../../graphs/task.ts';
import { IconButton, tip } from '../panels/IconButton.tsx';
import { priceWords } from '../panels/run-words.ts';
import ui from '../panels/ui.module.css';
import { useDocument, useEditor, usePlans, useRuns, useServer } from '../use-editor.ts';
import type { GridActions } from './actions.ts';
import { blockerWords } from './blocker-words.ts';
import { faceOf, type CellFace } from './cells.ts';
import styles from './SpotBar.module.css';
import type { Spot } from './grid-keys.ts';
import { pointOf, titledPoint, type GridLayout } from './grid-layout.ts';

type Props = {
  spot: Spot;
  layout: GridLayout;
  planned: PlannedNode;
  actions: GridActions;
  onMenu: () => void;
  onStrike: (spot: Spot) => void;
};

/** What the current cell is, in whole words, and what can be done with it. */
export function SpotBar(props: Props) {
  const { spot, layout, planned, actions } = props;
  if (spot.row < 0 || spot.column < 0) return <HeaderSpot {...props} />;
  const index = layout.indexAt(spot.row, spot.column);
  const task = index === null ? undefined : planned.tasks[index];
  return task ? <TaskSpot task={task} planned={planned} actions={actions} onMenu={props.onMenu} /> : null;
}

function HeaderSpot({ spot, layout, onStrike, onMenu }: Props) {
  const axis = spot.row < 0 ? layout.columnAxis : layout.rowAxis;
  const index = spot.row < 0 ? layout.columns[spot.column] : layout.rows[spot.row];
  if (!axis || index === undefined) return null;
  const { struck } = pointOf(axis, index);
  return (
    <footer className={styles.spot}>
      <p className={styles.spotWords}>
        <strong>{titledPoint(axis, index)}</strong>
        {struck && <span>Struck out: not made</span>}
      </p>
      <button type="button" className={ui.button} onClick={() => onStrike(spot)}>
        {struck ? 'Put back' : 'Strike out'} <kbd className={styles.key}>X</kbd>
      </button>
      <IconButton label={`Menu of this ${spot.row < 0 ? 'column' : 'row'}`} onClick={onMenu}>
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </footer>
  );
}

function TaskSpot({ task, planned, actions, onMenu }: { task: Task } & Pick<Props, 'planned' | 'actions' | 'onMenu'>) {
  const { runs, nodeTypes } = useEditor();
  usePlans((state) => state.knownVersion);
  useRuns((state) => state.run);
  const known = usePlans((state) => state.known);
  const plan = usePlans((state) => state.plan);
  const { nodes } = useDocument((state) => state.graph);
  const view = task.key === null ? undefined : runs.viewOf(task.key);
  const face = faceOf(planned.type, task, view, (key) => known.get(key));
  const titleOf = (id: string): string => nodes[id]?.title ?? nodeTypes.get(nodes[id]?.type ?? '')?.title ?? id;
  const detail = face.detail ?? blockerWords({ plan, view, viewOf: (key) => runs.viewOf(key), titleOf });
  const label = actions.labelOf(task.index) || titleOf(task.node);
  return (
    <footer className={styles.spot}>
      <p className={styles.spotWords}>
        <strong title={label}>{label}</strong>
        <span data-state={face.state} title={detail ?? undefined}>
          {face.text ?? face.words}
          {detail && `. ${detail}`}
        </span>
      </p>
      {face.state === 'done' && face.picture && (
        <Stars rating={face.rating} onRate={(rating) => actions.rate([task.index], rating)} />
      )}
      <MainAction task={task} face={face} actions={actions} />
      {face.picture && (
        <IconButton label="Full view (Enter)" onClick={() => actions.open(task.index)}>
          <Expand size={15} aria-hidden />
        </IconButton>
      )}
      <IconButton label="Menu of this cell" onClick={onMenu}>
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </footer>
  );
}

/** What most likely comes next: make it, try it again, or say what became of it. */
function MainAction({ task, face, actions }: { task: Task; face: CellFace; actions: GridActions }) {
  const { index } = task;
  if (face.state === 'struck')
    return actions.struckAlone([index]).length > 0 ? (
      <button type="button" className={ui.button} onClick={() => actions.strike([index], false)}>
        Put back
      </button>
    ) : null;
  if (face.state === 'pick')
    return (
      <button type="button" className={ui.button} onClick={actions.pick}>
        Pick…
      </button>
    );
  if (face.state === 'unknown')
    return (
      <button type="button" className={ui.button} onClick={() => actions.decide(index)}>
        <CircleHelp size={14} aria-hidden /> Decide…
      </button>
    );
  if (face.state === 'failed' || face.state === 'cancelled')
    return (
      <button type="button" className={ui.button} onClick={() => actions.retry([index])}>
        <RotateCcw size={14} aria-hidden /> Retry
      </button>
    );
  return face.state === 'empty' || face.state === 'blocked' ? <MakeButton task={task} actions={actions} /> : null;
}

function MakeButton({ task, actions }: { task: Task; actions: GridActions }) {
  const later = useDeferredValue(task);
  const version = useDeferredValue(usePlans((state) => state.knownVersion));
  const service = useServer(({ reply }) => reply?.service ?? null);
  // Counting walks through the plan: whoever goes from cell to cell need not wait for it.
  const toPay = useMemo(() => {
    void version;
    return actions.countOf([later.index]).toPay;
  }, [actions, later, version]);
  const price = service ? priceWords(toPay, service) : null;
  return (
    <button type="button" className={ui.button} onClick={() => actions.make([task.index])}>
      <Play size={14} aria-hidden /> Make this one
      {price && <em className={styles.price}>{toPay > 1 ? `${toPay} edits, ${price}` : price}</em>}
    </button>
  );
}

/** One to five, or none: pressing the one that holds takes it away. */
export function Stars({ rating, onRate }: { rating: number; onRate: (rating: number) => void }) {
  return (
    <div className={styles.stars} role="group" aria-label={rating > 0 ? `Rating: ${rating} of 5` : 'Not rated'}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={`${stars} ${stars === 1 ? 'star' : 'stars'}`}
          aria-pressed={stars === rating}
          data-on={stars <= rating || undefined}
          onClick={() => onRate(stars === rating ? 0 : stars)}
          {...tip(
            stars === rating ? 'Take the rating away (0)' : `${stars} ${stars === 1 ? 'star' : 'stars'} (${stars})`,
          )}
        >
          <Star size={14} aria-hidden />
        </button>
      ))}
    </div>
  );
}
