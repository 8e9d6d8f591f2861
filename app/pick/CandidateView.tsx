import { Check, Maximize2 } from 'lucide-react';
import { memo, useLayoutEffect, useRef } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { outputPictureOf } from '../../graphs/task-picture.ts';
import { cellStateOf, wordsOf } from '../canvas/task-words.ts';
import { usePlans, useTaskView } from '../use-editor.ts';
import styles from './Pick.module.css';
import type { Candidate } from './pick-rows.ts';

type Props = {
  candidate: Candidate;
  /** A line for each axis. */
  caption: readonly string[];
  /** Among those of its row, from 1. */
  number: number;
  /** Its place among the chosen ones, from 1; 0 where there is but one. */
  order: number;
  isPicked: boolean;
  isStop: boolean;
  wantsFocus: boolean;
  onArrived: () => void;
  onFocus: () => void;
  onTake: (isMade: boolean) => void;
  onLook: () => void;
};

/** One picture that can be chosen, or how it stands with it. */
export const CandidateView = memo(function CandidateView(props: Props) {
  const { candidate, caption, number, order, isPicked, isStop, wantsFocus, onArrived } = props;
  const button = useRef<HTMLButtonElement>(null);
  const { output } = candidate;
  const picture = usePlans(({ known }) => outputPictureOf(output, (key) => known.get(key)));
  const view = useTaskView(output.task.key);
  const words = wordsOf(view);
  useLayoutEffect(() => {
    if (!wantsFocus) return;
    button.current!.focus({ preventScroll: true });
    button.current!.scrollIntoView({ block: 'nearest' });
    onArrived();
  }, [wantsFocus, onArrived]);

  const label = candidate.label || `Picture ${number}`;
  const state = picture ? (isPicked ? 'chosen' : '') : words.title;
  return (
    <div className={styles.candidate} data-picked={isPicked || undefined}>
      <button
        ref={button}
        type="button"
        data-candidate
        className={styles.take}
        data-state={picture ? undefined : cellStateOf(view)}
        aria-pressed={isPicked}
        aria-label={`${label}${state && !isPicked ? `: ${state}` : ''}`}
        tabIndex={isStop ? 0 : -1}
        onFocus={props.onFocus}
        onClick={() => props.onTake(picture !== null)}
        onDoubleClick={props.onLook}
      >
        {picture ? (
          <img
            src={pictureUrl(picture.sha256, 'large')}
            alt=""
            width={picture.width}
            height={picture.height}
            loading="lazy"
            decoding="async"
            draggable={false}
          />
        ) : (
          <span className={styles.unmade}>
            <strong>{words.title}</strong>
            {words.detail && <span title={words.detail}>{words.detail}</span>}
          </span>
        )}
        {isPicked && (
          <span className={styles.badge} aria-hidden>
            {order > 0 ? order : <Check size={15} strokeWidth={2.6} />}
          </span>
        )}
      </button>
      <div className={styles.under}>
        {number <= 9 && <kbd aria-hidden>{number}</kbd>}
        <span title={label} data-lines={caption.length}>
          {caption.length > 1
            ? // oxlint-disable-next-line react/no-array-index-key -- lines have nothing but their place
              caption.map((line, i) => <span key={i}>{line}</span>)
            : (caption[0] ?? label)}
        </span>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Full view of ${label}`}
          title="Full view (V)"
          onClick={props.onLook}
        >
          <Maximize2 size={13} aria-hidden />
        </button>
      </div>
    </div>
  );
});
