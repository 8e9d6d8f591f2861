import { ListFilter } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { axisTitle, type Axis } from '../../graphs/axes.ts';
import { SearchField } from '../panels/SearchField.tsx';
import ui from '../panels/ui.module.css';
import styles from './AxisBar.module.css';
import { pointIdOf, pointWordsOf, struckCount, type GridChoice } from './grid-layout.ts';

/** From so many values on, one is rather looked for. */
const SEARCHED_FROM = 10;

type Props = { axis: Axis; choice: GridChoice; onChoose: (next: GridChoice) => void };

/** A long sweep down to the values that matter now. Nothing is struck out by it: it is only out of sight. */
export function ValueFilter({ axis, choice, onChoose }: Props) {
  const hidden = new Set(choice.hidden[axis.id]);
  const ids = Array.from({ length: axis.length }, (_, i) => pointIdOf(axis, i));
  const shown = ids.filter((id) => !hidden.has(id)).length;
  const isFiltered = shown > 0 && shown < axis.length;
  const title = axisTitle(axis);
  const name = `Values of ${title} in sight`;
  return (
    <Popover.Root>
      <Popover.Trigger
        className={styles.filter}
        data-on={isFiltered || undefined}
        aria-label={isFiltered ? `${shown} of ${axis.length}: ${name}` : name}
      >
        <ListFilter size={14} aria-hidden />
        {isFiltered && `${shown} of ${axis.length}`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`${ui.popover} ${styles.values}`}
          aria-label={name}
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <strong>{title}</strong>
          <Values
            axis={axis}
            ids={ids}
            hidden={hidden}
            shown={shown}
            onHide={(next) => onChoose({ ...choice, hidden: { ...choice.hidden, [axis.id]: [...next] } })}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Values(props: {
  axis: Axis;
  ids: readonly string[];
  hidden: ReadonlySet<string>;
  shown: number;
  onHide: (hidden: Iterable<string>) => void;
}) {
  const { axis, ids, hidden, shown, onHide } = props;
  const [search, setSearch] = useState('');
  const words = ids.map((_, i) => pointWordsOf(axis, i));
  const wanted = search.trim().toLowerCase();
  const listed = ids.flatMap((_, i) => (words[i]!.toLowerCase().includes(wanted) ? [i] : []));
  const struck = struckCount(axis);
  return (
    <>
      <div className={styles.valueButtons}>
        <button type="button" className={ui.plain} onClick={() => onHide([])}>
          Show all
        </button>
        {struck > 0 && struck < axis.length && (
          <button
            type="button"
            className={ui.plain}
            onClick={() => onHide(ids.filter((_, i) => axis.members.some((member) => member.struck?.[i])))}
          >
            Hide struck out
          </button>
        )}
        {wanted !== '' && listed.length > 0 && (
          <button
            type="button"
            className={ui.plain}
            onClick={() => {
              const kept = new Set(listed.map((i) => ids[i]));
              onHide(ids.filter((id) => !kept.has(id)));
            }}
          >
            Only these {listed.length}
          </button>
        )}
      </div>
      {axis.length >= SEARCHED_FROM && <SearchField label="Find a value" value={search} onChange={setSearch} />}
      <ul>
        {listed.map((i) => {
          const id = ids[i]!;
          const isShown = !hidden.has(id);
          return (
            <li key={i}>
              <label>
                <input
                  type="checkbox"
                  checked={isShown}
                  // One has to stay.
                  disabled={isShown && shown === 1}
                  onChange={() => {
                    const next = new Set(hidden);
                    if (!next.delete(id)) next.add(id);
                    onHide(next);
                  }}
                />
                <span>{words[i]}</span>
              </label>
              <button
                type="button"
                className={styles.only}
                aria-label={`Only ${words[i]}`}
                onClick={() => onHide(ids.filter((other) => other !== id))}
              >
                Only
              </button>
            </li>
          );
        })}
      </ul>
      {listed.length === 0 && <p role="status">No value has “{search.trim()}” in it.</p>}
    </>
  );
}
