import type { GalleryFilter } from '../../gallery-wire.ts';

export type Condition = { sql: string; values: (string | number)[] };

/** What may be left out, so that each kind of filter shows what else could be chosen. */
export type FilterPart = 'graphs' | 'nodes' | 'services' | 'rating' | 'time' | 'here' | `axis ${string}`;

/** The filter without its words as a condition on `entries`; all values go in as parameters. */
export function conditionOf(filter: GalleryFilter, leftOut?: FilterPart): Condition {
  const parts: ({ part: FilterPart } & Condition)[] = [];
  const add = (part: FilterPart, sql: string, ...values: (string | number)[]): void =>
    void parts.push({ part, sql, values });
  const oneOf = (part: FilterPart, column: string, values: readonly string[]): void => {
    if (values.length > 0) add(part, `${column} IN (${values.map(() => '?').join(', ')})`, ...values);
  };

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
