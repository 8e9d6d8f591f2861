import type { Section, Sheet } from '../../exports/sheet.ts';
import type { ExportCell } from '../../exports/wire.ts';
import {
  centred,
  colours,
  held,
  leading,
  moved,
  space,
  writer,
  type Block,
  type Item,
  type Part,
  type Written,
} from './blocks.ts';
import type { Typesetter } from './text.ts';

export interface LayoutOptions {
  /** Between the margins. Null = as wide as it gets. */
  width: number | null;
  /** The height that is there for one block; null = any. */
  most: number | null;
  cell: number;
  text: number;
}

/** More lines than this beside a picture are told apart by a number, and stand whole before the section. */
const fewLines = 10;

/** Where everything of a sheet stands, as parts that are cut into pages afterwards. */
export function layOut(sheet: Sheet, setter: Typesetter, options: LayoutOptions): { width: number; parts: Part[] } {
  const { cell, text } = options;
  const gap = text;
  const labelWidth = Math.max(text * 11, Math.min(cell, text * 18));
  const widest = Math.max(
    ...sheet.sections.map((section) =>
      section.type === 'row'
        ? Math.min(section.cells.length, mostInRow(section.cells.length)) * (cell + gap) - gap
        : labelWidth + gap + Math.max(1, section.columns.length) * (cell + gap) - gap,
    ),
    text * 34,
  );
  const width = options.width ?? widest;
  const all = sheet.sections.flatMap<ExportCell | null>((one) =>
    one.type === 'row' ? one.cells : one.rows.flatMap((row) => row.cells),
  );
  const usual = aspectOf(all) ?? 0.75;
  /** Each row is as high as its own pictures want, so that they begin where their label does. */
  const heightOf = (cells: readonly (ExportCell | null)[]): number => cell * (aspectOf(cells) ?? usual);
  const write = writer(setter);
  const parts: Part[] = [{ head: [], body: titleBlocks(), breaks: false }];
  for (const [i, section] of sheet.sections.entries()) {
    const made = section.type === 'row' ? rowParts(section) : tableParts(section);
    made[0]!.breaks = i > 0;
    parts.push(...made);
  }
  return { width, parts };

  function titleBlocks(): Block[] {
    const title = write(sheet.title, { x: 0, width, size: text * 1.9, weight: 'bold', colour: colours.text });
    const lines = sheet.lines.map((line) => write(line, { x: 0, width, size: text, colour: colours.quiet }));
    return held([...title.lines, ...lines.flatMap((one) => one.lines), space(gap)]);
  }

  /** A heading stands on each page, so a long one is shortened there, and whole in the legend. */
  function headingBlocks({ heading }: Section, legend: Block[]): Block[] {
    if (heading === null) return [];
    const style = { x: 0, width, size: text * 1.25, weight: 'bold', colour: colours.text } as const;
    const { lines } = write(heading, style);
    const fits = lines.length <= fewLines / 2;
    if (!fits && legend.length === 0) legend.push(...lines, space(gap));
    const shown = fits ? lines : [...lines.slice(0, fewLines / 2 - 1), ...write('…', style).lines];
    return held([space(gap / 2), ...shown, space(gap / 2)]);
  }

  function rowParts(section: Section & { type: 'row' }): Part[] {
    const perRow = Math.max(1, Math.floor((width + gap) / (cell + gap)));
    const rows: Block[] = [];
    for (let at = 0; at < section.cells.length; at += perRow) {
      const cells = section.cells.slice(at, at + perRow);
      const captions = cells.map(({ caption }) =>
        write(caption ?? '', { x: 0, width: cell, size: text, colour: colours.text }),
      );
      rows.push(...cellRow(cells.map((one, i) => ({ cell: one, x: i * (cell + gap), caption: captions[i]! }))));
    }
    const axis = section.columnTitle;
    const bold = { x: 0, width, size: text, weight: 'bold', colour: colours.quiet } as const;
    const legend: Block[] = [];
    const head = [...headingBlocks(section, legend), ...(axis === null ? [] : write(axis, bold).lines)];
    return [{ head: held(head), body: [...legend, ...rows], breaks: false }];
  }

  /** The pictures of one row and what is written below them; captions that are too long for a page go on below. */
  function cellRow(cells: { cell: ExportCell; x: number; caption: Written }[]): Block[] {
    const height = heightOf(cells.map((one) => one.cell));
    const lineHeight = text * leading;
    const most = options.most === null ? Infinity : Math.max(1, Math.floor((options.most - height - gap) / lineHeight));
    const longest = Math.max(0, ...cells.map(({ caption }) => caption.lines.length));
    const beside = Math.min(longest, most);
    const first: Block = {
      height: height + beside * lineHeight + gap,
      items: cells.flatMap(({ cell: one, x, caption }) => [
        ...cellItems(one, { x, y: 0, width: cell, height }),
        ...caption.lines
          .slice(0, beside)
          .flatMap((block, i) => moved(block.items, x, height + text * 0.3 + i * lineHeight)),
      ]),
    };
    const rest: Block[] = [];
    for (let line = beside; line < longest; line++)
      rest.push({
        height: lineHeight,
        items: cells.flatMap(({ x, caption }) => moved(caption.lines[line]?.items ?? [], x, 0)),
      });
    return [first, ...rest];
  }

  function tableParts(section: Section & { type: 'table' }): Part[] {
    const hasColumns = section.columns.length > 0;
    const count = Math.max(1, section.columns.length);
    const atOnce = Math.max(1, Math.floor((width - labelWidth) / (cell + gap)));
    const legend: Block[] = [];
    const heading = headingBlocks(section, legend);
    const heights = section.rows.map(({ cells }) => heightOf(cells));
    const linesBeside = (height: number): number => Math.max(fewLines, Math.floor(height / (text * leading)));
    const rowLabels = section.rows.map(({ label }, i) =>
      labelled(label ?? '', `Row ${i + 1}`, labelWidth, linesBeside(heights[i]!), legend),
    );
    const columnLabels = section.columns.map((label, i) => labelled(label, `Column ${i + 1}`, cell, fewLines, legend));
    const parts: Part[] = [];
    if (legend.length > 0) parts.push({ head: heading, body: [...legend, space(gap)], breaks: false });
    for (let from = 0; from < count; from += atOnce) {
      const columns = columnLabels.slice(from, from + atOnce);
      const xOf = (place: number): number => labelWidth + gap + place * (cell + gap);
      const body = section.rows.flatMap(({ cells }, row): Block[] => {
        const label = rowLabels[row]!;
        const height = heights[row]!;
        const tall = Math.max(height, label.lines.length * text * leading);
        return [
          {
            height: tall + gap,
            items: [
              ...label.lines.flatMap((block, i) => moved(block.items, 0, i * text * leading)),
              ...cells
                .slice(from, from + atOnce)
                .flatMap((one, place) => cellItems(one, { x: xOf(place), y: 0, width: cell, height })),
            ],
          },
        ];
      });
      const part = count > atOnce ? `Columns ${from + 1} to ${Math.min(count, from + atOnce)} of ${count}` : null;
      const head = [...heading, ...(part === null ? [] : write(part, quietLine()).lines)];
      if (hasColumns || section.rowTitle) head.push(headRow(section, columns, xOf));
      parts.push({ head: held(head), body, breaks: from > 0 });
    }
    return parts;
  }

  function quietLine() {
    return { x: 0, width, size: text, colour: colours.quiet };
  }

  function headRow(section: Section, columns: readonly Written[], xOf: (place: number) => number): Block {
    const bold = { size: text, weight: 'bold', colour: colours.quiet } as const;
    const rowTitle = write(section.rowTitle ? `${section.rowTitle} ↓` : '', { x: 0, width: labelWidth, ...bold });
    const columnTitle = write(section.columnTitle ? `${section.columnTitle} →` : '', {
      x: 0,
      width: Math.max(cell, width - labelWidth - gap),
      ...bold,
    });
    const top = section.columnTitle ? columnTitle.lines.length : 0;
    const lines = Math.max(rowTitle.lines.length, top + Math.max(0, ...columns.map((one) => one.lines.length)));
    const place = (written: Written, x: number, from: number): Item[] =>
      written.lines.flatMap((block, i) => moved(block.items, x, (from + i) * text * leading));
    return {
      height: lines * text * leading + gap * 0.6,
      items: [
        ...place(rowTitle, 0, lines - rowTitle.lines.length),
        ...(section.columnTitle ? place(columnTitle, xOf(0), 0) : []),
        ...columns.flatMap((one, i) => place(one, xOf(i), lines - one.lines.length)),
      ],
    };
  }

  /** The whole label where it fits; else its beginning with a number, and the whole of it for the legend. */
  function labelled(label: string, name: string, room: number, most: number, legend: Block[]): Written {
    const whole = write(label, { x: 0, width: room, size: text, colour: colours.text });
    if (whole.lines.length <= most) return whole;
    legend.push(
      ...held(write(name, { x: 0, width, size: text, weight: 'bold', colour: colours.text }).lines),
      ...write(label, { x: 0, width, size: text, colour: colours.text }).lines,
      space(gap / 2),
    );
    const start = [...label].slice(0, 2000).join('');
    const short = write(`${name}: ${start}`, { x: 0, width: room, size: text, colour: colours.text });
    return {
      lines: [
        ...short.lines.slice(0, most - 1),
        ...write('… (whole text above)', { x: 0, width: room, size: text, colour: colours.quiet }).lines.slice(0, 1),
      ],
    };
  }

  function cellItems(one: ExportCell | null, at: { x: number; y: number; width: number; height: number }): Item[] {
    if (!one) return [];
    if (one.picture && one.state === 'made') return [{ type: 'picture', ...at, picture: one.picture }];
    const inside = { x: 0, width: at.width - text, size: text };
    const room = Math.max(1, Math.floor((at.height - text) / (text * leading)));
    const words = write(one.words, {
      ...inside,
      weight: 'bold',
      colour: one.state === 'failed' ? colours.bad : colours.quiet,
    });
    const detail = one.detail ? write(one.detail, { ...inside, colour: colours.quiet }).lines : [];
    const all = [...words.lines, ...detail];
    const lines =
      all.length <= room
        ? all
        : [...all.slice(0, Math.max(1, room - 1)), ...write('…', { ...inside, colour: colours.quiet }).lines];
    const top = at.y + (at.height - lines.length * text * leading) / 2;
    return [
      { type: 'fill', ...at, colour: colours.hole },
      ...lines.flatMap((block, i) => centred(block, at, top + i * text * leading)),
    ];
  }
}

/** As high as the tallest picture wants, in units of its width, within reason; null without any. */
function aspectOf(cells: readonly (ExportCell | null)[]): number | null {
  let most = 0;
  for (const cell of cells) if (cell?.picture) most = Math.max(most, cell.picture.height / cell.picture.width);
  return most === 0 ? null : Math.min(1.5, Math.max(0.4, most));
}

/** A long row of pictures becomes a block that is a little wider than high. */
const mostInRow = (count: number): number => Math.min(12, Math.max(4, Math.ceil(Math.sqrt(count * 1.5))));
