import { THRESHOLD, type Figure } from './figure.ts';

type Size = { readonly width: number; readonly height: number };

/** The figure of two pictures in words. */
export function figureRows({ changed, mean, largest, similarity }: Figure): {
  title: string;
  text: string;
  hint: string;
}[] {
  return [
    { title: 'Changed', text: percent(changed), hint: `of the pixels, by more than ${THRESHOLD} of 255` },
    { title: 'Mean difference', text: mean.toFixed(1), hint: `of 255, at most ${largest}` },
    similarity === null
      ? { title: 'Similarity', text: '–', hint: 'too small for SSIM' }
      : { title: 'Similarity', text: similarity.toFixed(3), hint: 'SSIM, 1 = the same' },
  ];
}

/** Never 0 % where something changed, and never 100 % where something did not. */
function percent(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  if (share < 1 && share > 0.999) return '> 99.9 %';
  return `${(share * 100).toFixed(1)} %`;
}

/** What was done to the sizes of two pictures before they were compared; empty where nothing was. */
export function scaleWords(
  a: { letter: string; picture: Size },
  b: { letter: string; picture: Size },
  compared: Size = a.picture,
): string[] {
  const words: string[] = [];
  if (!isSame(a.picture, b.picture))
    words.push(
      `${b.letter} has ${sizeText(b.picture)} pixels and is scaled to the size of ${a.letter}, ${sizeText(a.picture)}.`,
    );
  if (!isSame(a.picture, compared)) words.push(`Compared at ${sizeText(compared)}.`);
  return words;
}

/** Short: why one picture does not stand pixel on pixel over the first; null where it does. */
export function sizeWords(first: Size, picture: Size): string | null {
  return isSame(first, picture) ? null : `${sizeText(picture)}, scaled to ${sizeText(first)}`;
}

const isSame = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;
const sizeText = ({ width, height }: Size): string => `${width} × ${height}`;
