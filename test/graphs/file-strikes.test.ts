import { describe, expect, it } from 'vitest';
import { applyChange, type Change } from '../../graphs/changes.ts';
import { whatChanged } from '../../graphs/difference.ts';
import { readGraphFile, writeGraphFile } from '../../graphs/file.ts';
import { pasteFragment, readFragment, takeFragment, writeFragment } from '../../graphs/fragment.ts';
import type { Graph } from '../../graphs/graph.ts';
import { reuse } from '../../graphs/same.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { sketch } from '../support/sketch.ts';

const KEY = 'b'.repeat(64);
const change = (graph: Graph, ...changes: Change[]) =>
  changes.reduce((before, next) => applyChange(before, next).graph, graph);
const sweep = () => sketch({ seeds: ['seed-sweep', { first: 1, count: 3 }], more: ['prompt-sweep', { prompts: 'x' }] });
const strikeValues = (struck: boolean, ...values: string[]): Change => ({
  type: 'strikeValues',
  node: 'seeds',
  values,
  struck,
});
const strikeTask = (struck: boolean): Change => ({ type: 'strikeTasks', firstKeys: [KEY], struck });
const colour = (value: number | null): Change => ({ type: 'setColour', node: 'seeds', colour: value });
const read = (text: string) => readGraphFile(text, nodeTypes);

it('[F1] what is struck out and the colours of axes are written and read back', () => {
  const graph = change(sweep(), strikeValues(true, 'number 2', 'number 1'), strikeTask(true), colour(3));
  const loaded = read(writeGraphFile('T', graph));
  expect(loaded.notes).toEqual([]);
  expect(loaded.graph.nodes.seeds).toMatchObject({ struck: ['number 1', 'number 2'], colour: 3 });
  expect(loaded.graph.struck).toEqual({ [KEY]: true });
  expect(reuse(graph, loaded.graph).struck).toBe(graph.struck);
});

it('[F1] however much is struck out, a written file is read again, and nothing comes back to be paid for', () => {
  const firstKeys = Array.from({ length: 100_001 }, (_, i) => i.toString(16).padStart(64, '0'));
  const values = Array.from({ length: 10_001 }, (_, i) => `number ${i}`);
  const graph = change(sweep(), strikeValues(true, ...values), { type: 'strikeTasks', firstKeys, struck: true });
  const loaded = read(writeGraphFile('T', graph));
  expect(loaded.notes).toEqual([]);
  expect(loaded.graph.nodes.seeds!.struck).toHaveLength(values.length);
  expect(Object.keys(loaded.graph.struck!)).toHaveLength(firstKeys.length);
});

it('[F2] only a file with something struck out is kept from an older Editloom, which would make and pay for it', () => {
  const versionOf = (graph: Graph) => (JSON.parse(writeGraphFile('T', graph)) as { version: number }).version;
  expect(versionOf(change(sweep(), colour(2)))).toBe(1);
  expect(versionOf(change(sweep(), strikeTask(true)))).toBe(2);
  expect(versionOf(change(sweep(), strikeValues(true, 'number 1')))).toBe(2);
  expect(versionOf(change(sweep(), strikeTask(true), strikeTask(false)))).toBe(1);
});

it.each([
  ['a colour that there is not', { colour: 8 }, /nodes\.seeds\.colour: .*got 8; it was left out/],
  ['a colour by its name', { colour: 'red' }, /nodes\.seeds\.colour: .*got "red"/],
  ['a struck-out value that is no text', { struck: [1] }, /nodes\.seeds\.struck: .*got \[1\]/],
  ['a struck-out value without end', { struck: ['x'.repeat(301)] }, /nodes\.seeds\.struck/],
])('[F5] %s is left out and told; a placeholder keeps it', (_, extra, message) => {
  const nodes = {
    seeds: { type: 'seed-sweep', position: { x: 0, y: 0 }, ...extra },
    odd: { type: 'of-tomorrow', position: { x: 0, y: 0 }, ...extra },
  };
  const { graph, notes } = read(JSON.stringify({ format: 'editloom-graph', version: 2, nodes }));
  expect(notes[0]).toMatch(message);
  expect(Object.keys(graph.nodes.seeds!)).not.toContain(Object.keys(extra)[0]);
  expect(graph.nodes.odd).toMatchObject(extra);
  expect(whatChanged(change(graph, { type: 'remove', nodes: ['seeds'] }), graph, nodeTypes)).toHaveLength(1);
});

it('[F3] a struck-out cell is named by its key', () => {
  const file = { format: 'editloom-graph', version: 2, nodes: {}, struck: ['not a key'] };
  expect(() => read(JSON.stringify(file))).toThrow(/at struck\.0/);
});

it('[G5] a copied sweep keeps its colour and its struck-out values; single cells are not copied as struck out', () => {
  const graph = change(sweep(), strikeValues(true, 'number 2'), strikeTask(true), colour(3));
  const fragment = readFragment(writeFragment(takeFragment(graph, ['seeds'])), nodeTypes)!;
  expect(fragment.graph.struck).toBeUndefined();
  const paste = pasteFragment(graph, nodeTypes, fragment, { at: { x: 0, y: 0 }, keepIncoming: false });
  expect(paste.nodes[0]).toMatchObject({ struck: ['number 2'], colour: 3 });
});

describe('[R2] what was struck out is told in words', () => {
  const start = change(sweep(), strikeValues(true, 'number 1'), strikeTask(true), colour(1));
  it.each<[Change[], string[]]>([
    [[strikeValues(true, 'number 2')], ['Struck out a value of Seed sweep']],
    [[strikeValues(false, 'number 1')], ['Put back a value of Seed sweep']],
    [
      [strikeValues(true, 'number 2', 'number 3'), strikeValues(false, 'number 1')],
      ['Struck out 2 values of Seed sweep, put back a value of Seed sweep'],
    ],
    [[strikeTask(false)], ['Put back a cell']],
    [[{ type: 'strikeTasks', firstKeys: ['c'.repeat(64)], struck: true }], ['Struck out a cell']],
    [[colour(7)], ['Coloured the axis of Seed sweep']],
    [[strikeValues(false, 'number 1'), strikeValues(true, 'number 1')], []],
  ])('%j', (changes, expected) => {
    expect(whatChanged(start, change(start, ...changes), nodeTypes)).toEqual(expected);
  });
});
