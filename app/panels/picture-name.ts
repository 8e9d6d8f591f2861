import type { MediaType } from '../../graphs/artifact.ts';

const endings: Record<MediaType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/** A name for a downloaded picture that every system takes: `Prompts × seeds - Look - Seeds 2.png`. */
export function pictureFileName(parts: readonly string[], mediaType: MediaType): string {
  const name = parts
    .filter(Boolean)
    .join(' - ')
    .replaceAll(':', '')
    .replace(/[<>"/\\|?*\s]+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return `${[...name].slice(0, 120).join('').trim() || 'picture'}.${endings[mediaType]}`;
}
