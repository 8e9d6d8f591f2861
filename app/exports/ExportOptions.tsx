import { Braces, FileArchive, FileImage, FileSpreadsheet, FileText, Globe } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import form from '../panels/form.module.css';
import styles from './ExportDialog.module.css';
import type { ExportOptions, Format } from './options.ts';

const icon = { size: 17, 'aria-hidden': true } as const;

export const formatWords: readonly { format: Format; title: string; text: string; icon: ReactNode }[] = [
  { format: 'png', title: 'Sheet, PNG', text: 'One picture of the whole grid', icon: <FileImage {...icon} /> },
  { format: 'pdf', title: 'Sheet, PDF', text: 'Pages to print, text to search', icon: <FileText {...icon} /> },
  { format: 'page', title: 'Web page', text: 'Opens from the disk, offline', icon: <Globe {...icon} /> },
  { format: 'zip', title: 'Pictures, zip', text: 'Named by their values', icon: <FileArchive {...icon} /> },
  { format: 'csv', title: 'Table, CSV', text: 'For spreadsheets, one row a cell', icon: <FileSpreadsheet {...icon} /> },
  { format: 'json', title: 'Data, JSON', text: 'Everything, for programs', icon: <Braces {...icon} /> },
];

type Props = { options: ExportOptions; set: (some: Partial<ExportOptions>) => void };

export function FormatChoice({ options, set }: Props) {
  return (
    <fieldset className={form.field}>
      <legend className={form.label}>Format</legend>
      <div className={styles.formats}>
        {formatWords.map(({ format, title, text, icon: picture }) => (
          <label key={format} className={styles.format}>
            <input
              type="radio"
              name="format"
              value={format}
              aria-label={title}
              checked={options.format === format}
              onChange={() => set({ format })}
            />
            {picture}
            <span>
              <strong>{title}</strong>
              <span>{text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What else can be chosen for the format. */
export function FormatOptions({ options, set }: Props) {
  switch (options.format) {
    case 'png':
      return <Sizes options={options} set={set} />;
    case 'pdf':
      return (
        <>
          <Segments
            title="Paper"
            value={options.paper}
            choices={[
              ['a4', 'A4'],
              ['letter', 'Letter'],
            ]}
            onChoose={(paper) => set({ paper })}
          />
          <Segments
            title="Lies"
            value={options.turned ? 'landscape' : 'portrait'}
            choices={[
              ['portrait', 'Portrait'],
              ['landscape', 'Landscape'],
            ]}
            onChoose={(lies) => set({ turned: lies === 'landscape' })}
          />
          <Sizes options={options} set={set} />
          <Segments
            title="Pictures"
            value={options.pictures}
            choices={[
              ['whole', 'As they are'],
              ['print', 'For print'],
            ]}
            onChoose={(pictures) => set({ pictures })}
          />
          <p className={form.hint}>
            {options.pictures === 'whole'
              ? 'Every picture in full size: a large file.'
              : 'Scaled to 300 dots an inch: a small file that prints as well.'}
          </p>
        </>
      );
    case 'page':
      return (
        <p className={form.hint}>
          One file with all pictures inside up to 24 MB; more become a zip with the page and a folder of pictures beside
          it.
        </p>
      );
    case 'zip':
      return (
        <>
          <Check
            title="How each was made is inside the pictures"
            hint="With the graph, so that a picture dropped here brings it back. Off: the pixels alone."
            checked={options.details}
            onChange={(details) => set({ details })}
          />
          <Check title="A table (cells.csv) beside them" checked={options.table} onChange={(table) => set({ table })} />
        </>
      );
    case 'csv':
      return (
        <>
          <Check
            title="Mark for Excel"
            hint="A sign at the beginning by which it knows UTF-8."
            checked={options.mark}
            onChange={(mark) => set({ mark })}
          />
          <Check
            title="No formulas"
            hint="An apostrophe before texts that begin with = + - or @, which a spreadsheet would calculate."
            checked={options.safe}
            onChange={(safe) => set({ safe })}
          />
        </>
      );
    case 'json':
      return (
        <Check
          title="Every step of each picture"
          hint="From the photograph on, with keys and all parameters."
          checked={options.steps}
          onChange={(steps) => set({ steps })}
        />
      );
  }
}

function Sizes({ options, set }: Props) {
  return (
    <Segments
      title="Size"
      value={options.cell}
      choices={[
        ['small', 'Small'],
        ['medium', 'Medium'],
        ['large', 'Large'],
      ]}
      onChoose={(cell) => set({ cell })}
    />
  );
}

type SegmentsProps<T extends string> = {
  title: string;
  value: T;
  choices: readonly (readonly [T, string])[];
  onChoose: (value: T) => void;
};

export function Segments<T extends string>({ title, value, choices, onChoose }: SegmentsProps<T>) {
  const group = useId();
  return (
    <fieldset className={styles.row}>
      <legend className={form.label}>{title}</legend>
      <div className={styles.segments}>
        {choices.map(([choice, words]) => (
          <label key={choice} className={styles.segment}>
            <input type="radio" name={group} checked={choice === value} onChange={() => onChoose(choice)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type CheckProps = { title: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void };

function Check({ title, hint, checked, onChange }: CheckProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {title}
        {hint && <span className={form.hint}>{hint}</span>}
      </span>
    </label>
  );
}
