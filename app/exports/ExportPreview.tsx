import { useMemo, useState } from 'react';
import Papa from 'papaparse';
import { csvOf } from './csv.ts';
import styles from './ExportDialog.module.css';
import { manifestOf } from './manifest.ts';
import { sheetOptions, type ExportOptions } from './options.ts';
import { usePreview } from './use-preview.ts';
import type { ExportGrid } from './wire.ts';

type Props = { grid: ExportGrid; options: ExportOptions };

const mostLines = 40;

/** What the file will look like, as far as it fits here. */
export function ExportPreview({ grid, options }: Props) {
  if (grid.cells.length === 0)
    return <p className={styles.nothing}>Nothing of this is made yet. Choose “All cells” to export the plan.</p>;
  switch (options.format) {
    case 'png':
    case 'pdf':
    case 'page':
      return <SheetPreview grid={grid} options={options} />;
    case 'csv':
      return <TablePreview grid={grid} options={options} />;
    case 'json':
      return <JsonPreview grid={grid} />;
    case 'zip':
      return <ZipPreview grid={grid} options={options} />;
  }
}

function JsonPreview({ grid }: Pick<Props, 'grid'>) {
  const [now] = useState(() => new Date());
  return <TextPreview label="The beginning" text={beginning(JSON.stringify(manifestOf(few(grid), now), null, 2))} />;
}

function SheetPreview({ grid, options }: Props) {
  const preview = usePreview(grid, sheetOptions(options));
  const shown = preview.state === 'ready' ? preview : preview.state === 'loading' ? preview.before : null;
  const what = options.format === 'page' ? 'The grid of the page' : 'The first page';
  return (
    <figure className={styles.sheet} aria-busy={preview.state === 'loading'}>
      {shown && <img src={shown.url} alt={`${what}, as it will be`} data-old={preview.state === 'loading'} />}
      {preview.state === 'loading' && !shown && <p className={styles.nothing}>Drawing the first page…</p>}
      {preview.state === 'failed' && (
        <p className={styles.refusal} role="alert">
          {preview.message}
        </p>
      )}
      {shown && (
        <figcaption>
          {options.format === 'pdf' && shown.pages > 0 && `${shown.pages} ${shown.pages === 1 ? 'page' : 'pages'}. `}
          {options.format === 'page' && 'In the page the labels stay in sight, and a press shows a picture whole. '}
          {shown.missing !== '' && options.format !== 'page' && (
            <span className={styles.missing}>
              No font here has {[...shown.missing].slice(0, 12).join(' ')}: a box stands in its place.
            </span>
          )}
        </figcaption>
      )}
    </figure>
  );
}

function TablePreview({ grid, options }: Props) {
  const rows = useMemo(() => {
    const text = csvOf(few(grid), { ...options, mark: false });
    return Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  }, [grid, options]);
  const [names = [], ...body] = rows;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll it only then
    <div className={styles.table} tabIndex={0} role="group" aria-label="The first rows">
      <table>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, i) => (
                <td key={names[i]}>{cell.slice(0, 80)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ZipPreview({ grid, options }: Props) {
  const pictures = grid.cells.filter(({ state }) => state === 'made');
  const names = [
    'manifest.json',
    ...(options.table ? ['cells.csv'] : []),
    ...pictures.slice(0, mostLines).map(({ name, picture }) => `pictures/${name}.${ending(picture?.mediaType)}`),
    ...(pictures.length > mostLines ? [`… and ${pictures.length - mostLines} more`] : []),
  ];
  return <TextPreview label="The names of the files" text={names.join('\n')} />;
}

function TextPreview({ label, text }: { label: string; text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll it only then
    <pre className={styles.text} tabIndex={0} role="group" aria-label={label}>
      {text}
    </pre>
  );
}

const ending = (type: string | undefined): string => (type === 'image/jpeg' ? 'jpg' : (type ?? 'image/png').slice(6));

const few = (grid: ExportGrid): ExportGrid => ({ ...grid, cells: grid.cells.slice(0, 12) });

const beginning = (text: string): string => text.split('\n').slice(0, 120).join('\n');
