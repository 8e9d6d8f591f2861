import { Undo2 } from 'lucide-react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { Provenance } from '../../graphs/provenance.ts';
import type { Difference } from '../../graphs/what-differs.ts';
import ui from '../panels/ui.module.css';
import { useEditor, useReadOnly } from '../use-editor.ts';
import { differenceWords, type DifferenceWords, type Side } from './difference-words.ts';
import styles from './Differences.module.css';

/** What differs from the graph now, with the way back. */
export function Differences(props: {
  differences: readonly Difference[];
  provenance: Provenance;
  onPutBack: (() => void) | null;
}) {
  const { differences, provenance, onPutBack } = props;
  const { nodeTypes } = useEditor();
  const readOnly = useReadOnly();
  const words = differences.map((difference) => differenceWords(difference, provenance, nodeTypes));
  return (
    <section className={styles.differences} aria-labelledby="what-differs">
      <h4 id="what-differs">What differs from the graph now</h4>
      <ul>
        {words.map((each) => (
          <li key={each.title}>
            <DifferenceRow {...each} />
          </li>
        ))}
      </ul>
      {onPutBack && (
        <button type="button" className={ui.button} disabled={readOnly} onClick={onPutBack}>
          <Undo2 size={15} aria-hidden /> Put these settings back
        </button>
      )}
    </section>
  );
}

function DifferenceRow({ title, was, now, pieces }: DifferenceWords) {
  return (
    <>
      <span className={styles.title}>{title}</span>
      {pieces ? (
        <p className={styles.pieces}>
          {pieces.map(({ text, only }, i) =>
            // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have nothing else
            only === 'was' ? <ins key={i}>{text}</ins> : only === 'now' ? <del key={i}>{text}</del> : text,
          )}
        </p>
      ) : (
        <dl>
          <dt>Then</dt>
          <dd>
            <SideOf {...was} />
          </dd>
          <dt>Now</dt>
          <dd>
            <SideOf {...now} />
          </dd>
        </dl>
      )}
    </>
  );
}

function SideOf({ text, sha256 }: Side) {
  return (
    <>
      {sha256 && <img src={pictureUrl(sha256, 'small')} alt="" />}
      {text}
    </>
  );
}
