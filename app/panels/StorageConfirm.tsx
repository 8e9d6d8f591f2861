import { useEffect, useRef, useState } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { paidSum, paidWords, pictureCount, pictureName, priceWords } from '../storage-words.ts';
import type { CleanPlan, CleanRequest } from '../storage-wire.ts';
import { plural } from './run-words.ts';
import styles from './StorageDialog.module.css';
import ui from './ui.module.css';

type Props = {
  plan: CleanPlan;
  busy: boolean;
  failure: string | null;
  onBack: () => void;
  onConfirm: (confirmed: NonNullable<CleanRequest['confirmed']>) => void;
};

const pageSize = 100;

/** Names what was paid for, with prices, before anything is removed. */
export function StorageConfirm({ plan, busy, failure, onBack, onConfirm }: Props) {
  const { pictures, trash, paid, kept, named } = plan;
  const [agreed, setAgreed] = useState(false);
  const [most, setMost] = useState(pageSize);
  const start = useRef<HTMLParagraphElement>(null);
  useEffect(() => start.current?.focus(), []);
  const isForGood = trash.length > 0;
  const isEmpty = pictures.length === 0 && trash.length === 0;
  const needed = kept.filter(({ reason }) => reason === 'needed' || reason === 'arriving').length;
  const money = paidWords(paidSum(paid.map(({ price }) => ({ paid: true, price }))));

  return (
    <div className={styles.confirm}>
      <p ref={start} tabIndex={-1} className={styles.sentence}>
        {isEmpty ? 'Nothing of this can be removed now.' : plan.sentence}
      </p>
      <ul className={styles.notes}>
        {!isEmpty && (
          <li>
            {isForGood
              ? 'They are gone for good then. What was paid for has to be paid for again.'
              : pictures.length === 1
                ? 'It stays in the trash for 30 days and can be put back with one press. Where a graph needs it, its card says so.'
                : 'They stay in the trash for 30 days and can be put back with one press. Where a graph needs one, its card says so.'}
          </li>
        )}
        {named > 0 && <li>A draft or a version in this browser names {pictureCount(named)} of them.</li>}
        {needed > 0 && <li>Edits under way need {pictureCount(needed)}, so not all are removed.</li>}
      </ul>
      {paid.length > 0 && (
        <>
          <ul className={styles.paid} aria-label="Paid for">
            {paid.slice(0, most).map((picture) => (
              <li key={picture.sha256}>
                {!isForGood && <img src={pictureUrl(picture.sha256, 'small')} alt="" loading="lazy" />}
                <span>{pictureName(picture)}</span>
                <strong>{priceWords(picture.price)}</strong>
              </li>
            ))}
          </ul>
          {paid.length > most && (
            <button type="button" className={ui.button} onClick={() => setMost(most + pageSize)}>
              Show {plural(Math.min(pageSize, paid.length - most), 'more picture')}
            </button>
          )}
          <label className={styles.agree}>
            <input
              type="checkbox"
              className={styles.check}
              checked={agreed}
              onChange={(event) => setAgreed(event.currentTarget.checked)}
            />
            Remove {plural(paid.length, 'paid picture')}, {money}
          </label>
        </>
      )}
      {failure && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={styles.buttons}>
        <button type="button" className={ui.button} onClick={onBack}>
          Back
        </button>
        {!isEmpty && (
          <button
            type="button"
            className={ui.danger}
            disabled={busy || (paid.length > 0 && !agreed)}
            onClick={() => onConfirm(paid.map(({ sha256, price }) => ({ sha256, price })))}
          >
            {isForGood ? 'Remove for good' : 'Move to the trash'}
          </button>
        )}
      </div>
    </div>
  );
}
