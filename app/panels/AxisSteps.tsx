import { ChevronLeft, ChevronRight } from 'lucide-react';
import styles from './AxisSteps.module.css';
import { IconButton, tip } from './IconButton.tsx';

export type AxisStep = {
  readonly id: string;
  readonly title: string;
  /** The value that is shown now, in words. */
  readonly text: string;
  readonly canGoBack: boolean;
  readonly canGoOn: boolean;
  /** The keys that do the same. */
  readonly keys: readonly [back: string, on: string] | null;
};

/** One step back or on along each axis, with the value that is shown. */
export function AxisSteps({ steps, onStep }: { steps: readonly AxisStep[]; onStep: (id: string, by: number) => void }) {
  return (
    <ul className={styles.steps} aria-label="Steps along the axes">
      {steps.map(({ id, title, text, canGoBack, canGoOn, keys }) => (
        <li key={id}>
          <IconButton
            label={`${title}: one back${keys ? ` (${keys[0]})` : ''}`}
            inactive={!canGoBack}
            onClick={() => onStep(id, -1)}
          >
            <ChevronLeft size={16} aria-hidden />
          </IconButton>
          <span className={styles.value} {...tip(`${title}: ${text}`)}>
            <small>{title}</small>
            <span>{text}</span>
          </span>
          <IconButton
            label={`${title}: one on${keys ? ` (${keys[1]})` : ''}`}
            inactive={!canGoOn}
            onClick={() => onStep(id, 1)}
          >
            <ChevronRight size={16} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
