import { Check, ChevronUp, CircleHelp, Plus, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import type { Count } from '../../graphs/known.ts';
import { useDocument, useEditor, usePlans, useReadOnly, useRuns, useServer } from '../use-editor.ts';
import { lacksToken } from '../settings-wire.ts';
import { late } from './late.tsx';
import { onDemand } from './on-demand.tsx';
import {
  countWords,
  interruptedWords,
  plural,
  priceWords,
  runOutlook,
  stoppingWords,
  unknownWords,
  type RunOutlook,
} from './run-words.ts';
import { PicksButton } from './PicksButton.tsx';
import { RetryButton } from './RetryButton.tsx';
import { MakingButton, RunButton, StopButton } from './RunButtons.tsx';
import { CostButton, HeldNote, MakingNote } from './RunNotes.tsx';
import styles from './RunBar.module.css';
import { useShell } from './shell.ts';
import ui from './ui.module.css';
import { useNarrow } from './use-media.ts';

const Problems = onDemand(() => import('./Problems.tsx'));
const RunProgress = late(() => import('./RunProgress.tsx'), { quiet: true });

/** What a run would do and cost, and the run itself: always in sight. */
export function RunBar({ onAdd }: { onAdd: () => void }) {
  const narrow = useNarrow();
  const run = useRuns((state) => state.run);
  const starting = useRuns((state) => state.starting);
  const isLooking = useStore(useEditor().looking, (state) => state.isLooking);
  const outlook = useOutlook();
  const running = run?.status === 'running';
  return (
    <section className={styles.bar} aria-label="Run" data-run-bar>
      {narrow && (
        <button type="button" className={ui.button} onClick={onAdd} aria-label="Add a node">
          <Plus size={18} aria-hidden />
        </button>
      )}
      {running ? (
        <div className={styles.running}>
          <RunProgress key={run.startedAt} run={run}>
            <UnknownOfAll />
            <PicksButton />
          </RunProgress>
        </div>
      ) : (
        <OutlookWords outlook={outlook} />
      )}
      {isLooking && !running && (
        <span className={styles.looking} role="status">
          Asking what an edit costs…
        </span>
      )}
      <div className={styles.actions}>
        {!running && <RetryButton run={run} />}
        {running ? (
          <StopButton />
        ) : (
          <div className={styles.split}>
            <RunButton outlook={outlook} starting={starting || isLooking} />
            <MakingButton />
          </div>
        )}
      </div>
    </section>
  );
}

function useOutlook(): RunOutlook {
  const connected = useServer((state) => state.reply !== null);
  const nodes = useDocument(({ graph }) => Object.keys(graph.nodes).length);
  const problems = usePlans(({ plan }) => plan.errors.length);
  const counted = usePlans((state) => state.counted);
  const count = usePlans((state) => state.count);
  const picks = usePlans(({ plan }) => plan.picks.length);
  const status = useRuns(({ run }) => run?.status);
  return runOutlook({ connected, nodes, problems, picks, counted, count, running: status === 'running' });
}

function ProblemsButton() {
  const errors = usePlans(({ plan }) => plan.errors);
  const first = errors[0];
  if (!first) return null;
  return (
    <Problems>
      <button type="button" className={styles.problems}>
        <TriangleAlert size={15} aria-hidden />
        <span>
          {plural(errors.length, 'problem')}
          <span className={styles.firstProblem}>: {first.message}</span>
        </span>
        <ChevronUp size={14} aria-hidden />
      </button>
    </Problems>
  );
}

function OutlookWords({ outlook }: { outlook: RunOutlook }) {
  const count = usePlans((state) => state.count);
  const service = useServer((state) => state.reply?.service ?? null);
  const lacks = useServer(({ reply }) => reply !== null && lacksToken(reply));
  const hint = hintOf(outlook);
  if (outlook.type === 'problems') return <ProblemsButton />;
  if (hint !== null || !service) return <p className={styles.hint}>{hint ?? 'Connecting to Editloom’s server…'}</p>;
  const words = countWords(count, service.kind);
  const price = lacks ? null : priceWords(count.toPay, service);
  return (
    <p className={styles.words} data-to-pay={count.toPay} data-made={count.made}>
      <span className={styles.count} title={count.stuck > 0 ? STUCK : undefined}>
        {words.join(' · ')}
      </span>
      {price && (
        <span className={styles.price} data-free={service.kind === 'offline'}>
          {price}
        </span>
      )}
      {lacks && count.toPay > 0 && <TokenButton />}
      <MakingNote count={count} />
      <UnknownButton count={count.unknown} />
      <PicksButton />
      <HeldNote />
      <CostButton />
      <Afterwards count={count} />
      {outlook.type === 'made' && (
        <span className={styles.made} role="status">
          <Check size={15} aria-hidden /> Everything is made
        </span>
      )}
    </p>
  );
}

const STUCK =
  'Stuck: the edit service took the request once and it failed, was stopped, or was counted as lost. It is only asked for again when you say so.';

/** What only the user can bring further, whatever else goes on. */
function UnknownButton({ count }: { count: number }) {
  const shell = useShell();
  if (count === 0) return null;
  return (
    <button type="button" className={styles.unknown} onClick={() => shell.show({ type: 'unknown' })}>
      <CircleHelp size={14} aria-hidden /> {unknownWords(count)}
    </button>
  );
}

function TokenButton() {
  const shell = useShell();
  return (
    <button type="button" className={styles.unknown} onClick={() => shell.show({ type: 'settings' })}>
      <TriangleAlert size={14} aria-hidden /> Wants an API token…
    </button>
  );
}

function UnknownOfAll() {
  return <UnknownButton count={usePlans(({ count }) => count.unknown)} />;
}

/** What a run left behind that was stopped, or cut off by a reload or a crash. */
function Afterwards({ count }: { count: Count }) {
  const stopping = useRuns((state) => state.stopping);
  const interrupted = useRuns((state) => state.interrupted);
  const hasRun = useRuns(({ run }) => run !== null);
  const title = useDocument((state) => state.title);
  const readOnly = useReadOnly();
  if (stopping)
    return (
      <span className={styles.detail} role="status">
        {stoppingWords(count.underway)}
      </span>
    );
  const words = hasRun || readOnly ? null : interruptedWords(count, interrupted === title);
  if (words === null) return null;
  return (
    <span className={styles.detail} role="status">
      {words}
    </span>
  );
}

function hintOf({ type }: RunOutlook): string | null {
  switch (type) {
    case 'connecting':
      return 'Connecting to Editloom’s server…';
    case 'empty':
      return 'An empty graph. Add a picture and an edit to begin.';
    case 'no-edits':
      return 'No edit in this graph yet.';
    case 'looking':
      return 'Looking up what is made already…';
    default:
      return null;
  }
}
