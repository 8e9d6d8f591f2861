import { inBands, type Picture } from './picture.ts';

/**
 * Kuwahara filter: each pixel becomes the mean of that square beside it which is the most even, weighted so that none wins alone.
 * Running sums make it independent of the radius.
 */
export async function kuwahara(picture: Picture, radius: number, signal?: AbortSignal): Promise<Picture> {
  const { width, height, rgb } = picture;
  const sums = integral(picture);
  const stride = width + 1;
  const result = new Uint8Array(rgb.length);
  await inBands(
    picture,
    (first, end) => {
      for (let y = first; y < end; y++) {
        for (let x = 0; x < width; x++) {
          let total = 0;
          let r = 0;
          let g = 0;
          let b = 0;
          for (let q = 0; q < 4; q++) {
            const left = q & 1 ? x : Math.max(0, x - radius);
            const right = q & 1 ? Math.min(width, x + radius + 1) : x + 1;
            const top = q & 2 ? y : Math.max(0, y - radius);
            const bottom = q & 2 ? Math.min(height, y + radius + 1) : y + 1;
            const count = (right - left) * (bottom - top);
            const tl = (top * stride + left) * 4;
            const tr = (top * stride + right) * 4;
            const bl = (bottom * stride + left) * 4;
            const br = (bottom * stride + right) * 4;
            const sr = ((sums[br]! - sums[tr]! - sums[bl]! + sums[tl]!) | 0) / count;
            const sg = ((sums[br + 1]! - sums[tr + 1]! - sums[bl + 1]! + sums[tl + 1]!) | 0) / count;
            const sb = ((sums[br + 2]! - sums[tr + 2]! - sums[bl + 2]! + sums[tl + 2]!) | 0) / count;
            const squares = ((sums[br + 3]! - sums[tr + 3]! - sums[bl + 3]! + sums[tl + 3]!) | 0) / count;
            const variance = Math.max(0, squares - sr * sr - sg * sg - sb * sb);
            const even = 1 / (1 + variance / 40);
            const weight = even * even * even * even;
            total += weight;
            r += sr * weight;
            g += sg * weight;
            b += sb * weight;
          }
          const i = (y * width + x) * 3;
          result[i] = r / total + 0.5;
          result[i + 1] = g / total + 0.5;
          result[i + 2] = b / total + 0.5;
        }
      }
    },
    signal,
  );
  return { ...picture, rgb: result };
}

/**
 * Sums of r, g, b and of all their squares, over everything above and left.
 * They run over, but the difference of two is right again, as long as a square has less than 11,000 pixels.
 */
function integral({ width, height, rgb }: Picture): Int32Array {
  const stride = width + 1;
  const sums = new Int32Array(stride * (height + 1) * 4);
  for (let y = 0; y < height; y++) {
    let r = 0;
    let g = 0;
    let b = 0;
    let squares = 0;
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3;
      r += rgb[i]!;
      g += rgb[i + 1]!;
      b += rgb[i + 2]!;
      squares += rgb[i]! * rgb[i]! + rgb[i + 1]! * rgb[i + 1]! + rgb[i + 2]! * rgb[i + 2]!;
      const at = ((y + 1) * stride + x + 1) * 4;
      const above = at - stride * 4;
      sums[at] = sums[above]! + r;
      sums[at + 1] = sums[above + 1]! + g;
      sums[at + 2] = sums[above + 2]! + b;
      sums[at + 3] = sums[above + 3]! + squares;
    }
  }
  return sums;
}
