/** Filters on planes of numbers (one a pixel) that libvips does not have. All are linear in the pixels, whatever the radius. */

/** Mean over a square of side 2r+1; at the borders over the part that is inside. */
export function boxMean(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const r = Math.max(1, Math.floor(radius));
  const across = new Float32Array(source.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(r, width); x++) sum += source[row + x]!;
    for (let x = 0; x < width; x++) {
      if (x + r < width) sum += source[row + x + r]!;
      if (x - r - 1 >= 0) sum -= source[row + x - r - 1]!;
      across[row + x] = sum / (Math.min(width - 1, x + r) - Math.max(0, x - r) + 1);
    }
  }
  const result = new Float32Array(source.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(r, height); y++) for (let x = 0; x < width; x++) sums[x]! += across[y * width + x]!;
  for (let y = 0; y < height; y++) {
    const enters = y + r < height ? (y + r) * width : -1;
    const leaves = y - r - 1 >= 0 ? (y - r - 1) * width : -1;
    const count = Math.min(height - 1, y + r) - Math.max(0, y - r) + 1;
    for (let x = 0; x < width; x++) {
      let sum = sums[x]!;
      if (enters >= 0) sum += across[enters + x]!;
      if (leaves >= 0) sum -= across[leaves + x]!;
      sums[x] = sum;
      result[y * width + x] = sum / count;
    }
  }
  return result;
}

/**
 * Guided filter (He, Sun, Tang 2010): the local lines source ≈ gain × guide + offset. The source drawn by them is smooth,
 * but has edges where the guide has edges; the lines are smooth themselves, so they may be enlarged before they are used.
 * All 0..1. `evenness` is the variance of the guide below which an area counts as flat.
 */
export function guidedLines(
  guide: Float32Array,
  source: Float32Array,
  { width, height, radius, evenness }: { width: number; height: number; radius: number; evenness: number },
): { gain: Float32Array; offset: Float32Array } {
  const mean = (plane: Float32Array): Float32Array => boxMean(plane, width, height, radius);
  const meanGuide = mean(guide);
  const meanSource = mean(source);
  const square = mean(guide.map((v) => v * v));
  const product = mean(guide.map((v, i) => v * source[i]!));
  const gain = square.map((v, i) => {
    const g = meanGuide[i]!;
    return (product[i]! - g * meanSource[i]!) / (v - g * g + evenness);
  });
  const offset = meanSource.map((v, i) => v - gain[i]! * meanGuide[i]!);
  return { gain: mean(gain), offset: mean(offset) };
}

/** Weighted lightness of RGB bytes, 0..1. */
export function lumaOf(rgb: Uint8Array): Float32Array {
  const luma = new Float32Array(rgb.length / 3);
  for (let i = 0, j = 0; i < luma.length; i++, j += 3) {
    luma[i] = (0.299 * rgb[j]! + 0.587 * rgb[j + 1]! + 0.114 * rgb[j + 2]!) / 255;
  }
  return luma;
}

/** The same in whole bytes, for libvips. */
export function lumaBytes(rgb: Uint8Array): Uint8Array {
  const luma = new Uint8ClampedArray(rgb.length / 3);
  for (let i = 0, j = 0; i < luma.length; i++, j += 3) {
    luma[i] = 0.299 * rgb[j]! + 0.587 * rgb[j + 1]! + 0.114 * rgb[j + 2]!;
  }
  return new Uint8Array(luma.buffer);
}

type Size = { width: number; height: number };

/** Enlarges by straight lines between neighbours. */
export function enlarge(source: Float32Array, from: Size, to: Size): Float32Array {
  const result = new Float32Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    enlargeRow(source, from, to, { y, into: result.subarray(y * to.width, (y + 1) * to.width) });
  }
  return result;
}

/** One row of the enlarged plane. */
export function enlargeRow(
  source: Float32Array,
  from: Size,
  to: Size,
  { y, into }: { y: number; into: Float32Array },
): void {
  const v = Math.min(from.height - 1, Math.max(0, ((y + 0.5) * from.height) / to.height - 0.5));
  const y0 = Math.floor(v);
  const above = y0 * from.width;
  const below = Math.min(from.height - 1, y0 + 1) * from.width;
  const fy = v - y0;
  const step = from.width / to.width;
  for (let x = 0; x < to.width; x++) {
    const u = Math.min(from.width - 1, Math.max(0, (x + 0.5) * step - 0.5));
    const x0 = u | 0;
    const x1 = Math.min(from.width - 1, x0 + 1);
    const fx = u - x0;
    const top = source[above + x0]! * (1 - fx) + source[above + x1]! * fx;
    const bottom = source[below + x0]! * (1 - fx) + source[below + x1]! * fx;
    into[x] = top * (1 - fy) + bottom * fy;
  }
}
