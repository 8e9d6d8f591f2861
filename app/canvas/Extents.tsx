import { Fragment } from 'react';
import { axisTitle } from '../../graphs/axes.ts';
import { usePlans } from '../use-editor.ts';
import { axesInWords, useAxisColours } from './axis-look.ts';
import styles from './Card.module.css';

/** `4 × 3` on a card: how many points it has along each axis, each with the colour and the name of its axis. */
export function Extents({ id }: { id: string }) {
  const axes = usePlans((state) => state.plan.nodes.get(id)?.axes);
  const colours = useAxisColours(axes ?? []);
  if (!axes || axes.length === 0) return null;
  return (
    <span className={styles.extents} role="img" aria-label={axesInWords(axes)}>
      {axes.map((axis, i) => (
        <Fragment key={axis.id}>
          {i > 0 && '×'}
          <span title={`${axisTitle(axis)}: ${axis.length === 1 ? '1 value' : `${axis.length} values`}`}>
            <i style={{ background: colours[i] }} />
            {axis.length.toLocaleString('en')}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
