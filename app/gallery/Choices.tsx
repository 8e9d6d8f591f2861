import { useState } from 'react';
import styles from './Gallery.module.css';
import { countWords } from './words.ts';

/** Values of one kind that are shown before one asks for more. */
const fewest = 6;

const itself = (value: string): string => value;

type Props = {
  title: string;
  kind?: string;
  counts: readonly { readonly value: string; readonly count: number }[] | undefined;
  nameOf?: (value: string) => string;
  /** Values that the server has left out. */
  more?: number;
  chosen: readonly string[];
  onToggle: (value: string) => void;
};

/** The values of one kind, each with how many pictures it has. */
export function Choices({ title, kind, counts = [], nameOf = itself, more = 0, chosen, onToggle }: Props) {
  const [all, setAll] = useState(false);
  // What was chosen and leads nowhere now can still be taken back.
  const lost = chosen.filter((value) => !counts.some((one) => one.value === value));
  const listed = [...counts, ...lost.map((value) => ({ value, count: 0 }))].map((one) => ({
    ...one,
    name: nameOf(one.value),
  }));
  if (listed.length === 0 || (listed.length === 1 && listed[0]!.value === '' && chosen.length === 0)) return null;
  const shown = all ? listed : listed.filter(({ value }, i) => i < fewest || chosen.includes(value));
  return (
    <section role="group" aria-label={kind ? `${kind} ${title}` : title}>
      <h3>
        {title}
        {kind && <small>{kind}</small>}
      </h3>
      {shown.map(({ name, value, count }) => (
        <label key={value} className={styles.choice} data-tip={name.length > 26 ? name : undefined}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          <span>{name}</span>
          <em>{countWords(count)}</em>
        </label>
      ))}
      {listed.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {listed.length - shown.length} more
        </button>
      )}
      {all && listed.length > fewest && (
        <button type="button" className={styles.more} onClick={() => setAll(false)}>
          Fewer
        </button>
      )}
      {all && more > 0 && <p className={styles.rest}>{countWords(more)} rarer ones are found by words.</p>}
    </section>
  );
}
