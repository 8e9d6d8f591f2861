import { useState } from 'react';
import type { GalleryFacets, GalleryFilter } from '../gallery-wire.ts';
import ui from '../panels/ui.module.css';
import styles from './Gallery.module.css';
import { Stars } from './Stars.tsx';
import { toggled } from './view.ts';
import { countWords, graphName, nodeName, picturesWords, serviceName } from './words.ts';

type Props = {
  filter: GalleryFilter;
  facets: GalleryFacets | null;
  onFilter: (filter: GalleryFilter) => void;
  /** On a narrow screen the filters lie over the pictures until they are put away. */
  onDone: (() => void) | null;
  total: number;
};

type Choice = { name: string; value: string; count: number };

const dayMs = 24 * 60 * 60 * 1000;
/** Values of one kind that are shown before one asks for more. */
const fewest = 6;

/** By what the pictures can be narrowed down, each with how many there are. */
export function Filters({ filter, facets, onFilter, onDone, total }: Props) {
  const counts = (
    list: readonly { value: string; count: number }[] | undefined,
    name: (value: string) => string,
  ): Choice[] => (list ?? []).map(({ value, count }) => ({ name: name(value), value, count }));
  return (
    <aside className={styles.filters} aria-label="Filters">
      <div className={styles.sections}>
        <section>
          <h3>Rating</h3>
          <Stars rating={filter.rating} onRate={(rating) => onFilter({ ...filter, rating })} label="At least" />
        </section>
        <When filter={filter} onFilter={onFilter} />
        <Choices
          title="Graph"
          choices={counts(facets?.graphs, graphName)}
          chosen={filter.graphs}
          onToggle={(value) => onFilter({ ...filter, graphs: toggled(filter.graphs, value) })}
        />
        <Choices
          title="Node"
          choices={counts(facets?.nodes, nodeName)}
          chosen={filter.nodes}
          onToggle={(value) => onFilter({ ...filter, nodes: toggled(filter.nodes, value) })}
        />
        {facets?.axes.map(({ title, values, more }) => (
          <Choices
            key={title}
            title={title}
            kind="Axis"
            choices={counts(values, (value) => value)}
            more={more}
            chosen={filter.values.filter((one) => one.title === title).map(({ value }) => value)}
            onToggle={(value) => {
              const isChosen = filter.values.some((one) => one.title === title && one.value === value);
              const rest = filter.values.filter((one) => one.title !== title || one.value !== value);
              onFilter({ ...filter, values: isChosen ? rest : [...rest, { title, value }] });
            }}
          />
        ))}
        <Choices
          title="Edit service"
          choices={counts(facets?.services, serviceName)}
          chosen={filter.services}
          onToggle={(value) => onFilter({ ...filter, services: toggled(filter.services, value) })}
        />
        {facets !== null && (facets.gone > 0 || filter.here !== 'yes') && (
          <section>
            <h3>Removed pictures</h3>
            {(['yes', 'no', 'any'] as const).map((here) => (
              <label key={here} className={styles.choice}>
                <input
                  type="radio"
                  name="gallery-here"
                  checked={filter.here === here}
                  onChange={() => onFilter({ ...filter, here })}
                />
                <span>{{ yes: 'Those that are here', no: 'Those that are not', any: 'Both' }[here]}</span>
                <em>{countWords({ yes: facets.here, no: facets.gone, any: facets.here + facets.gone }[here])}</em>
              </label>
            ))}
          </section>
        )}
      </div>
      {onDone && (
        <footer className={styles.done}>
          <button type="button" className={ui.primary} onClick={onDone}>
            Show {picturesWords(total)}
          </button>
        </footer>
      )}
    </aside>
  );
}

type ChoicesProps = {
  title: string;
  kind?: string;
  choices: readonly Choice[];
  /** Values that the server has left out. */
  more?: number;
  chosen: readonly string[];
  onToggle: (value: string) => void;
};

function Choices({ title, kind, choices, more = 0, chosen, onToggle }: ChoicesProps) {
  const [all, setAll] = useState(false);
  // What was chosen and leads nowhere now can still be taken back.
  const lost = chosen.filter((value) => !choices.some((choice) => choice.value === value));
  const listed = [...choices, ...lost.map((value) => ({ name: value, value, count: 0 }))];
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

function When({ filter, onFilter }: Pick<Props, 'filter' | 'onFilter'>) {
  const [isOpen, setOpen] = useState(filter.until !== null);
  const [today] = useState(() => startOfDay(Date.now()));
  const spans = [
    { label: 'At any time', from: null },
    { label: 'Today', from: today },
    { label: 'Last 7 days', from: startOfDay(today - 6 * dayMs) },
    { label: 'Last 30 days', from: startOfDay(today - 29 * dayMs) },
  ];
  const span = filter.until === null ? spans.findIndex(({ from }) => from === filter.from) : -1;
  const isOwn = isOpen || span < 0;
  return (
    <section>
      <h3>Made</h3>
      <select
        className={`${ui.input} ${styles.select}`}
        aria-label="Made"
        value={isOwn ? 'own' : span}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setOpen(value === 'own');
          if (value !== 'own') onFilter({ ...filter, from: spans[Number(value)]!.from, until: null });
        }}
      >
        {spans.map(({ label }, i) => (
          <option key={label} value={i}>
            {label}
          </option>
        ))}
        <option value="own">From … to …</option>
      </select>
      {isOwn && (
        <div className={styles.dates}>
          <label>
            From
            <input
              type="date"
              className={ui.input}
              value={dateOf(filter.from)}
              onChange={(event) => onFilter({ ...filter, from: timeOf(event.currentTarget.value, 0) })}
            />
          </label>
          <label>
            To
            <input
              type="date"
              className={ui.input}
              value={dateOf(filter.until === null ? null : filter.until - 1)}
              onChange={(event) => onFilter({ ...filter, until: timeOf(event.currentTarget.value, 1) })}
            />
          </label>
        </div>
      )}
    </section>
  );
}

function startOfDay(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** As a date field wants it, by the clock of this place. */
function dateOf(time: number | null): string {
  if (time === null) return '';
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The beginning of that day, or of one some days after it. */
function timeOf(date: string, days: number): number | null {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) return null;
  const time = new Date(year, month - 1, day + days).getTime();
  return time >= 0 ? time : null;
}
