import { MousePointerClick } from 'lucide-react';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { usePlans } from '../use-editor.ts';
import { plural } from './run-words.ts';
import styles from './RunBar.module.css';
import { useShell } from './shell.ts';

/** Choices that only a person can make, whatever else goes on: nothing behind them is made. */
export function PicksButton() {
  const shell = useShell();
  const picks = usePlans(({ plan }) => plan.picks);
  const first = usePlans(({ plan, known }) => firstReady(plan, (key) => known.get(key)));
  if (picks.length === 0) return null;
  const words = `${plural(picks.length, 'pick')} ${picks.length === 1 ? 'waits' : 'wait'} for`;
  if (first === undefined) return <span className={styles.detail}>{words} pictures</span>;
  return (
    <button type="button" className={styles.pick} onClick={() => shell.show({ type: 'pick', node: first })}>
      <MousePointerClick size={14} aria-hidden /> {words} you
    </button>
  );
}

/** The first node with an open choice that something can be chosen at already. */
function firstReady({ picks, nodes }: Plan, lookup: Lookup): string | undefined {
  return picks.find(({ node }) =>
    nodes
      .get(node)!
      .tasks.some(
        ({ idle, gathered }) =>
          idle === 'pick' &&
          gathered?.some(({ task }) => task.outputs || (task.key !== null && lookup(task.key)?.status === 'done')),
      ),
  )?.node;
}
