import type { BookDatabase } from '../durable/open-book.ts';
import type { Condition } from './filter-sql.ts';

/**
 * Scripts that put no spaces between words, and letters with marks, at which the index would break a word apart: there any
 * piece of the text counts.
 */
const asPiece =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=New_Tai_Lue}\p{M}\u1cf2\u1cf3]/u;

/** Fewer than these are looked up one by one; of more, it is asked which of all entries are among them. */
const few = 2000;

/**
 * Looks words up once for each question, and not again for each part of its answer: what is found stays in a table of the
 * connection until other words are looked for, or more pictures have come.
 */
export function createWordSearch(database: BookDatabase): (words: string) => string {
  database.exec('PRAGMA temp_store = MEMORY; CREATE TEMP TABLE found (number INTEGER PRIMARY KEY)');
  const clear = database.prepare('DELETE FROM temp.found');
  const newest = database.prepare('SELECT MAX(number) AS number FROM entries');
  let last = { state: '', sql: 'TRUE' };

  /** A condition on `entries` that holds until the next call. */
  return (words) => {
    const conditions = conditionsOf(words);
    if (conditions.length === 0) return 'TRUE';
    const { number } = newest.get() as { number: number | null };
    const state = `${number} ${words}`;
    if (state === last.state) return last.sql;
    // Should the search fail, the table is nobody's answer.
    last = { state: '', sql: 'FALSE' };
    clear.run();
    const { changes } = database
      .prepare(`INSERT INTO temp.found SELECT rowid FROM words WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`)
      .run(...conditions.flatMap(({ values }) => values));
    // The plus keeps SQLite from going through what was found one by one.
    last = { state, sql: `${changes < few ? '' : '+'}number IN (SELECT number FROM temp.found)` };
    return last.sql;
  };
}

function conditionsOf(text: string): Condition[] {
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const spaced = words.filter((word) => !asPiece.test(word));
  const conditions = words
    .filter((word) => asPiece.test(word))
    .map((word): Condition => ({ sql: 'prompt LIKE ?', values: [`%${word}%`] }));
  if (spaced.length === 0) return conditions;
  return [{ sql: 'words MATCH ?', values: [spaced.map((word) => `"${word}"*`).join(' AND ')] }, ...conditions];
}
