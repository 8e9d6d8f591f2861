/** The share of the picture that is half subject, half background, and not at the subject's edge: remains of the old background. */
export function faintRemains(mask: Uint8Array, width: number, height: number): number {
  const step = Math.max(1, Math.round(Math.max(width, height) / 200));
  const across = Math.floor(width / step);
  const down = Math.floor(height / step);
  const at = (x: number, y: number): number =>
    mask[Math.min(height - 1, y * step) * width + Math.min(width - 1, x * step)]!;
  let remains = 0;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const v = at(x, y);
      if (v < 26 || v > 215) continue;
      if (!edgeNear(at, x, y, across, down)) remains++;
    }
  }
  return across * down === 0 ? 0 : remains / (across * down);
}

/** Are both sure subject and sure background within three steps? */
function edgeNear(at: (x: number, y: number) => number, x: number, y: number, across: number, down: number): boolean {
  let subject = false;
  let background = false;
  for (let v = Math.max(0, y - 3); v <= Math.min(down - 1, y + 3); v++) {
    for (let u = Math.max(0, x - 3); u <= Math.min(across - 1, x + 3); u++) {
      const value = at(u, v);
      if (value > 235) subject = true;
      if (value < 12) background = true;
    }
    if (subject && background) return true;
  }
  return false;
}
