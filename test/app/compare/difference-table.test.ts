import { describe, expect, it } from 'vitest';
import { howMade, type HowMade, type Step } from '../../../app/compare/how-made.ts';
import { alignSteps, isProse, differenceTable, wordMarks } from '../../../app/compare/difference-table.ts';
import type { Graph } from '../../../graphs/graph.ts';
import type { Known } from '../../../graphs/known.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain, picture, sketch } from '../../support/sketch.ts';

const service = 'offline/1/stepx';

function made(graph: Graph, node: string, index = 0, known: Record<string, Known> = {}): HowMade {
  const plan = makePlan(graph, nodeTypes, service);
  const task = plan.nodes.get(node)!.tasks[index]!;
  return howMade({ plan, task, lookup: (key) => known[key], nodeTypes, graph });
}

const swept = sketch(
  {
    photo: ['load-image', { picture: picture() }],
    seeds: ['seed-sweep', { first: 5, count: 2 }],
    prompts: ['prompt-sweep', { prompts: 'make the cup red\nmake the cup blue' }],
    edit: ['edit', { negative_prompt: 'blurry' }],
  },
  'photo.image > edit.image',
  'seeds.seed > edit.seed',
  'prompts.text > edit.prompt',
);

const titles = (groups: ReturnType<typeof differenceTable>['equal']) =>
  groups.map(({ title, rows }) => [title, rows.map((row) => row.title)]);

describe('[V1] what differs in how pictures were made', () => {
  it('is the seed alone between two seeds; all else is equal', () => {
    const { different, equal } = differenceTable([made(swept, 'edit', 0), made(swept, 'edit', 1)]);
    const [first, second] = different[0]!.rows[0]!.values;
    expect(titles(different)).toHaveLength(1);
    expect(different[0]!.rows).toHaveLength(1);
    expect([first, second].map((value) => value?.text)).not.toContain(undefined);
    expect(first).not.toEqual(second);
    expect(titles(equal)).toEqual([
      ['Source', ['Picture']],
      ['Edit', expect.arrayContaining(['Negative prompt', 'Thinking', 'Reflection', 'Format', 'Take', 'Service'])],
    ]);
  });

  it('names prompt and seed where both differ', () => {
    const { different } = differenceTable([made(swept, 'edit', 0), made(swept, 'edit', 3)]);
    expect(different.map(({ title }) => title)).toEqual(['Edit']);
    expect(new Set(different[0]!.rows.map(({ title }) => title))).toEqual(new Set(['Prompt', 'Seed']));
  });

  it('is nothing for a picture and itself', () => {
    expect(differenceTable([made(swept, 'edit'), made(swept, 'edit')]).different).toEqual([]);
  });

  it('names the source picture by its file', () => {
    const other = sketch(
      { photo: ['load-image', { picture: picture('b') }], edit: ['edit', { prompt: 'x', seed: 1 }] },
      'photo.image > edit.image',
    );
    const one = sketch(
      { photo: ['load-image', { picture: picture('a') }], edit: ['edit', { prompt: 'x', seed: 1 }] },
      'photo.image > edit.image',
    );
    expect(differenceTable([made(one, 'edit'), made(other, 'edit')]).different).toEqual([
      {
        title: 'Source',
        rows: [
          {
            title: 'Picture',
            values: [
              { text: 'a.png', sha256: 'a'.repeat(64) },
              { text: 'b.png', sha256: 'b'.repeat(64) },
            ],
          },
        ],
      },
    ]);
  });

  it('is the take between a picture and its repeat', () => {
    const graph = chain();
    const first = makePlan(graph, nodeTypes, service).nodes.get('a')!.tasks[0]!.firstKey!;
    const again = { ...graph, takes: { [first]: 2 } };
    expect(differenceTable([made(graph, 'a'), made(again, 'a')]).different).toEqual([
      { title: 'Edit', rows: [{ title: 'Take', values: [{ text: '1' }, { text: '2' }] }] },
    ]);
  });

  it('is the service that made it, where the one in use now is another', () => {
    const plan = makePlan(chain(), nodeTypes, service);
    const { key } = plan.nodes.get('a')!.tasks[0]!;
    const known: Known = { status: 'done', outputs: {}, making: { service: 'model-api.example/stepx' } };
    const { different } = differenceTable([made(chain(), 'a'), made(chain(), 'a', 0, { [key!]: known })]);
    expect(different).toEqual([
      {
        title: 'Edit',
        rows: [{ title: 'Service', values: [{ text: 'Offline service' }, { text: 'model-api.example' }] }],
      },
    ]);
  });

  it('is a whole step between a picture and the next one of its chain', () => {
    const { different, equal } = differenceTable([made(chain(), 'a'), made(chain(), 'b')]);
    expect(titles(equal).map(([title]) => title)).toEqual(['Source', 'Step 1: Edit']);
    expect(different.map(({ title }) => title)).toEqual(['Step 2: Edit']);
    expect(different[0]!.rows[0]).toEqual({ title: 'Made by', values: [null, { text: 'Edit' }] });
  });

  it('says what the user calls a step, but no name makes a difference', () => {
    const graph = chain();
    const named = { ...graph, nodes: { ...graph.nodes, a: { ...graph.nodes.a!, title: 'Orange' } } };
    const { different, equal } = differenceTable([made(graph, 'a'), made(named, 'a')]);
    expect(different).toEqual([]);
    expect(equal.map(({ title }) => title)).toEqual(['Source', 'Edit / Orange']);
  });

  it('is everything between a photograph and what was made of it', () => {
    const { different, equal } = differenceTable([{ source: null, steps: [] }, made(chain(), 'a')]);
    expect(equal).toEqual([]);
    expect(different.map(({ title }) => title)).toEqual(['Source', 'Edit']);
  });
});

