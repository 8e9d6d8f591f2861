/** More words than this in common are worth leaving out. */
const LEAST = 12;

/**
 * Long texts shortened to what tells them apart: whole words that all of them begin or end with become `…`. Texts that
 * are short anyway, or a single one, stay as they are.
 */
export function shortened(texts: readonly string[]): string[] {
  const different = [...new Set(texts)];
  if (different.length < 2) return [...texts];
  const words = different.map((text) => text.split(/(?<=\s)/u));
  const shortest = Math.min(...words.map(({ length }) => length));
  let front = 0;
  while (front < shortest - 1 && words.every((list) => list[front] === words[0]![front])) front++;
  let back = 0;
  while (
    back < shortest - 1 - front &&
    words.every((list) => list[list.length - 1 - back]!.trim() === words[0]![words[0]!.length - 1 - back]!.trim())
  )
    back++;
  const begin = words[0]!.slice(0, front).join('').length;
  const end = words[0]!.slice(words[0]!.length - back).join('').length;
  const cutFront = begin >= LEAST ? begin : 0;
  const cutBack = end >= LEAST ? back : 0;
  if (cutFront === 0 && cutBack === 0) return [...texts];
  return texts.map((text) => {
    const list = text.split(/(?<=\s)/u);
    const kept = list
      .slice(cutFront > 0 ? front : 0, list.length - cutBack)
      .join('')
      .trim();
    return `${cutFront > 0 ? '… ' : ''}${kept}${cutBack > 0 ? ' …' : ''}`;
  });
}
