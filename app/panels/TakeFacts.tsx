import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useEditor, useServer } from '../use-editor.ts';
import { plural, priceWords, stopWords, takeRows } from './run-words.ts';
import styles from './RunDialogs.module.css';
import type { Reckoned } from './use-reckoned.ts';

/** What new takes would make and cost, with what comes with them, before they are made. */
export function TakeFacts({ reckoned, asked }: { reckoned: Reckoned; asked: number }) {
  const { making } = useEditor();
  const { stop } = useStore(making.store);
  const service = useServer((state) => state.reply?.service ?? null);
  if (reckoned.type === 'failed') return <p role="alert">{reckoned.message}</p>;
  const count = reckoned.type === 'told' ? reckoned.count : null;
  const until = stopWords(stop);
  const row = (name: string, value: ReactNode) => (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
  return (
    <dl className={styles.facts} aria-busy={count === null} aria-live="polite">
      {row('To make', count ? takeRows(count.toPay, asked) : '…')}
      {count && count.underway > 0 && row('Underway', `${plural(count.underway, 'edit')}, not asked for again`)}
      {row(
        'Price',
        count && service ? (
          <>
            {priceWords(count.toPay, service) ?? 'nothing'}
            {until && count.toPay > 0 && <small>The run {until}.</small>}
          </>
        ) : (
          '…'
        ),
      )}
    </dl>
  );
}
