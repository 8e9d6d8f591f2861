import { Coins, Hand } from 'lucide-react';
import { useStore } from 'zustand';
import type { Count } from '../../graphs/known.ts';
import { useEditor, useRuns, useServer } from '../use-editor.ts';
import { tip } from './IconButton.tsx';
import { onDemand } from './on-demand.tsx';
import { dollars, heldWords, stopWords } from './run-words.ts';
import styles from './RunBar.module.css';
import { useShell } from './shell.ts';

const Costs = onDemand(() => import('./Costs.tsx'));

/** What the next run will do otherwise than usual: its order, and where it stops. */
export function MakingNote({ count }: { count: Count }) {
  const { making } = useEditor();
  const { order, stop } = useStore(making.store);
  const reply = useServer((state) => state.reply);
  const isHeld = useRuns(({ run }) => run?.held === 'budget');
  if (!reply || count.toPay === 0) return null;
  const { service, settings } = reply;
  const sum = service.kind === 'remote' && service.price !== null ? count.toPay * service.price : 0;
  const atBudget = settings.runBudget !== null && sum > settings.runBudget + 1e-9;
  const words = [
    order.type === 'corners' ? 'corners first' : order.type === 'rows' ? 'row by row' : null,
    'dollars' in stop && service.kind === 'offline' ? null : stopWords(stop),
  ].filter((word) => word !== null);
  return (
    <>
      {words.length > 0 && <span className={styles.detail}>{words.join(' · ')}</span>}
      {atBudget && !isHeld && (
        <span className={`${styles.detail} ${styles.atBudget}`}>
          asks at the budget of {dollars(settings.runBudget!)}
        </span>
      )}
    </>
  );
}

/** Why the last run made no more, and how to go on. */
export function HeldNote() {
  const shell = useShell();
  const { making } = useEditor();
  const { stop } = useStore(making.store);
  const held = useRuns(({ run }) => (run && run.status !== 'running' ? run.held : null));
  if (held === null) return null;
  if (held === 'pictures' || held === 'dollars')
    return (
      <span className={styles.detail} role="status">
        {heldWords(held, stop)}
      </span>
    );
  return (
    <button type="button" className={styles.unknown} onClick={() => shell.show({ type: 'held', by: held })}>
      <Hand size={14} aria-hidden /> {heldWords(held, stop)}
    </button>
  );
}

/** What was paid: pressing it tells of today and of this graph. Where everything is free there is nothing to tell. */
export function CostButton() {
  const paid = useServer(({ reply }) => reply?.service.kind === 'remote');
  const spent = useRuns(({ run }) => run?.spent ?? null);
  const has = spent !== null && spent.edits > 0 && spent.dollars > 0;
  if (!paid) return null;
  return (
    <Costs>
      <button
        type="button"
        className={styles.cost}
        aria-label={has ? `${dollars(spent.dollars)} paid: what it has cost` : 'What it has cost'}
        {...tip('What today and this graph have cost')}
      >
        <Coins size={14} aria-hidden /> {has && `${dollars(spent.dollars)} paid`}
      </button>
    </Costs>
  );
}
