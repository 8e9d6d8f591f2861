import type { GalleryFilter } from '../../gallery-wire.ts';

export type Condition = { sql: string; values: (string | number)[] };

/** What may be left out, so that each kind of filter shows what else could be chosen. */
export type FilterPart = 'words' | 'graphs' | 'nodes' | 'services' | 'rating' | 'time' | 'here' | `axis ${string}`;

/** The filter as a condition on `entries`; all values go in as parameters. */
export function conditionOf(filter: GalleryFilter, leftOut?: FilterPart): Condition {
  const parts: ({ part: FilterPart } & Condition)[] = [];
  const add = (part: FilterPart, sql: string, ...values: (string | number)[]): void =>
    void parts.push({ part, sql, values });
  const oneOf = (part: FilterPart, column: string, values: readonly string[]): void => {
    if (values.length > 0) add(part, `${column} IN (${values.map(() => '?').join(', ')})`, ...values);
  };

  for (const { sql, values } of conditionsOfWords(filter.words)) add('words', sql, ...values);
  oneOf('graphs', 'title', filter.graphs);
  oneOf('nodes', 'node', filter.nodes);
  oneOf('services', 'service', filter.services);
  if (filter.rating > 0) add('rating', 'rating >= ?', filter.rating);
  if (filter.from !== null) add('time', 'made_at >= ?', filter.from);
  if (filter.until !== null) add('time', 'made_at < ?', filter.until);
  if (filter.here !== 'any') add('here', 'here = ?', filter.here === 'yes' ? 1 : 0);
  for (const title of new Set(filter.values.map((one) => one.title))) {
    const values = filter.values.filter((one) => one.title === title);
    const places = values.map(() => '?').join(', ');
    add(
      `axis ${title}`,
      `number IN (SELECT number FROM points WHERE title = ? AND value IN (${places}))`,
      title,
      ...values.map(({ value }) => value),
    );
  }

  const kept = parts.filter(({ part }) => part !== leftOut);
  return {
    sql: kept.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: kept.flatMap(({ values }) => values),
  };
}

/** Scripts that put no spaces between words: there any piece of the text counts. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

function conditionsOfWords(text: string): Condition[] {
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const spaced = words.filter((word) => !unspaced.test(word));
  const conditions = words
    .filter((word) => unspaced.test(word))
    .map((word): Condition => ({
      sql: 'number IN (SELECT rowid FROM words WHERE prompt LIKE ?)',
      values: [`%${word}%`],
    }));
  if (spaced.length > 0) {
    const match = spaced.map((word) => `"${word}"*`).join(' AND ');
    conditions.push({ sql: 'number IN (SELECT rowid FROM words WHERE words MATCH ?)', values: [match] });
  }
  return conditions;
}
