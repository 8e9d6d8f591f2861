import { colorsNamed, formatHex, parse } from 'culori';

/** A colour as somebody named it, in sRGB bytes. */
export type Colour = { name: string; rgb: Rgb };
export type Rgb = readonly [number, number, number];
/** Lightness 0..1, green to red, blue to yellow: Björn Ottosson's OKLab, where equal distances look equal. */
export type Oklab = readonly [number, number, number];

/** Everyday names that CSS has not, as hex. */
const everyday: Record<string, string> = {
  amber: '#ffbf00',
  apricot: '#fbceb1',
  burgundy: '#800020',
  'baby blue': '#89cff0',
  'blood red': '#8a0303',
  bronze: '#cd7f32',
  'bottle green': '#006a4e',
  'brick red': '#cb4154',
  charcoal: '#36454f',
  copper: '#b87333',
  cream: '#fffdd0',
  emerald: '#50c878',
  'electric blue': '#0892d0',
  golden: '#ffd700',
  'grass green': '#4f9a2f',
  jade: '#00a86b',
  lilac: '#c8a2c8',
  mauve: '#e0b0ff',
  'mint green': '#98ff98',
  mint: '#98ff98',
  mustard: '#e1ad01',
  ochre: '#cc7722',
  'off white': '#faf9f6',
  'off-white': '#faf9f6',
  peach: '#ffcba4',
  petrol: '#005f6a',
  rose: '#ff66a3',
  rust: '#b7410e',
  ruby: '#e0115f',
  sand: '#e2ca9c',
  sapphire: '#0f52ba',
  scarlet: '#ff2400',
  taupe: '#8b7e74',
  terracotta: '#e2725b',
  ultramarine: '#3f00ff',
  vermilion: '#e34234',
  wine: '#722f37',
};

const shades: Record<string, (colour: Oklab) => Oklab> = {
  light: ([l, a, b]) => [l + (1 - l) * 0.5, a * 0.55, b * 0.55],
  pale: ([l, a, b]) => [l + (1 - l) * 0.6, a * 0.4, b * 0.4],
  pastel: ([l, a, b]) => [l + (0.92 - l) * 0.8, a * 0.45, b * 0.45],
  soft: ([l, a, b]) => [l + (1 - l) * 0.3, a * 0.6, b * 0.6],
  dark: ([l, a, b]) => [l * 0.62, a * 0.75, b * 0.75],
  deep: ([l, a, b]) => [l * 0.75, a * 0.95, b * 0.95],
  bright: ([l, a, b]) => [l + (1 - l) * 0.15, a * 1.15, b * 1.15],
  vivid: ([l, a, b]) => [l, a * 1.25, b * 1.25],
  neon: ([l, a, b]) => [l + (1 - l) * 0.25, a * 1.3, b * 1.3],
};

/** The colour that these words name: CSS names, everyday names, hex, rgb(), and "light", "dark" … before any of them. */
export function colourNamed(words: string): Colour | null {
  const text = words.trim().toLowerCase();
  if (/^#|^(rgb|hsl|oklch|oklab|hwb|lab|lch)a?\(/.test(text)) {
    const hex = formatHex(parse(text));
    return hex ? { name: text.startsWith('#') ? hex : text, rgb: rgbFromHex(hex) } : null;
  }
  const hex = everyday[text] ?? cssHex(text);
  if (hex) return { name: text, rgb: rgbFromHex(hex) };
  const [first = '', ...rest] = text.split(' ');
  const shade = shades[first];
  const base = shade && rest.length > 0 ? colourNamed(rest.join(' ')) : null;
  return shade && base ? { name: text, rgb: fromOklab(shade(toOklab(base.rgb))) } : null;
}

function cssHex(text: string): string | null {
  const joined = text.replaceAll(' ', '').replaceAll('-', '');
  if (!Object.hasOwn(colorsNamed, joined)) return null;
  return formatHex(joined) ?? null;
}

function rgbFromHex(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

const linear = Float64Array.from({ length: 256 }, (_, i) => {
  const v = i / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

const encoded = (v: number): number => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055) * 255;

/** From sRGB bytes. Matrices: bottosson.github.io/posts/oklab. */
export function toOklab(rgb: Rgb | ArrayLike<number>, at = 0): Oklab {
  const r = linear[rgb[at]!]!;
  const g = linear[rgb[at + 1]!]!;
  const b = linear[rgb[at + 2]!]!;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** To sRGB bytes; colours that no screen shows lose chroma, not hue, until they fit. */
export function fromOklab([l, a, b]: Oklab): Rgb {
  const light = Math.min(1, Math.max(0, l));
  const asked = unclipped(light, a, b);
  if (shown(asked)) return clip(asked);
  let fits = 0;
  let tooMuch = 1;
  for (let i = 0; i < 8; i++) {
    const share = (fits + tooMuch) / 2;
    if (shown(unclipped(light, a * share, b * share))) fits = share;
    else tooMuch = share;
  }
  return clip(unclipped(light, a * fits, b * fits));
}

const shown = (rgb: Rgb): boolean => rgb.every((v) => v > -1.5 && v < 256.5);

function unclipped(lightness: number, a: number, b: number): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const clip = (rgb: Rgb): Rgb => [byte(rgb[0]), byte(rgb[1]), byte(rgb[2])];
export const byte = (v: number): number => (v <= 0 ? 0 : v >= 255 ? 255 : Math.round(v));

export function distance(one: Oklab, other: Oklab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

export const chromaOf = ([, a, b]: Oklab): number => Math.hypot(a, b);
/** In radians. */
export const hueOf = ([, a, b]: Oklab): number => Math.atan2(b, a);
export const mixed = (one: Oklab, other: Oklab, t: number): Oklab => [
  one[0] + (other[0] - one[0]) * t,
  one[1] + (other[1] - one[1]) * t,
  one[2] + (other[2] - one[2]) * t,
];
