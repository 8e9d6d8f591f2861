import { useState } from 'react';
import ui from '../panels/ui.module.css';
import styles from './Gallery.module.css';
import type { Narrowing } from './view.ts';

type Props = {
  filter: Pick<Narrowing, 'from' | 'until'>;
  onFilter: (change: Partial<Narrowing>) => void;
};

const dayMs = 24 * 60 * 60 * 1000;

/** From when to when: a few spans to choose from, or two days of one's own. */
export function MadeWhen({ filter, onFilter }: Props) {
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
        className={ui.input}
        aria-label="Made"
        value={isOwn ? 'own' : span}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setOpen(value === 'own');
          if (value !== 'own') onFilter({ from: spans[Number(value)]!.from, until: null });
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
              onChange={(event) => onFilter({ from: timeOf(event.currentTarget.value, 0) })}
            />
          </label>
          <label>
            To
            <input
              type="date"
              className={ui.input}
              value={dateOf(filter.until === null ? null : filter.until - 1)}
              onChange={(event) => onFilter({ until: timeOf(event.currentTarget.value, 1) })}
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
