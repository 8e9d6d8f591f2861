import { useState, type ReactNode } from 'react';
import type { Plan } from '../../graphs/plan.ts';
import { progressOf } from '../../graphs/progress.ts';
import type { Run } from '../../graphs/run.ts';
import { useEditor } from '../use-editor.ts';
import { progressWords, remainingWords } from './progress-words.ts';
import styles from './RunBar.module.css';
import { useNow } from './use-now.ts';

/** The pace of the first moments says nothing yet. */
const SOON_MS = 2000;

/** How far a run is, beside what else waits. */
export default function RunProgress({ run, children }: { run: Run; children: ReactNode }) {
  const now = useNow(1000);
  const { plans } = useEditor();
  // Of the graph as it was when the run began: it may be changed meanwhile.
  const [fileKeys] = useState(() => fileKeysOf(plans.get().plan));
  const progress = progressOf(run, Math.max(now, run.startedAt), fileKeys);
  const { total, ended, failed, making, remaining } = progress;
  const words = progressWords(progress);
  const share = total === 0 ? 0 : ended / total;
  return (
    <>
      <div
        className={styles.track}
        role="progressbar"
        aria-label="Progress of the run"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={ended}
        aria-valuetext={words}
      >
        <span style={{ transform: `scaleX(${share})` }} />
      </div>
      <p className={styles.words}>
        <span className={styles.count}>{words}</span>
        {making > 0 && <span className={styles.detail}>{making} in the making</span>}
        {failed > 0 && <span className={styles.failed}>{failed} failed</span>}
        <span className={styles.detail}>{remainingWords(now - run.startedAt < SOON_MS ? null : remaining)}</span>
        {children}
      </p>
    </>
  );
}

function fileKeysOf(plan: Plan): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { type, tasks } of plan.nodes.values())
    if (type?.uses === 'outputs') for (const { key } of tasks) if (key !== null) keys.add(key);
  return keys;
}
