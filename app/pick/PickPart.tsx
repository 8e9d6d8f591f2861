import { Check, MousePointerClick } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { pictureUrl } from '../../graphs/artifact.ts';
import { outputPictureOf } from '../../graphs/task-picture.ts';
import { cellStateOf, wordsOf } from '../canvas/task-words.ts';
import { plural } from '../panels/run-words.ts';
import { useShell } from '../panels/shell.ts';
import { usePlans, useTaskView } from '../use-editor.ts';
import type { Candidate } from './pick-rows.ts';
import styles from './PickPart.module.css';
import { madeOf, usePick } from './use-pick.ts';

/** Small pictures on a card; the rest is counted. */
const MOST = 12;

/** On the card of a node where a person chooses: what comes in, what is chosen, and the way to choose. */
export default function PickPart({ id }: { id: string }) {
  const shell = useShell();
  const pick = usePick(id);
  const { made, all } = usePlans(useShallow((state) => madeOf(pick?.rows ?? [], (key) => state.known.get(key))));
  if (!pick || pick.rows.length === 0) return null;
  const { rows } = pick;
  const picked = rows.reduce((sum, row) => sum + row.picked.length, 0);
  const wanted = rows.reduce((sum, row) => sum + row.wanted, 0);
  const gone = rows.reduce((sum, row) => sum + row.gone, 0);
  const candidates = rows.flatMap((row, at) =>
    row.candidates.map((candidate, column) => ({ row, at, candidate, column })),
  );
  // What was chosen is always among those that are shown.
  const isPicked = ({ row, candidate }: (typeof candidates)[number]) => row.picked.includes(candidate.id);
  const shown =
    candidates.length <= MOST
      ? candidates
      : [...candidates.filter(isPicked), ...candidates.filter((one) => !isPicked(one))].slice(0, MOST - 1);
  return (
    <div className={styles.part}>
      <div className={styles.line}>
        <span className={styles.count} data-open={picked < wanted || undefined}>
          {picked} of {wanted} chosen
        </span>
        <button
          type="button"
          className={`${styles.choose} nodrag`}
          data-open={(picked < wanted && made > 0) || undefined}
          onClick={() => shell.show({ type: 'pick', node: id })}
        >
          <MousePointerClick size={14} aria-hidden /> Choose…
        </button>
      </div>
      <div className={styles.thumbs}>
        {shown.map((one) => (
          <Thumb
            key={`${one.at} ${one.candidate.id}`}
            candidate={one.candidate}
            isPicked={isPicked(one)}
            onOpen={() => shell.show({ type: 'pick', node: id, start: { row: one.at, column: one.column } })}
          />
        ))}
        {shown.length < candidates.length && (
          <button
            type="button"
            className={`${styles.rest} nodrag`}
            aria-label={`${plural(candidates.length - shown.length, 'more picture')} to choose from`}
            onClick={() => shell.show({ type: 'pick', node: id })}
          >
            +{(candidates.length - shown.length).toLocaleString('en')}
          </button>
        )}
      </div>
      {made < all && (
        <p className={styles.note}>
          {made} of {plural(all, 'picture')} made
        </p>
      )}
      {gone > 0 && (
        <p className={styles.gone}>
          {gone === 1 ? 'A chosen picture is' : `${gone} chosen pictures are`} not among what comes in now. Choose
          again: until then, nothing behind here is made.
        </p>
      )}
    </div>
  );
}

function Thumb({ candidate, isPicked, onOpen }: { candidate: Candidate; isPicked: boolean; onOpen: () => void }) {
  const { output, label } = candidate;
  const picture = usePlans(({ known }) => outputPictureOf(output, (key) => known.get(key)));
  const view = useTaskView(output.task.key);
  const words = `${label || 'A picture'}: ${isPicked ? 'chosen' : picture ? 'made' : wordsOf(view).title}`;
  return (
    <button
      type="button"
      className={`${styles.thumb} nodrag`}
      data-picked={isPicked || undefined}
      data-state={picture ? undefined : cellStateOf(view)}
      aria-label={words}
      title={words}
      onClick={onOpen}
    >
      {picture && (
        <img src={pictureUrl(picture.sha256, 'small')} alt="" loading="lazy" decoding="async" draggable={false} />
      )}
      {isPicked && <Check size={13} strokeWidth={3} aria-hidden />}
    </button>
  );
}
