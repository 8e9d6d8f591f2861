import { RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import { failuresOf } from '../../graphs/failures.ts';
import type { Known } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import type { Run } from '../../graphs/run.ts';
import { countRetry } from '../taking.ts';
import { usePlans, useServer } from '../use-editor.ts';
import { tip } from './IconButton.tsx';
import { plural, retryWords, sumWords } from './run-words.ts';
import styles from './RunBar.module.css';
import { useShell } from './shell.ts';

/** Asks once more for what did not become a picture; the shell asks back where that is paid for again. */
export function RetryButton({ run }: { run: Run | null }) {
  const shell = useShell();
  const plan = usePlans((state) => state.plan);
  const known = usePlans((state) => state.known);
  const version = usePlans((state) => state.knownVersion);
  const service = useServer(({ reply }) => reply?.service ?? null);
  const { failed, cancelled, paid, asks } = useMemo(() => {
    const lookup = (key: string): Known | undefined => known.get(key);
    const { same, newTake } = failuresOf(plan, run, lookup);
    const failed = same.length + newTake.length;
    // Nearly always; and to look through all tasks once more for each letter that is typed would be a waste.
    if (failed === 0) return { failed, paid: 0, asks: false, cancelled: 0 };
    return {
      failed,
      paid: countRetry(plan, lookup, same).toPay,
      asks: newTake.length > 0,
      cancelled: cancelledIn(plan, new Set(newTake), known),
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `known` is changed in place, `version` tells when
  }, [plan, run, known, version]);
  if (failed === 0 || plan.errors.length > 0) return null;
  const free = service?.kind === 'offline' || (paid === 0 && !asks);
  const words = free
    ? 'Costs nothing'
    : asks
      ? 'New takes: asks first, and says what they cost'
      : service && `${plural(paid, 'edit')} · ${sumWords(paid, service)}`;
  return (
    <button type="button" className={styles.retry} onClick={shell.retry} {...tip(words ?? 'Tries again')}>
      <RotateCcw size={14} aria-hidden /> {retryWords(failed, cancelled)}
    </button>
  );
}

/** How many of these keys of take 1 stand for edits that the user stopped. */
function cancelledIn(plan: Plan, firstKeys: ReadonlySet<string>, known: ReadonlyMap<string, Known>): number {
  const found = new Set<string>();
  for (const { tasks } of plan.nodes.values())
    for (const { key, firstKey } of tasks)
      if (key && firstKey && firstKeys.has(firstKey) && known.get(key)?.status === 'cancelled') found.add(firstKey);
  return found.size;
}
