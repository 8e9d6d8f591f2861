import { useId, useState, type FormEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { Known } from '../../graphs/known.ts';
import { useEditor } from '../use-editor.ts';
import type { Job } from '../wire.ts';
import ui from './ui.module.css';
import { foundWords, placeWords, requestIdFault, sentWords } from './unknown-words.ts';
import styles from './UnknownDialog.module.css';

type Props = {
  job: Job;
  known: Known | undefined;
  inGraph: boolean;
  chosen: boolean;
  /** Null where there is nothing to choose among. */
  onChoose: ((chosen: boolean) => void) | null;
};

/** One edit whose answer was lost: what it was, and where to name its request so that it is followed. */
export function UnknownRow({ job, known, inGraph, chosen, onChoose }: Props) {
  const { api } = useEditor();
  const id = useId();
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [now] = useState(Date.now);
  const [asking, setAsking] = useState(false);
  const { input } = job;
  const found = foundWords(known);
  const place = placeWords(job.service);
  const latest = known?.status === 'unknown' ? known.message : (job.error?.message ?? null);
  // What the service said to an id that was named before, and not that the answer was lost: that is known by now.
  const said = refusal ?? (job.error?.code === 'not-ours' || latest !== job.error?.message ? latest : null);

  async function look(event: FormEvent): Promise<void> {
    event.preventDefault();
    const fault = requestIdFault(text);
    setRefusal(fault);
    if (fault !== null) return;
    setAsking(true);
    try {
      await api.lookAgain(job.key, text.trim());
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    } finally {
      setAsking(false);
    }
  }

  return (
    <li className={styles.row} data-found={found !== null}>
      {onChoose && (
        <input
          type="checkbox"
          className={styles.choose}
          aria-label={`Choose “${input.prompt}”, seed ${input.seed}`}
          checked={chosen && found === null}
          disabled={found !== null}
          onChange={(event) => onChoose(event.target.checked)}
        />
      )}
      <img className={styles.picture} src={pictureUrl(input.image, 'small')} alt="" />
      <div className={styles.about}>
        <p className={styles.prompt}>{input.prompt}</p>
        <p className={styles.facts}>
          Seed {input.seed} · sent {sentWords(job, now)} to {place}
          {job.madeFor && ` · “${job.madeFor}”`}
          {!inGraph && ' · not in this graph as it is now'}
        </p>
        {found !== null ? (
          <p className={styles.found} role="status">
            {found}
          </p>
        ) : (
          <form className={styles.look} onSubmit={(event) => void look(event)}>
            <label htmlFor={id}>
              Its request id, from your requests at {place}
              <input
                id={id}
                className={ui.input}
                value={text}
                autoComplete="off"
                spellCheck={false}
                aria-invalid={said !== null}
                aria-describedby={said !== null ? `${id}-said` : undefined}
                onChange={(event) => setText(event.target.value)}
              />
            </label>
            <button type="submit" className={ui.button} disabled={asking || text.trim() === ''}>
              Look again
            </button>
            {said !== null && (
              <p id={`${id}-said`} className={styles.said} role="alert">
                {said}
              </p>
            )}
          </form>
        )}
      </div>
    </li>
  );
}
