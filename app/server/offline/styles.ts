import type { Brush, Effect } from './effect.ts';
import { cartoon, oil, watercolour } from './paint.ts';
import { paletteOf } from './palette.ts';
import { calmed, colours, type Picture, rgbOf } from './picture.ts';
import { sketch } from './sketch.ts';

/** Pictures made as if by hand, or of a few flat pieces. */

const shorter = ({ width, height }: Picture): number => Math.min(width, height);

async function pixelate(picture: Picture, { force, random }: Brush): Promise<Uint8Array> {
  const { width, height } = picture;
  const block = Math.max(2, Math.round((shorter(picture) / 48) * force * random.between(0.6, 1.6)));
  const across = Math.max(1, Math.round(width / block));
  const down = Math.max(1, Math.round(height / block));
  const small = await rgbOf(colours(picture).resize(across, down, { fit: 'fill', kernel: 'mks2013' }));
  return rgbOf(
    colours({ width: across, height: down, rgb: small }).resize(width, height, { fit: 'fill', kernel: 'nearest' }),
  );
}

/** A few flat colours, chosen from the picture. */
async function posterise(picture: Picture, { force, random, signal }: Brush): Promise<Uint8Array> {
  const count = Math.max(3, Math.round(random.between(6, 10) / Math.sqrt(force)));
  const calm = await rgbOf(calmed(colours(picture), picture, Math.max(3, Math.round(shorter(picture) / 180) | 1)));
  signal?.throwIfAborted();
  const nearest = paletteOf({ ...picture, rgb: calm }, { count, boost: random.between(1.1, 1.4), random });
  const result = new Uint8Array(calm.length);
  for (let i = 0; i < calm.length; i += 3) {
    const at = nearest.index[((calm[i]! >> 2) << 12) | ((calm[i + 1]! >> 2) << 6) | (calm[i + 2]! >> 2)]!;
    result.set(nearest.colours[at]!, i);
  }
  return result;
}

/** Hands leave no finer detail than a megapixel holds: larger pictures are drawn smaller and enlarged. */
function drawn(draw: Effect['apply']): Effect {
  const most = 1_000_000;
  return {
    async apply(picture, brush) {
      const { width, height } = picture;
      const scale = Math.sqrt(most / (width * height));
      if (scale >= 1) return draw(picture, brush);
      const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
      const shrunk = await rgbOf(colours(picture).resize(small.width, small.height, { fit: 'fill' }));
      const rgb = await draw({ ...small, rgb: shrunk, alpha: null, mask: null }, brush);
      return rgbOf(colours({ ...small, rgb }).resize(width, height, { fit: 'fill', kernel: 'lanczos3' }));
    },
  };
}

export const styleEffects = {
  sketch: drawn(sketch),
  cartoon: drawn(cartoon),
  'oil painting': drawn(oil),
  watercolour: drawn(watercolour),
  pixelate: { apply: pixelate },
  posterise: { apply: posterise },
} satisfies Record<string, Effect>;
