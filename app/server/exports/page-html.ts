import { createHash } from 'node:crypto';
import { sheetOf, type Section } from '../../exports/sheet.ts';
import type { ExportCell, ExportGrid } from '../../exports/wire.ts';
import style from './page.css?raw';
import script from './page-script.js?raw';

export interface PagePicture {
  /** What stands in the grid, and what is shown large; addresses that need no server. */
  small: string;
  whole: string;
}

/**
 * The grid as a page that opens from the disk: everything is in it or beside it, nothing is asked of a network, and its
 * policy lets only its own script and style in, so a title or a prompt stays a text whatever it says.
 */
export async function* pageHtml(
  grid: ExportGrid,
  pictureOf: (cell: ExportCell) => Promise<PagePicture | null>,
): AsyncGenerator<string, void, void> {
  const sheet = sheetOf(grid);
  const shown: { label: string; steps: NonNullable<ExportCell['steps']> }[] = [];
  yield* head(sheet.title);
  yield `<header><div><h1>${escaped(sheet.title)}</h1>${sheet.lines.map((line) => `<p>${escaped(line)}</p>`).join('')}</div>${tools}</header><main>`;
  for (const section of sheet.sections) {
    if (section.heading !== null) yield `<h2>${escaped(section.heading)}</h2>`;
    if (section.type === 'row') {
      if (section.columnTitle) yield `<p class="axis">${escaped(section.columnTitle)}</p>`;
      yield '<ul class="flow">';
      for (const cell of section.cells) {
        yield '<li>';
        yield await cellHtml(cell, labelOf(section, cell.caption, null));
        if (cell.caption) yield `<p class="caption">${escaped(cell.caption)}</p>`;
        yield '</li>';
      }
      yield '</ul>';
      continue;
    }
    yield `<table>${tableHead(section)}<tbody>`;
    for (const { label, cells } of section.rows) {
      yield `<tr><th scope="row"><div class="label">${escaped(label ?? '')}</div></th>`;
      for (const [i, cell] of cells.entries()) {
        yield '<td>';
        if (cell) yield await cellHtml(cell, labelOf(section, label, section.columns[i] ?? null));
        yield '</td>';
      }
      yield '</tr>';
    }
    yield '</tbody></table>';
  }
  yield `</main>${lightbox}<script type="application/json" id="cells">${jsonInHtml(shown)}</script>`;
  yield `<script>${script}</script></body></html>\n`;

  async function cellHtml(cell: ExportCell, label: string): Promise<string> {
    const picture = cell.picture && cell.state === 'made' ? await pictureOf(cell) : null;
    if (!picture) {
      const detail = cell.detail ? `<span>${escaped(cell.detail)}</span>` : '';
      return `<div class="hole ${cell.state}"><b>${escaped(cell.words)}</b>${detail}</div>`;
    }
    const number = shown.push({ label, steps: cell.steps ?? [] }) - 1;
    const { width, height } = cell.picture!;
    const isBeside = picture.whole !== picture.small;
    const whole = isBeside ? ` data-whole="${escaped(picture.whole)}"` : '';
    // What is in the page is here already, and is to be there on paper too.
    const lazy = isBeside ? ' loading="lazy"' : ' decoding="async"';
    return `<button type="button" class="cell" data-cell="${number}"${whole}><img src="${escaped(picture.small)}" alt="${escaped(label || cell.name)}" width="${width}" height="${height}"${lazy}></button>`;
  }
}

function* head(title: string): Generator<string> {
  const policy = [
    "default-src 'none'",
    // From the disk, `'self'` is nothing: what lies beside the page is said to be of its scheme.
    'img-src data: file:',
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  yield '<!doctype html><html lang="en"><head><meta charset="utf-8">';
  yield `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">';
  yield `<title>${escaped(title)}</title><style>${style}</style></head><body>`;
}

const tools =
  '<div class="tools" hidden><label>Size <input type="range" min="100" max="640" step="20" value="240"></label><button type="button" class="plain theme">Light / dark</button></div>';

const lightbox =
  '<dialog aria-label="Picture"><div class="bar"><p></p><button type="button" class="plain step" aria-label="Previous picture">←</button><button type="button" class="plain step" aria-label="Next picture">→</button><button type="button" class="plain close">Close</button></div><div class="whole"></div><div class="facts" tabindex="0" role="group" aria-label="How it was made"></div></dialog>';

function tableHead(section: Section & { type: 'table' }): string {
  const row = section.rowTitle ? `<span class="axis">${escaped(section.rowTitle)} ↓</span>` : '';
  const columns = section.columns.map(
    (label, i) =>
      `<th scope="col">${i === 0 && section.columnTitle ? `<div class="axis">${escaped(section.columnTitle)} →</div>` : ''}<div class="label"${label.length > 120 ? ' tabindex="0"' : ''}>${escaped(label)}</div></th>`,
  );
  return `<thead><tr><th scope="col">${row || '<span class="axis">&nbsp;</span>'}</th>${columns.length > 0 ? columns.join('') : '<th></th>'}</tr></thead>`;
}

function labelOf(section: Section, row: string | null, column: string | null): string {
  const parts = [
    ...(section.heading ? [section.heading] : []),
    ...(row ? [section.rowTitle ? `${section.rowTitle}: ${row}` : row] : []),
    ...(column ? [section.columnTitle ? `${section.columnTitle}: ${column}` : column] : []),
  ];
  return parts.join(' · ');
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For texts and for values of attributes in double quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!);

/** Inside a script element only `</script` and `<!--` mean something; without `<` neither can be there. */
const jsonInHtml = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
