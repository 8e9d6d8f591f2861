/** A name takes so many bytes at most; the server cuts what is longer. */
const MOST_BYTES = 120;

/** A filled name nearly as the server writes it: with the day, in signs that every system takes, and no longer than may be. */
export function shownName(name: string, now: Date): string {
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return name
    .replaceAll('{date}', day)
    .split('/')
    .map((part) => withinBytes(part.replace(/[<>:"\\|?*]+/g, '-').replace(/^[.\s]+|[.\s]+$/g, '')))
    .filter(Boolean)
    .join('/');
}

const two = (number: number): string => String(number).padStart(2, '0');

function withinBytes(text: string): string {
  const encoder = new TextEncoder();
  let kept = '';
  let bytes = 0;
  for (const sign of text) {
    bytes += encoder.encode(sign).length;
    if (bytes > MOST_BYTES) return kept;
    kept += sign;
  }
  return kept;
}
