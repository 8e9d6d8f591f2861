import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';

/** A font that is sure to be there: it came with our own packages, so nothing of the machine is asked for. */
export interface SheetFont {
  /** Where its file lies. */
  file: string;
  font: Font;
}

export type Weight = 'regular' | 'bold';

const require = createRequire(import.meta.url);
const google = (path: string) => () => require.resolve(`@expo-google-fonts/${path}`);

/** Latin, Greek, Cyrillic and Devanagari; then Arabic, Hebrew, Thai; then Chinese and Japanese with signs; then Korean. */
const files: readonly (() => string)[] = [
  google('noto-sans/400Regular/NotoSans_400Regular.ttf'),
  google('noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
  google('noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf'),
  google('noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf'),
  () => join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf'),
  google('nanum-gothic/400Regular/NanumGothic_400Regular.ttf'),
];
const boldFile = google('noto-sans/600SemiBold/NotoSans_600SemiBold.ttf');

export interface Fonts {
  /** The first font that has all of these signs; null where none has. */
  fontFor: (text: string, weight: Weight) => SheetFont | null;
  usual: (weight: Weight) => SheetFont;
}

/** What joins signs or says how to show them needs no shape of its own. */
const isShapeless = (code: number): boolean =>
  code === 0x200c || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0x1f3fb && code <= 0x1f3ff);

/** Each font is read when a text first needs it. */
export function openFonts(): Fonts {
  const opened = new Map<() => string, SheetFont>();
  function open(find: () => string): SheetFont {
    const known = opened.get(find);
    if (known) return known;
    const file = find();
    const font = create(readFileSync(file));
    if (!('layout' in font)) throw new Error(`${file} is a collection of fonts, not one font.`);
    const made = { file, font };
    opened.set(find, made);
    return made;
  }
  const found = new Map<string, SheetFont | null>();
  return {
    usual: (weight) => open(weight === 'bold' ? boldFile : files[0]!),
    fontFor(text, weight) {
      const name = `${weight} ${text}`;
      const known = found.get(name);
      if (known !== undefined) return known;
      const codes = [...text].map((sign) => sign.codePointAt(0)!).filter((code) => !isShapeless(code));
      const inOrder = weight === 'bold' ? [boldFile, ...files] : files;
      const first = inOrder.find((file) => canDraw(open(file), text, codes));
      const font = first ? open(first) : null;
      found.set(name, font);
      return font;
    },
  };
}

function canDraw({ font }: SheetFont, text: string, codes: readonly number[]): boolean {
  if (!codes.every((code) => font.hasGlyphForCodePoint(code))) return false;
  try {
    // Some fonts have an empty shape at the very end of the file, which fontkit cannot read.
    return Number.isFinite(font.layout(text).advanceWidth);
  } catch {
    return false;
  }
}
