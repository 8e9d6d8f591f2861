import filenamify from 'filenamify';

/** Most systems take 255 bytes per name; this leaves room for a counter, an extension and a synchronising program's suffix. */
const maxBytesPerName = 120;
const maxFolders = 8;

/**
 * A name template as path below the outputs folder, without extension, in names that Windows, macOS and Linux all take.
 * `/` makes a subfolder; nothing in it can lead out of the outputs folder.
 */
export function outputPath(template: string, { date }: { date: string }): string[] {
  const parts = template.replaceAll('{date}', date).split('/');
  // The extension is not the user's to choose: it follows from the picture's bytes.
  const name = safeName((parts.pop() ?? '').replace(/\.(png|jpe?g|webp|pdf)\s*$/i, '')) || 'picture';
  const folders = parts.map(safeName).filter((part) => part !== '');
  return [...folders.slice(0, maxFolders), name];
}

/** One file or folder name; empty where nothing sensible remains. */
export function safeName(text: string): string {
  const plain = text
    .normalize('NFC')
    // Invisible signs: control, bidirectional overrides, private use, lone surrogates. The joiner inside emoji may stay.
    .replace(/(?!\u200d)[\p{Cf}\p{Co}\p{Cs}\ufffd]/gu, '')
    .replace(/[\p{Z}\p{Cc}\s]+/gu, ' ')
    .trim()
    // A dot in front hides the file; `..` would climb.
    .replace(/^[.\s]+/, '');
  if (plain === '') return '';
  const safe = filenamify(plain, { replacement: '-', maxLength: Number.MAX_SAFE_INTEGER });
  const short = withinBytes(safe, maxBytesPerName).replace(/[. ]+$/, '');
  // Cutting may have uncovered a name that Windows keeps for itself.
  return filenamify(short, { replacement: '-', maxLength: Number.MAX_SAFE_INTEGER });
}

function withinBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  let kept = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > limit) break;
    kept += segment;
  }
  return kept;
}
