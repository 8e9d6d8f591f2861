import { Strikethrough } from 'lucide-react';
import { axisTitle, valueId } from '../../graphs/axes.ts';
import type { PlannedNode } from '../../graphs/task.ts';
import { useDocument } from '../use-editor.ts';
import type { GridActions } from './actions.ts';
import styles from './OtherAxes.module.css';
import { struckCount } from './grid-layout.ts';

/** What is struck out is counted, with a way back. */
export function StruckNotes({ planned, actions }: { planned: PlannedNode; actions: GridActions }) {
  const struck = useDocument(({ graph }) => graph.struck);
  const axes = planned.axes.flatMap((axis) => {
    const count = struckCount(axis);
    return count > 0 ? [{ axis, count }] : [];
  });
  const alone = struck ? planned.tasks.filter(({ firstKey }) => firstKey !== null && struck[firstKey]) : [];
  if (axes.length === 0 && alone.length === 0) return null;
  return (
    <div className={styles.struckNotes} role="status">
      <Strikethrough size={14} aria-hidden />
      {axes.map(({ axis, count }) => (
        <span key={axis.id}>
          {axisTitle(axis)}: {count} of {axis.length} struck out: not made{' '}
          <button
            type="button"
            className={styles.textButton}
            aria-label={`Put back all values of ${axisTitle(axis)}`}
            onClick={() => {
              for (const { node, values, struck: out } of axis.members)
                if (out) actions.strikeValues(node, values.filter((_, i) => out[i]).map(valueId), false);
            }}
          >
            Put back
          </button>
        </span>
      ))}
      {alone.length > 0 && (
        <span>
          {alone.length} {alone.length === 1 ? 'cell' : 'cells'} struck out{' '}
          <button
            type="button"
            className={styles.textButton}
            aria-label="Put back the struck out cells"
            onClick={() =>
              actions.strike(
                alone.map(({ index }) => index),
                false,
              )
            }
          >
            Put back
          </button>
        </span>
      )}
    </div>
  );
}
