import type { GalleryFacets, GalleryFilter } from '../../gallery-wire.ts';
import { readText } from '../durable/text.ts';
import type { Condition, FilterPart } from './filter-sql.ts';

type Counts = { value: string; count: number }[];
type Options = {
  all: <T>(sql: string, values?: readonly (string | number)[]) => T[];
  /** Holds until it is called again. */
  whereOf: (filter: GalleryFilter, leftOut?: FilterPart) => Condition;
};

/** So many values of one axis, and so many axes, are offered to choose from. */
const mostValues = 40;
const mostAxes = 30;
const mostTitles = 200;

/** 2 before 10. */
const natural = new Intl.Collator('en', { numeric: true });

/**
 * Counts by what the gallery can be filtered. That takes as long as several questions for pictures, so it is done in
 * parts: between any two of them something else may be asked.
 */
export function createFacetReader({ all, whereOf }: Options) {
  function counts(column: string, part: FilterPart, filter: GalleryFilter): Counts {
    const { sql, values } = whereOf(filter, part);
    return all<{ value: unknown; count: number }>(
      `SELECT CAST(${column} AS BLOB) AS value, COUNT(*) AS count FROM entries WHERE ${sql} GROUP BY ${column} ORDER BY count DESC, value LIMIT ${mostTitles}`,
      values,
    ).flatMap(countIn);
  }

  function* axes(filter: GalleryFilter): Generator<void, GalleryFacets['axes']> {
    const chosen = new Set(filter.values.map(({ title }) => title));
    const lists = new Map<string, Counts>();
    const take = ({ sql, values }: Condition, wanted: (title: string) => boolean): void => {
      const rows = all<{ title: unknown; value: unknown; count: number }>(
        `SELECT CAST(title AS BLOB) AS title, CAST(value AS BLOB) AS value, COUNT(*) AS count FROM points
         WHERE number IN (SELECT number FROM entries WHERE ${sql}) GROUP BY points.title, points.value ORDER BY count DESC`,
        values,
      );
      for (const row of rows) {
        const title = readText(row.title);
        if (title === null || !wanted(title)) continue;
        const list = lists.get(title);
        if (list) list.push(...countIn(row));
        else lists.set(title, countIn(row));
      }
    };
    take(whereOf(filter), (title) => !chosen.has(title));
    for (const title of chosen) {
      yield;
      take(whereOf(filter, `axis ${title}`), (found) => found === title);
    }
    return [...lists]
      .map(([title, found]) => ({
        title,
        values: found.slice(0, mostValues).sort((a, b) => natural.compare(a.value, b.value)),
        more: Math.max(0, found.length - mostValues),
      }))
      .sort((a, b) => sumOf(b.values) - sumOf(a.values) || (a.title < b.title ? -1 : 1))
      .slice(0, mostAxes);
  }

  function ratings(filter: GalleryFilter): number[] {
    const { sql, values } = whereOf(filter, 'rating');
    const found = all<{ rating: number; count: number }>(
      `SELECT rating, COUNT(*) AS count FROM entries WHERE ${sql} GROUP BY rating`,
      values,
    );
    return Array.from({ length: 6 }, (_, stars) => found.find(({ rating }) => rating === stars)?.count ?? 0);
  }

  function span(filter: GalleryFilter): Pick<GalleryFacets, 'first' | 'last'> {
    const { sql, values } = whereOf(filter, 'time');
    const [found] = all<{ first: number | null; last: number | null }>(
      `SELECT MIN(made_at) AS first, MAX(made_at) AS last FROM entries WHERE ${sql}`,
      values,
    );
    return { first: found?.first ?? null, last: found?.last ?? null };
  }

  function presence(filter: GalleryFilter): Pick<GalleryFacets, 'here' | 'gone'> {
    const { sql, values } = whereOf(filter, 'here');
    const [found] = all<{ here: number | null; count: number }>(
      `SELECT SUM(here) AS here, COUNT(*) AS count FROM entries WHERE ${sql}`,
      values,
    );
    const here = found?.here ?? 0;
    return { here, gone: (found?.count ?? 0) - here };
  }

  return function* facets(filter: GalleryFilter): Generator<void, GalleryFacets> {
    const graphs = counts('title', 'graphs', filter);
    yield;
    const nodes = counts('node', 'nodes', filter);
    yield;
    const services = counts('service', 'services', filter);
    yield;
    const rated = ratings(filter);
    yield;
    const made = { ...span(filter), ...presence(filter) };
    yield;
    return { graphs, nodes, axes: yield* axes(filter), services, ratings: rated, ...made };
  };
}

function countIn({ value, count }: { value: unknown; count: number }): Counts {
  const text = readText(value);
  return text === null ? [] : [{ value: text, count }];
}

const sumOf = (values: Counts): number => values.reduce((sum, { count }) => sum + count, 0);
