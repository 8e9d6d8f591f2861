import { ChevronUp, CircleAlert, LoaderCircle, Play, Square } from 'lucide-react';
import { isMac } from '../shortcuts.ts';
import { tip } from './IconButton.tsx';
import { onDemand } from './on-demand.tsx';
import { plural, type RunOutlook } from './run-words.ts';
import styles from './RunBar.module.css';
import { useShell } from './shell.ts';

export function RunButton({ outlook, starting }: { outlook: RunOutlook; starting: boolean }) {
  const shell = useShell();
  const idle = outlook.type !== 'ready';
  const description =
    outlook.type === 'problems'
      ? `Nothing can run: ${plural(outlook.count, 'problem')}`
      : outlook.type === 'made'
        ? 'Everything is made already'
        : outlook.type === 'stuck'
          ? 'What is left needs your answer, a new take, or other words'
          : outlook.type === 'to-choose'
            ? 'Everything up to the pick is made: choose there, and go on'
            : 'Make the pictures';
  return (
    <button
      type="button"
      className={styles.run}
      data-idle={idle}
      aria-disabled={idle || starting}
      aria-keyshortcuts={isMac() ? 'Meta+Enter' : 'Control+Enter'}
      onClick={shell.run}
      {...tip(description, 'run')}
    >
      {starting ? (
        <LoaderCircle className={styles.spin} size={16} aria-hidden />
      ) : outlook.type === 'problems' ? (
        <CircleAlert size={16} aria-hidden />
      ) : (
        <Play size={15} fill="currentColor" aria-hidden />
      )}
      Run
    </button>
  );
}

const MakingMenu = onDemand(() => import('./MakingMenu.tsx'));

export function MakingButton() {
  return (
    <MakingMenu>
      <button
        type="button"
        className={styles.making}
        aria-label="Order of making"
        {...tip('Which first, and when to stop')}
      >
        <ChevronUp size={16} aria-hidden />
      </button>
    </MakingMenu>
  );
}

export function StopButton() {
  const shell = useShell();
  return (
    <button
      type="button"
      className={styles.stop}
      onClick={shell.stop}
      {...tip('What is queued is cancelled; what is being made still arrives', 'stop')}
    >
      <Square size={13} fill="currentColor" aria-hidden /> Stop
    </button>
  );
}