describe('steps beside each other', () => {
  const step = (key: string): Step => ({ key, type: 'edit', made: 'Edit', title: 'Edit', facts: [] });
  const keys = (...chains: string[]) =>
    alignSteps(chains.map((chain) => [...chain].map(step))).map((row) => row.map((one) => one?.key ?? '-').join(''));

  it.each([
    [
      ['abc', 'abc'],
      ['aa', 'bb', 'cc'],
    ],
    [
      ['abc', 'axc'],
      ['aa', 'bx', 'cc'],
    ],
    [
      ['ac', 'abc'],
      ['aa', 'cc', '-b'],
    ],
    [
      ['abc', 'c'],
      ['a-', 'b-', 'cc'],
    ],
    [
      ['', 'ab'],
      ['-a', '-b'],
    ],
    [
      ['a', 'ab', 'ab'],
      ['aaa', '-bb'],
    ],
    [
      ['ab', 'ax', 'ay'],
      ['aaa', 'bxy'],
    ],
  ])('%j', (chains, rows) => {
    expect(keys(...chains)).toEqual(rows);
  });
});

describe('words that differ', () => {
  it('are marked on both sides, and what is equal is not', () => {
    expect(wordMarks('make the cup red', 'make the big cup blue')).toEqual({
      a: [
        { text: 'make the cup ', changed: false },
        { text: 'red', changed: true },
      ],
      b: [
        { text: 'make the ', changed: false },
        { text: 'big ', changed: true },
        { text: 'cup ', changed: false },
        { text: 'blue', changed: true },
      ],
    });
  });

  it('give each text back whole', () => {
    const [a, b] = ['Ein roter, kleiner Apfel\nauf dem Tisch.', 'ein grüner Apfel auf\n\ndem Tisch'];
    const marks = wordMarks(a, b);
    expect(marks.a.map(({ text }) => text).join('')).toBe(a);
    expect(marks.b.map(({ text }) => text).join('')).toBe(b);
  });

  it.each([
    ['1234', false],
    ['Offline service', false],
    ['make it red', true],
  ])('"%s": prose %s', (text, prose) => {
    expect(isProse(text)).toBe(prose);
  });
});
