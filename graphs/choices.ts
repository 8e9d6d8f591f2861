/** More variants of one text than this are refused. */
export const MOST_VARIANTS = 10_000;

/**
 * One text per line; `{a|b|c}` stands for one text with each of its choices, and several choices in a line multiply, the
 * last one fastest. Choices may be nested. Blank lines are left out; braces without a bar, or without a partner, stay
 * as they are. `overflow` says that there would be more than MOST_VARIANTS texts; `values` is empty then.
 */
export function expandChoices(text: string): { values: string[]; overflow: boolean } {
  const values: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const variants = expandLine(line.trim());
    if (!variants || values.length + variants.length > MOST_VARIANTS) return { values: [], overflow: true };
    values.push(...variants);
  }
  return { values, overflow: false };
}

/** Expands the innermost choice over and over; null when there are too many variants. */
function expandLine(line: string): string[] | null {
  let open = [line];
  for (;;) {
    const next: string[] = [];
    let found = false;
    for (const text of open) {
      const choice = /\{([^{}|]*(?:\|[^{}|]*)+)\}/.exec(text);
      if (!choice) {
        next.push(text);
        continue;
      }
      found = true;
      const [whole, inside] = choice;
      for (const option of inside!.split('|'))
        next.push(text.slice(0, choice.index) + option + text.slice(choice.index + whole.length));
      if (next.length > MOST_VARIANTS) return null;
    }
    open = next;
    if (!found) return open.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
  }
}
