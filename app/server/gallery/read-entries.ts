import type { z } from 'zod';
import type { galleryAskSchema, GalleryEntry, GalleryFilter, GalleryName } from '../../gallery-wire.ts';
import type { BookDatabase } from '../durable/open-book.ts';
import { readText } from '../durable/text.ts';
import { conditionOf, type Condition, type FilterPart } from './filter-sql.ts';
import { createFacetReader } from './read-facets.ts';
import { createWordSearch } from './word-search.ts';
import type { StoredEntry } from './write-entries.ts';

type Asked = z.output<typeof galleryAskSchema>;
type Row = { number: number; made_at: number; key: unknown; rating: number; here: number; entry: unknown };
type Found = { number: number; entry: GalleryEntry };

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
    facets: createFacetReader({ all, whereOf }),
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

const cursorOf = ({ made_at, key }: Row): string => `${made_at}-${readText(key) ?? ''}`;

function placeOf(cursor: string): [madeAt: number, key: string] {
  const dash = cursor.indexOf('-');
  return [Number(cursor.slice(0, dash)), cursor.slice(dash + 1)];
}
