import type { z } from 'zod';
import type { galleryAskSchema, GalleryEntry, GalleryFacets, GalleryFilter, GalleryName } from '../../gallery-wire.ts';
import type { BookDatabase } from '../durable/open-book.ts';
import { readText } from '../durable/text.ts';
import { conditionOf, type Condition, type FilterPart } from './filter-sql.ts';
import { createWordSearch } from './word-search.ts';
import type { StoredEntry } from './write-entries.ts';

type Asked = z.output<typeof galleryAskSchema>;
type Row = { number: number; made_at: number; key: unknown; rating: number; here: number; entry: unknown };
type Found = { number: number; entry: GalleryEntry };

/** So many values of one axis, and so many axes, are offered to choose from. */
const mostValues = 40;
const mostAxes = 30;
const mostTitles = 200;

/** 2 before 10. */
const natural = new Intl.Collator('en', { numeric: true });

/** Texts are read as bytes: see durable/text.ts. */
const entryColumns = 'number, made_at, CAST(key AS BLOB) AS key, rating, here, CAST(entry AS BLOB) AS entry';

export type EntryReader = ReturnType<typeof createEntryReader>;

/** Answers questions about the gallery from its index. */
export function createEntryReader(database: BookDatabase) {
  const all = <T>(sql: string, values: readonly (string | number)[] = []): T[] =>
    database.prepare(sql).all(...values) as T[];
  const searchWords = createWordSearch(database);

  function whereOf(filter: GalleryFilter, leftOut?: FilterPart): Condition {
    const { sql, values } = conditionOf(filter, leftOut);
    return { sql: `${searchWords(filter.words)} AND ${sql}`, values };
  }

  /** Sorted without the entries themselves, of which only a few are wanted. */
  const newestFirst = (sql: string): string =>
    `SELECT ${entryColumns} FROM entries WHERE number IN (
       SELECT number FROM entries WHERE ${sql} ORDER BY made_at DESC, key DESC LIMIT ? OFFSET ?
     ) ORDER BY made_at DESC, key DESC`;

  function page({ filter, from, offset, limit }: Asked) {
    const { sql, values } = whereOf(filter);
    const place = from === null ? null : placeOf(from);
    const atOrBelow = place ? ' AND (made_at, key) <= (?, ?)' : '';
    const rows = all<Row>(newestFirst(`${sql}${atOrBelow}`), [...values, ...(place ?? []), limit + 1, offset]);
    const [counted] = all<{ total: number; newer: number | null }>(
      `SELECT COUNT(*) AS total, SUM(${place ? '(made_at, key) > (?, ?)' : '0'}) AS newer FROM entries WHERE ${sql}`,
      [...(place ?? []), ...values],
    );
    const newer = counted?.newer ?? 0;
    const [top] = offset === 0 && place === null ? rows : all<Row>(newestFirst(sql), [...values, 1, 0]);
    const next = rows[limit];
    return {
      found: rows.slice(0, limit).flatMap((row) => foundIn(row) ?? []),
      top: top ? cursorOf(top) : null,
      next: next ? cursorOf(next) : null,
      total: (counted?.total ?? 0) - newer,
      newer,
    };
  }

  function counts(column: string, part: FilterPart, filter: GalleryFilter): { value: string; count: number }[] {
    const { sql, values } = whereOf(filter, part);
    return all<{ value: unknown; count: number }>(
      `SELECT CAST(${column} AS BLOB) AS value, COUNT(*) AS count FROM entries WHERE ${sql} GROUP BY ${column} ORDER BY count DESC, value LIMIT ${mostTitles}`,
      values,
    ).flatMap(countIn);
  }

  function axes(filter: GalleryFilter): GalleryFacets['axes'] {
    const chosen = new Set(filter.values.map(({ title }) => title));
    const { sql, values } = whereOf(filter);
    const lists = new Map<string, { value: string; count: number }[]>();
    const take = (condition: string, parameters: (string | number)[], wanted: (title: string) => boolean): void => {
      const rows = all<{ title: unknown; value: unknown; count: number }>(
        `SELECT CAST(title AS BLOB) AS title, CAST(value AS BLOB) AS value, COUNT(*) AS count FROM points
         WHERE number IN (SELECT number FROM entries WHERE ${condition}) GROUP BY points.title, points.value ORDER BY count DESC`,
        parameters,
      );
      for (const row of rows) {
        const title = readText(row.title);
        if (title === null || !wanted(title)) continue;
        const list = lists.get(title);
        if (list) list.push(...countIn(row));
        else lists.set(title, countIn(row));
      }
    };
    take(sql, values, (title) => !chosen.has(title));
    for (const title of chosen) {
      const without = whereOf(filter, `axis ${title}`);
      take(without.sql, without.values, (found) => found === title);
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

  function facets(filter: GalleryFilter): GalleryFacets {
    const rated = whereOf(filter, 'rating');
    const ratings = [0, 0, 0, 0, 0, 0];
    for (const { rating, count } of all<{ rating: number; count: number }>(
      `SELECT rating, COUNT(*) AS count FROM entries WHERE ${rated.sql} GROUP BY rating`,
      rated.values,
    ))
      if (ratings[rating] !== undefined) ratings[rating] = count;
    const dated = whereOf(filter, 'time');
    const [span] = all<{ first: number | null; last: number | null }>(
      `SELECT MIN(made_at) AS first, MAX(made_at) AS last FROM entries WHERE ${dated.sql}`,
      dated.values,
    );
    const placed = whereOf(filter, 'here');
    const [presence] = all<{ here: number | null; count: number }>(
      `SELECT SUM(here) AS here, COUNT(*) AS count FROM entries WHERE ${placed.sql}`,
      placed.values,
    );
    const here = presence?.here ?? 0;
    return {
      graphs: counts('title', 'graphs', filter),
      nodes: counts('node', 'nodes', filter),
      axes: axes(filter),
      services: counts('service', 'services', filter),
      ratings,
      first: span?.first ?? null,
      last: span?.last ?? null,
      here,
      gone: (presence?.count ?? 0) - here,
    };
  }

  function names(filter: GalleryFilter, most: number): GalleryName[] {
    const { sql, values } = whereOf(filter);
    return all<{ entry: unknown }>(
      `SELECT CAST(entry AS BLOB) AS entry FROM entries WHERE ${sql} ORDER BY made_at DESC, key DESC LIMIT ?`,
      [...values, most],
    ).flatMap(({ entry }) => {
      const text = readText(entry);
      if (text === null) return [];
      const { key, sha256, mediaType, prompt, seed } = JSON.parse(text) as StoredEntry;
      return [{ key, sha256, mediaType, prompt, seed }];
    });
  }

  function entries(keys: readonly string[]): Found[] {
    return all<Row>(
      `SELECT ${entryColumns} FROM entries WHERE key IN (SELECT value FROM json_each(?)) ORDER BY made_at DESC, key DESC`,
      [JSON.stringify(keys)],
    ).flatMap((row) => foundIn(row) ?? []);
  }

  return {
    page,
    entries,
    facets,
    names,
    count: (): number => all<{ count: number }>('SELECT COUNT(*) AS count FROM entries')[0]?.count ?? 0,
    /** The keys at both ends, by which a book of another life shows. */
    ends: (): string[] =>
      ['ASC', 'DESC'].flatMap((order) =>
        all<{ key: unknown }>(`SELECT CAST(key AS BLOB) AS key FROM entries ORDER BY number ${order} LIMIT 1`).flatMap(
          ({ key }) => readText(key) ?? [],
        ),
      ),
    /** All pictures, for a look at which of them are still here. */
    pictures: (): { number: number; sha256: string; here: boolean }[] =>
      all<{ number: number; sha256: unknown; here: number }>(
        'SELECT number, CAST(sha256 AS BLOB) AS sha256, here FROM entries',
      ).flatMap(({ number, sha256, here }) => {
        const name = readText(sha256);
        return name === null ? [] : [{ number, sha256: name, here: here === 1 }];
      }),
  };
}

function foundIn({ number, rating, here, entry }: Row): Found | null {
  const text = readText(entry);
  if (text === null) return null;
  const stored = JSON.parse(text) as StoredEntry;
  return { number, entry: { ...stored, rating, here: here === 1 } };
}

function countIn({ value, count }: { value: unknown; count: number }): { value: string; count: number }[] {
  const text = readText(value);
  return text === null ? [] : [{ value: text, count }];
}

const sumOf = (values: readonly { count: number }[]): number => values.reduce((sum, { count }) => sum + count, 0);

const cursorOf = ({ made_at, key }: Row): string => `${made_at}-${readText(key) ?? ''}`;

function placeOf(cursor: string): [madeAt: number, key: string] {
  const dash = cursor.indexOf('-');
  return [Number(cursor.slice(0, dash)), cursor.slice(dash + 1)];
}
