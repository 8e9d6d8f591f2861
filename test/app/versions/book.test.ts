import { describe, expect, it } from 'vitest';
import { createVersionBook } from '../../../app/versions/book.ts';
import { applyChange, type Change } from '../../../graphs/changes.ts';
import { FileError } from '../../../graphs/errors.ts';
import { readGraphFile, writeGraphFile } from '../../../graphs/file.ts';
import type { Graph } from '../../../graphs/graph.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain } from '../../support/sketch.ts';
import { memoryVersions } from '../../support/version-storage.ts';

const HOUR = 3_600_000;
/** As a graph is after it was read: with all the usual values. */
const start = readGraphFile(writeGraphFile('T', chain()), nodeTypes).graph;
const prompt = (value: string): Change => ({ type: 'setParam', node: 'a', name: 'prompt', value });
const withPrompt = (value: string): Graph => applyChange(start, prompt(value)).graph;

function setUp(memory = memoryVersions(), ids = 0) {
  const clock = { now: Date.UTC(2026, 4, 1, 12) };
  const book = createVersionBook({
    storage: memory.storage,
    nodeTypes,
    now: () => clock.now,
    newId: () => `v${++ids}`,
  });
  const keep = (graph: Graph, title = 'T') => book.keep({ title, graph }, 'run');
  const listed = async () => (await book.list()).versions;
  return { ...memory, clock, book, keep, listed };
}

describe('[R1] a version is kept', () => {
  it('with its graph, its time, its reason and what changed since the one before', async () => {
    const { book, keep, clock } = setUp();
    await keep(start);
    clock.now += HOUR;
    await book.keep({ title: 'Shots', graph: withPrompt('make it blue') }, 'open', { pictures: ['a'.repeat(64)] });
    const { versions, unreadable } = await book.list();
    expect(unreadable).toEqual([]);
    expect(versions).toMatchObject([
      {
        id: 'v2',
        document: 'v1',
        title: 'Shots',
        at: clock.now,
        reason: 'open',
        name: null,
        first: false,
        nodes: 4,
        words: ['Titled “Shots”', 'Prompt of Edit changed to “make it blue”'],
        pictures: ['a'.repeat(64)],
      },
      { id: 'v1', document: 'v1', title: 'T', first: true, words: [] },
    ]);
    expect(await book.read('v1')).toEqual({ title: 'T', graph: start, notes: [] });
  });

  it('only when it differs from the newest one of its graph', async () => {
    const { keep, listed } = setUp();
    const first = await keep(start);
    expect((await keep(structuredClone(start))).id).toBe(first.id);
    await keep(withPrompt('x'));
    await keep(start);
    expect((await listed()).map(({ id }) => id)).toEqual(['v4', 'v3', 'v1']);
  });

  it('in the order in which it was asked for, whatever the storage does', async () => {
    const { keep, listed } = setUp();
    await Promise.all(['one', 'two', 'three'].map((text) => keep(withPrompt(text))));
    expect((await listed()).map(({ words }) => words)).toEqual([
      ['Prompt of Edit changed to “three”'],
      ['Prompt of Edit changed to “two”'],
      [],
    ]);
  });

  it('as the newest one even after the clock was set back', async () => {
    const { keep, listed, clock } = setUp();
    await keep(start);
    clock.now -= 48 * HOUR;
    await keep(withPrompt('x'));
    await keep(withPrompt('x'));
    expect((await listed()).map(({ id }) => id)).toEqual(['v2', 'v1']);
  });

  it('or not: the writer is told, and the next one is kept all the same', async () => {
    const { keep, listed, fault } = setUp();
    fault.next = new Error('the disk is full');
    await expect(keep(start)).rejects.toThrow('the disk is full');
    fault.next = null;
    await keep(start);
    expect(await listed()).toHaveLength(1);
  });
});

describe('names', () => {
  it('a version asked for gives its name to an equal one that has none', async () => {
    const { book, keep, listed } = setUp();
    await keep(start);
    await book.keep({ title: 'T', graph: start }, 'asked', { name: '  Before the client  ' });
    await book.keep({ title: 'T', graph: start }, 'asked', { name: 'Again' });
    expect(await listed()).toMatchObject([
      { name: 'Again', words: [] },
      { id: 'v1', name: 'Before the client', reason: 'run' },
    ]);
  });

  it('can be changed and taken away', async () => {
    const { book, keep, listed } = setUp();
    await keep(start);
    await book.rename('v1', 'Best');
    expect(await listed()).toMatchObject([{ name: 'Best' }]);
    await book.rename('v1', ' ');
    expect(await listed()).toMatchObject([{ name: null }]);
  });
});

