import { CircleAlert, CircleCheck, Clock } from 'lucide-react';
import { useState } from 'react';
import { pictureCount, sizeWords } from '../storage-words.ts';
import type { Finding } from '../storage-wire.ts';
import { plural } from './run-words.ts';
import styles from './StorageDialog.module.css';
import ui from './ui.module.css';
import type { CheckState, StorageState } from './use-storage.ts';

const pageSize = 100;

/** Reads everything again and repairs what it can; it pays for nothing. */
export function StorageCheck({ storage }: { storage: StorageState }) {
  const { check, busy } = storage;
  const [most, setMost] = useState(pageSize);
  const { running, checked, total, found } = check;
  return (
    <section className={styles.section} aria-labelledby="storage-check">
      <h3 id="storage-check">Check and repair</h3>
      <p className={styles.hint}>
        Reads every picture and compares it with its fingerprint. What is damaged or missing is brought back from a
        saved file, the trash or the edit service. A check never pays.
      </p>
      {running ? (
        <div className={styles.running}>
          <progress value={checked} max={Math.max(1, total)} aria-label="Pictures checked" />
          <span>
            {checked.toLocaleString('en')} of {total.toLocaleString('en')}
          </span>
          <button type="button" className={ui.button} onClick={storage.stopCheck}>
            Stop
          </button>
        </div>
      ) : (
        <button type="button" className={ui.button} disabled={busy} onClick={() => void storage.startCheck()}>
          Check all pictures
        </button>
      )}
      <p role="status" className={styles.hint}>
        {resultOf(check)}
      </p>
      {check.failure && (
        <p className={styles.failure} role="alert">
          The check ended early: {check.failure}
        </p>
      )}
      {found.length > 0 && (
        <ul className={styles.found} aria-label="Found">
          {found.slice(0, most).map((finding) => (
            <li key={`${finding.sha256} ${finding.file}`}>
              <Icon outcome={finding.outcome} />
              {finding.message}
            </li>
          ))}
        </ul>
      )}
      {found.length > most && (
        <button type="button" className={ui.button} onClick={() => setMost(most + pageSize)}>
          Show {plural(Math.min(pageSize, found.length - most), 'more')}
        </button>
      )}
    </section>
  );
}

function resultOf({ end }: CheckState): string {
  if (!end) return '';
  const { checked, bytes, found, repaired, removed, outputsGone } = end;
  const words = [`${plural(checked, 'file')}, ${sizeWords(bytes)} checked`];
  words.push(
    found === 0 ? 'all is well' : `${found.toLocaleString('en')} found, ${repaired.toLocaleString('en')} repaired`,
  );
  const sentences = [`${words.join(': ')}.`];
  if (removed > 0) sentences.push(`Not looked for: ${pictureCount(removed)} that you removed.`);
  if (outputsGone > 0) sentences.push(`No longer in the outputs folder: ${plural(outputsGone, 'saved file')}.`);
  return sentences.join(' ');
}

function Icon({ outcome }: Pick<Finding, 'outcome'>) {
  const same = { size: 15, 'aria-hidden': true, 'data-outcome': outcome } as const;
  if (outcome === 'repaired') return <CircleCheck {...same} />;
  return outcome === 'coming' ? <Clock {...same} /> : <CircleAlert {...same} />;
}
