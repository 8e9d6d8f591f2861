import { useEffect, useMemo, useState } from 'react';
import { useEditor, usePlans, useReadOnly, useRuns, useServer } from '../use-editor.ts';
import type { Job } from '../wire.ts';
import { Modal } from './Modal.tsx';
import { useShell } from './shell.ts';
import ui from './ui.module.css';
import { firstKeysOf, newTakeWords } from './unknown-words.ts';
import styles from './UnknownDialog.module.css';
import { UnknownRow } from './UnknownRow.tsx';
import { useReckoned } from './use-reckoned.ts';

/** Edits whose answer was lost, all in one place; the user answers for one, some or all of them (M4). */
export default function UnknownDialog({ first, onClose }: { first: string | null; onClose: () => void }) {
  const editor = useEditor();
  const shell = useShell();
  const [jobs, setJobs] = useState<readonly Job[] | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [working, setWorking] = useState(false);
  const known = usePlans((state) => state.known);
  const version = usePlans((state) => state.knownVersion);
  const plan = usePlans((state) => state.plan);
  const service = useServer((state) => state.reply?.service ?? null);
  const running = useRuns(({ run, starting }) => starting || run?.status === 'running');
  const readOnly = useReadOnly();

  useEffect(() => {
    let gone = false;
    editor.api.unknownJobs().then(
      (found) => {
        if (gone) return;
        setJobs(found);
        // Asked about one of them: the others wait until they are chosen.
        if (first !== null) setLeft(new Set(found.flatMap(({ key }) => (key === first ? [] : key))));
      },
      (error: unknown) => {
        shell.tellError(error);
        onClose();
      },
    );
    return () => void (gone = true);
    // oxlint-disable-next-line react/exhaustive-deps -- asked once, when it is opened
  }, []);

  const open = useMemo(
    () => (jobs ?? []).filter(({ key }) => (known.get(key)?.status ?? 'unknown') === 'unknown'),
    // oxlint-disable-next-line react/exhaustive-deps -- `known` is changed in place, `version` tells when
    [jobs, known, version],
  );
  const firstKeys = useMemo(() => firstKeysOf(plan, new Set((jobs ?? []).map(({ key }) => key))), [plan, jobs]);
  const chosen = open.filter(({ key }) => !left.has(key));
  const inGraph = chosen.filter(({ key }) => firstKeys.has(key));
  const why = readOnly
    ? 'A new take is made where this graph is edited.'
    : running
      ? 'A new take can be made when the run has ended.'
      : null;

  function choose(key: string, isChosen: boolean): void {
    const next = new Set(left);
    if (isChosen) next.delete(key);
    else next.add(key);
    setLeft(next);
  }

  async function act(what: () => Promise<unknown>): Promise<void> {
    setWorking(true);
    try {
      await what();
      if (chosen.length === open.length) onClose();
    } catch (error) {
      shell.tellError(error);
    } finally {
      setWorking(false);
    }
  }

  const forget = () => act(() => editor.forget(chosen.map(({ key }) => key)));
  const takes = [...new Set(inGraph.map(({ key }) => firstKeys.get(key)!))];
  const reckoned = useReckoned([], takes);
  const toPay = reckoned.type === 'told' ? reckoned.count.toPay : null;
  /** Through the shell, which tells why nothing was begun, where that is so. */
  function newTake(): void {
    if (toPay === null) return;
    shell.begin({ type: 'retry', failures: { same: [], newTake: takes } }, { many: true, said: toPay });
    if (chosen.length === open.length) onClose();
  }

  if (jobs === null) return null;
  return (
    <Modal
      wide
      title={jobs.length === 1 ? 'What became of this edit?' : 'What became of these edits?'}
      lead="The request was sent, and its answer was lost. It may have been made and charged, so Editloom does not send it again by itself. Nothing else waits for your answer."
      onClose={onClose}
      footer={
        <div className={styles.footer}>
          <p aria-live="polite">
            {open.length === 0 ? 'Nothing is open any more.' : (why ?? newTakeWords(takes.length, toPay, service))}
          </p>
          {open.length === 0 ? (
            <button type="button" className={ui.primary} onClick={onClose}>
              Close
            </button>
          ) : (
            <>
              <button
                type="button"
                className={ui.button}
                disabled={working || chosen.length === 0}
                onClick={() => void forget()}
              >
                Forget {chosen.length}
              </button>
              <button
                type="button"
                className={ui.primary}
                disabled={working || inGraph.length === 0 || why !== null || toPay === null}
                onClick={newTake}
              >
                New take of {inGraph.length}
              </button>
            </>
          )}
        </div>
      }
    >
      <ul className={styles.list}>
        {jobs
          .toSorted((a, b) => Number(b.key === first) - Number(a.key === first))
          .map((job) => (
            <UnknownRow
              key={job.key}
              job={job}
              known={known.get(job.key)}
              inGraph={firstKeys.has(job.key)}
              chosen={!left.has(job.key)}
              onChoose={jobs.length > 1 ? (isChosen) => choose(job.key, isChosen) : null}
            />
          ))}
      </ul>
      <p className={styles.ways}>
        <strong>Forget</strong> ends the question: the picture counts as not made, and only a new take asks for it.
      </p>
    </Modal>
  );
}
