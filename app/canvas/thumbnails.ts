import { pictureUrl } from '../../graphs/artifact.ts';

/** Longest side of the bitmaps that stand for pictures from far away. */
const SIDE = 96;
const MOST = 3000;

/** Small bitmaps by SHA-256, fetched when first asked for; `ready` is called when one has come. */
export function createThumbnails(ready: () => void) {
  const bitmaps = new Map<string, ImageBitmap | null>();

  async function load(sha256: string): Promise<void> {
    const image = new Image();
    image.src = pictureUrl(sha256, 'small');
    try {
      await image.decode();
      const scale = Math.min(1, SIDE / Math.max(image.naturalWidth, image.naturalHeight));
      const bitmap = await createImageBitmap(image, {
        resizeWidth: Math.max(1, Math.round(image.naturalWidth * scale)),
        resizeHeight: Math.max(1, Math.round(image.naturalHeight * scale)),
        resizeQuality: 'medium',
      });
      bitmaps.set(sha256, bitmap);
      ready();
    } catch {
      // A picture that is gone shows as a card without one; the card says why when it is near.
    }
  }

  return {
    get(sha256: string): ImageBitmap | null {
      const known = bitmaps.get(sha256);
      if (known !== undefined) return known;
      if (bitmaps.size > MOST) bitmaps.clear();
      bitmaps.set(sha256, null);
      void load(sha256);
      return null;
    },
  };
}
