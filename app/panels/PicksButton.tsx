import { MousePointerClick } from 'lucide-react';
import { usePlans } from '../use-editor.ts';
import { tip } from './IconButton.tsx';
import { readyPick } from './ready-pick.ts';
import { plural } from './run-words.ts';
import styles from './RunBar.module.css';
import { useShell } from './shell.ts';

/** Choices that only a person can make, whatever else goes on: nothing behind them is made. */
export function PicksButton() {
  const shell = useShell();
  const picks = usePlans(({ plan }) => plan.picks);
  const first = usePlans(({ plan, known }) => readyPick(plan, (key) => known.get(key)));
  if (picks.length === 0) return null;
  const words = `${plural(picks.length, 'pick')} ${picks.length === 1 ? 'waits' : 'wait'} for`;
  if (first === undefined) return <span className={styles.detail}>{words} pictures</span>;
  return (
    <button
      type="button"
      className={styles.pick}
      aria-keyshortcuts="K"
      {...tip('Choose what goes on', 'pick')}
      onClick={() => shell.show({ type: 'pick', node: first })}
    >
      <MousePointerClick size={14} aria-hidden /> {words} you
    </button>
  );
}
