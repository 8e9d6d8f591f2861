import createBidi from 'bidi-js';
import type { Fonts, SheetFont, Weight } from './fonts.ts';

/** A piece of a line in one font and one direction; `x` from the line's left end, in units of the text's size. */
export interface TextRun {
  font: SheetFont;
  text: string;
  x: number;
}
export interface TextLine {
  runs: TextRun[];
  /** In units of the text's size. */
  width: number;
}

export interface Typesetter {
  /** Breaks a text into lines that are at most so wide, in units of its size; words that are longer are broken. */
  wrap: (text: string, width: number, weight?: Weight) => TextLine[];
  /** Signs that no font of ours has; a box stands in their place. */
  missing: () => string[];
}

const box = '□';
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const bidi = createBidi();
/** Hebrew, Arabic and the scripts written like them. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

export function createTypesetter(fonts: Fonts): Typesetter {
  const widths = new Map<string, number>();
  const missing = new Set<string>();

  /** Pieces of one font each, in the order of the text; what nobody can draw is a box. */
  function pieces(text: string, weight: Weight): { font: SheetFont; text: string }[] {
    const list: { font: SheetFont; text: string }[] = [];
    for (const { segment } of graphemes.segment(text)) {
      let sign = segment;
      let font = fonts.fontFor(segment, weight);
      const last = list.at(-1);
      if (!font) {
        missing.add(segment);
        sign = box;
        font = fonts.fontFor(box, weight) ?? fonts.usual(weight);
      }
      if (last?.font === font) last.text += sign;
      else list.push({ font, text: sign });
    }
    return list;
  }

  function runWidth({ font: { font }, text }: { font: SheetFont; text: string }): number {
    return font.layout(text).advanceWidth / font.unitsPerEm;
  }

  function widthOf(text: string, weight: Weight): number {
    const name = `${weight} ${text}`;
    const known = widths.get(name);
    if (known !== undefined) return known;
    const width = pieces(text, weight).reduce((sum, piece) => sum + runWidth(piece), 0);
    if (widths.size > 50_000) widths.clear();
    widths.set(name, width);
    return width;
  }

  function lineOf(text: string, weight: Weight): TextLine {
    const runs: TextRun[] = [];
    let x = 0;
    for (const part of visualParts(text)) {
      for (const piece of pieces(part, weight)) {
        runs.push({ ...piece, x });
        x += runWidth(piece);
      }
    }
    return { runs, width: x };
  }

  function wrapParagraph(text: string, width: number, weight: Weight): string[] {
    const lines: string[] = [];
    let line = '';
    const push = (): void => {
      lines.push(line.trimEnd());
      line = '';
    };
    for (const part of breakable(text)) {
      if (widthOf((line + part).trimEnd(), weight) <= width) {
        line += part;
        continue;
      }
      if (line.trim() !== '') push();
      line = '';
      if (widthOf(part.trimEnd(), weight) <= width) {
        line = part.trimStart();
        continue;
      }
      for (const { segment } of graphemes.segment(part)) {
        if (line !== '' && widthOf(line + segment, weight) > width) push();
        line += segment;
      }
    }
    if (line.trim() !== '' || lines.length === 0) push();
    return lines;
  }

  return {
    wrap(text, width, weight = 'regular') {
      return cleaned(text)
        .split('\n')
        .flatMap((paragraph) => wrapParagraph(paragraph, width, weight))
        .map((line) => lineOf(line, weight));
    },
    missing: () => [...missing],
  };
}

/** Without what is invisible or would turn the order of the signs around. */
function cleaned(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      .replaceAll('\t', ' ')
      // oxlint-disable-next-line no-control-regex -- these are what is taken out
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
  );
}

/** Where a line may end: after spaces, and between words that none parts, as in Chinese and Thai. */
function breakable(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let wasWord = false;
  for (const { segment, isWordLike } of words.segment(text)) {
    const isSpace = segment.trim() === '';
    if (isWordLike && wasWord && part !== '') {
      parts.push(part);
      part = '';
    }
    part += segment;
    if (isSpace || /[-/,;，。、；]$/.test(segment)) {
      parts.push(part);
      part = '';
    }
    wasWord = isWordLike ?? false;
  }
  if (part !== '') parts.push(part);
  return parts;
}

/** The parts of a line from left to right as they are seen; what runs to the left is parted word by word. */
function visualParts(text: string): string[] {
  if (!rightToLeft.test(text)) return text === '' ? [] : [text];
  const levels = bidi.getEmbeddingLevels(text);
  const mirrored = bidi.getMirroredCharactersMap(text, levels.levels);
  const order = bidi.getReorderedIndices(text, levels);
  const parts: { text: string; odd: boolean }[] = [];
  for (const index of order) {
    const odd = levels.levels[index]! % 2 === 1;
    const sign = mirrored.get(index) ?? text[index]!;
    const last = parts.at(-1);
    const isBreak = odd && sign.trim() === '';
    if (last && last.odd === odd && !isBreak && last.text.trim() !== '')
      last.text = odd ? sign + last.text : last.text + sign;
    else parts.push({ text: sign, odd });
  }
  return parts.map((part) => part.text);
}