describe('[R5] which graph a version belongs to', () => {
  it('stays when the graph is renamed, ends when another is opened, and is found again by the title', async () => {
    const { book, keep, listed } = setUp();
    await keep(start, 'One');
    await keep(start, 'Two');
    await book.begin();
    await keep(withPrompt('else'), 'Other');
    await book.begin();
    await keep(withPrompt('more'), 'Two');
    expect((await listed()).map(({ title, document, first }) => [title, document, first])).toEqual([
      ['Two', 'v1', false],
      ['Other', 'v3', true],
      ['Two', 'v1', false],
      ['One', 'v1', true],
    ]);
  });

  it('is never guessed for graphs without a title', async () => {
    const { book, keep, listed } = setUp();
    await keep(start, 'Untitled');
    await book.begin();
    await keep(start, 'Untitled');
    expect((await listed()).map(({ document }) => document)).toEqual(['v2', 'v1']);
  });
});

describe('removing', () => {
  it('tells the next version anew what changed, and can be undone exactly', async () => {
    const { book, keep, listed, entries } = setUp();
    for (const text of ['one', 'two', 'three']) await keep(withPrompt(text));
    await keep(applyChange(withPrompt('three'), { type: 'remove', nodes: ['save'] }).graph);
    const before = new Map(entries);
    const undo = await book.remove('v3');
    expect(await listed()).toMatchObject([
      { id: 'v4', words: ['Removed Save', 'Prompt of Edit changed to “three”'] },
      { id: 'v2' },
      { id: 'v1' },
    ]);
    await undo();
    expect(entries).toEqual(before);
    await book.remove('v1');
    expect((await listed()).at(-1)).toMatchObject({ id: 'v2', first: true, words: [] });
  });
});

describe('[R4] what is kept by itself is thinned out', () => {
  it('to the last one of each day after a day, and never what has a name', async () => {
    const { book, keep, listed, clock, entries } = setUp();
    for (const [hours, text] of [
      [0, 'one'],
      [1, 'two'],
      [1, 'three'],
      [48, 'four'],
    ] as const) {
      clock.now += hours * HOUR;
      await keep(withPrompt(text));
      if (text === 'one') await book.rename('v1', 'Best');
    }
    expect((await listed()).map(({ id }) => id)).toEqual(['v4', 'v3', 'v1']);
    expect((await listed())[1]).toMatchObject({ words: ['Prompt of Edit changed to “three”'] });
    expect([...entries.keys()].filter((key) => key.startsWith('graph/'))).toHaveLength(3);
  });
});

describe('[R6] an entry that cannot be read', () => {
  it('is told of with its reason and its bytes, and the rest is listed', async () => {
    const { book, keep, entries } = setUp();
    await keep(start);
    entries.set('about/odd', { id: 'odd', at: 'yesterday' });
    entries.set('graph/odd', writeGraphFile('Odd', start));
    const { versions, unreadable } = await book.list();
    expect(versions).toHaveLength(1);
    expect(unreadable).toEqual([
      { id: 'odd', reason: expect.stringContaining('document'), text: '{"id":"odd","at":"yesterday"}' },
    ]);
    expect(readGraphFile(await book.text('odd'), nodeTypes).graph).toEqual(start);
    await (
      await book.remove('odd')
    )();
    expect((await book.list()).unreadable).toHaveLength(1);
  });

  it('has its graph refused in words, and later versions are kept without comparing with it', async () => {
    const before = setUp();
    await before.keep(start);
    before.entries.set('graph/v1', '{"nodes": 5');
    // The page was loaded again.
    const { book, keep, entries, listed } = setUp(before, 1);
    await expect(book.read('v1')).rejects.toThrow(FileError);
    expect(await book.text('v1')).toBe('{"nodes": 5');
    await keep(start);
    expect(await listed()).toMatchObject([{ id: 'v2', words: [], first: false }, { id: 'v1' }]);
    entries.delete('graph/v1');
    await expect(book.read('v1')).rejects.toThrow('not there any more');
  });
});
