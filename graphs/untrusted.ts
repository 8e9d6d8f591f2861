/** No graph comes near this; a text of brackets alone would otherwise break whatever walks through it. */
export const MOST_DEPTH = 100;

/**
 * Why this JSON from outside is not taken, or null. `__proto__` as a key means only mischief: copied carelessly, it would
 * change what every object has. Walks without recursion, so depth cannot break it.
 */
export function faultOfJson(data: unknown): string | null {
  let level: unknown[] = [data];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) return `it is nested more than ${MOST_DEPTH} levels deep`;
    const next: unknown[] = [];
    for (const value of level) {
      if (value === null || typeof value !== 'object') continue;
      if (Object.hasOwn(value, '__proto__')) return 'it has a key "__proto__"';
      for (const part of Array.isArray(value) ? value : Object.values(value))
        if (part !== null && typeof part === 'object') next.push(part);
    }
    level = next;
  }
  return null;
}
