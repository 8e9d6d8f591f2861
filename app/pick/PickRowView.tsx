import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNow } from '../panels/use-now.ts';
import { agoWords } from '../panels/version-words.ts';
import { CandidateView } from './CandidateView.tsx';
import styles from './Pick.module.css';
import { captionsOf, type Candidate, type PickRow } from './pick-rows.ts';

type Props = {
  row: PickRow;
  number: number;
  /** The candidate that Tab stops at, where it is in this row. */
  place: number | null;
  /** The candidate that wants the focus. */
  wish: number | null;
  onArrived: () => void;
  onPlace: (column: number) => void;
  onTake: (candidate: Candidate, isMade: boolean) => void;
  onLook: (column: number) => void;
};

/** More than these are shown when they are asked for. */
const MOST = 96;

/** What is to be chosen at one point; drawn once it comes near. */
export function PickRowView({ row, number, place, wish, onArrived, onPlace, onTake, onLook }: Props) {
  const title = useId();
  const now = useNow(60_000);
  const section = useRef<HTMLElement>(null);
  const [near, setNear] = useState(number < 2);
  const [all, setAll] = useState(false);
  useEffect(() => {
    if (near) return;
    const observer = new IntersectionObserver(([entry]) => entry!.isIntersecting && setNear(true), {
      rootMargin: '800px',
    });
    observer.observe(section.current!);
    return () => observer.disconnect();
  }, [near]);

  const { candidates, picked, wanted, gone, at } = row;
  // It stays drawn: what has the focus must not go when the wish is fulfilled.
  if (wish !== null && !near) setNear(true);
  const isShown = near || wish !== null;
  const shown = all || (wish ?? place ?? 0) >= MOST ? candidates : candidates.slice(0, MOST);
  const captions = useMemo(() => captionsOf(candidates), [candidates]);
  return (
    <section ref={section} className={styles.row} data-row={number} aria-labelledby={title}>
      <header className={styles.rowHeader}>
        <h3 id={title} title={row.title}>
          {row.title || (wanted === 1 ? 'Choose one' : `Choose ${wanted}`)}
        </h3>
        <span className={styles.chosen} data-open={picked.length < wanted || undefined}>
          {picked.length} of {wanted} chosen
        </span>
        {at !== null && (
          <time dateTime={new Date(at).toISOString()} title={new Date(at).toLocaleString('en')}>
            {agoWords(at, Math.max(at, now))}
          </time>
        )}
      </header>
      {gone > 0 && (
        <p className={styles.gone}>
          {gone === 1 ? 'The picture that was chosen here is' : `${gone} pictures that were chosen here are`} not among
          what comes in now. Choose again, or bring back what fed it.
        </p>
      )}
      {isShown ? (
        <div className={styles.candidates}>
          {shown.map((candidate, i) => (
            <CandidateView
              key={candidate.id}
              candidate={candidate}
              caption={captions[i]!}
              number={i + 1}
              order={wanted > 1 ? picked.indexOf(candidate.id) + 1 : 0}
              isPicked={picked.includes(candidate.id)}
              isStop={place === i}
              wantsFocus={wish === i}
              onArrived={onArrived}
              onFocus={() => onPlace(i)}
              onTake={(isMade) => onTake(candidate, isMade)}
              onLook={() => onLook(i)}
            />
          ))}
        </div>
      ) : (
        <div className={styles.later} />
      )}
      {isShown && shown.length < candidates.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          Show all {candidates.length.toLocaleString('en')}
        </button>
      )}
    </section>
  );
}
