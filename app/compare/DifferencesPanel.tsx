import { X } from 'lucide-react';
import { Fragment } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { IconButton } from '../panels/IconButton.tsx';
import styles from './DifferencesPanel.module.css';
import { Letter } from './Letter.tsx';
import type { Side } from './sides.ts';
import { useHowMade } from './use-how-made.ts';
import { isProse, differenceTable, wordMarks, type Group, type Piece, type Row } from './difference-table.ts';

/** What differs in how the pictures were made; what is equal is folded away. */
export function DifferencesPanel({ sides, onClose }: { sides: readonly Side[]; onClose: () => void }) {
  const all = useHowMade(sides);
  const known = sides.filter((_, i) => all[i]);
  const unknown = sides.filter((_, i) => !all[i]);
  const { different, equal } = differenceTable(all.flatMap((how) => how ?? []));
  const count = equal.reduce((sum, { rows }) => sum + rows.length, 0);
  const letters = known.map(({ letter }) => letter);
  return (
    <aside className={styles.panel} aria-label="What differs">
      <header className={styles.header}>
        <h3>What differs</h3>
        <span className={styles.close}>
          <IconButton label="Close the list (I)" onClick={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        </span>
      </header>
      {unknown.length > 0 && (
        <p className={styles.note}>
          How {unknown.map(({ letter }) => letter).join(' and ')} came about is not known here.
        </p>
      )}
      {known.length > 1 && different.length === 0 && (
        <p className={styles.note}>Nothing: they were made in the same way.</p>
      )}
      {known.length > 1 && different.length > 0 && <Groups groups={different} letters={letters} marks />}
      {known.length > 1 && count > 0 && (
        <details className={styles.equal}>
          <summary>
            Equal in {known.length === 2 ? 'both' : `all ${known.length}`} <span>{count}</span>
          </summary>
          <Groups groups={equal} letters={letters} />
        </details>
      )}
    </aside>
  );
}

type GroupsProps = { groups: readonly Group[]; letters: readonly string[]; marks?: boolean };

function Groups({ groups, letters, marks = false }: GroupsProps) {
  return groups.map(({ title, rows }) => (
    <section key={title} className={styles.group}>
      <h4>{title}</h4>
      <dl>
        {rows.map((row) => (
          <Fragment key={row.title}>
            <dt>{row.title}</dt>
            {marks ? <Values row={row} letters={letters} /> : <dd>{row.values[0]?.text}</dd>}
          </Fragment>
        ))}
      </dl>
    </section>
  ));
}

function Values({ row: { values }, letters }: { row: Row; letters: readonly string[] }) {
  return values.map((value, i) => (
    <dd key={letters[i]} className={styles.value}>
      <Letter of={letters[i]} />
      {value === null ? (
        <span className={styles.none}>none</span>
      ) : (
        <span>
          {value.sha256 && <img src={pictureUrl(value.sha256, 'small')} alt="" />}
          {piecesOf(values, i).map(({ text, changed }, n) =>
            // oxlint-disable-next-line react/no-array-index-key -- pieces have nothing but their place
            changed ? <mark key={n}>{text}</mark> : <Fragment key={n}>{text}</Fragment>,
          )}
        </span>
      )}
    </dd>
  ));
}

/** Words are held against those of the first picture, and those of the first against the second. */
function piecesOf(values: Row['values'], place: number): readonly Piece[] {
  const [own, other] = [values[place]?.text ?? '', values[place === 0 ? 1 : 0]?.text];
  if (other === undefined || !(isProse(own) || isProse(other))) return [{ text: own, changed: false }];
  return place === 0 ? wordMarks(own, other).a : wordMarks(other, own).b;
}
