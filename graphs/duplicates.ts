/**
 * [A4] Which values of a list occur more than once, in a sentence: `2 prompts occur twice: made once, shown twice.` Null
 * where all differ. `ids` are equal where the values are; `noun` is the word for one and for many.
 */
export function duplicateWords(
  ids: readonly string[],
  [one, many]: readonly [one: string, many: string],
): string | null {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const repeats = [...counts.values()].filter((count) => count > 1);
  if (repeats.length === 0) return null;
  const subject = repeats.length === 1 ? `1 ${one} occurs` : `${repeats.length.toLocaleString('en')} ${many} occur`;
  const [first] = repeats;
  if (repeats.some((count) => count !== first)) return `${subject} more than once: made once, shown as often.`;
  const times = first === 2 ? 'twice' : `${first!.toLocaleString('en')} times`;
  return `${subject} ${times}: made once, shown ${times}.`;
}
