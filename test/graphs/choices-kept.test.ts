import { expect, it } from 'vitest';
import { choose as chooseIn, pickRowsOf, type PickRow } from '../../app/pick/pick-rows.ts';
import { applyChange, type Change } from '../../graphs/changes.ts';
import { readGraphFile, writeGraphFile } from '../../graphs/file.ts';
import { pasteFragment, readFragment, takeFragment, writeFragment } from '../../graphs/fragment.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Choices } from '../../graphs/node-type.ts';
import { makePlan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Graph) => makePlan(graph, nodeTypes, 'test');
const choose = (graph: Graph, node: string, choices: Record<string, unknown>): Graph =>
  applyChange(graph, { type: 'setParam', node, name: 'choices', value: choices }).graph;
const chosenBehind = (graph: Graph, node: string) =>
  planOf(graph)
    .nodes.get(node)!
    .tasks.map(({ gathered, forwards }) => gathered!.indexOf(forwards?.image as never));

/** As many edits one after the other, each with a prompt of its own from a sweep: so many axes stay at the pick. */
function manyAxes(count: number): Graph {
  const numbers = Array.from({ length: count }, (_, i) => i);
  return sketch(
    {
      photo: ['load-image', { picture: picture() }],
      seeds: ['seed-sweep', { first: 1, count: 3 }],
      ...Object.fromEntries(
        numbers.map((i) => [`p${i}`, ['prompt-sweep', { prompts: `${String(i).padStart(110, 'x')}` }] as const]),
      ),
      ...Object.fromEntries(numbers.map((i) => [`e${i}`, ['edit', {}] as const])),
      pick: ['pick', { over: ['seeds'] }],
    },
    'photo.image > e0.image',
    'seeds.seed > e0.seed',
    ...numbers.map((i) => `p${i}.text > e${i}.prompt`),
    ...numbers.slice(1).map((i) => `e${i - 1}.image > e${i}.image`),
    `e${count - 1}.image > pick.image`,
  );
}

/** The name that a point with these values had before long names were shortened. */
const wholeName = (count: number) =>
  Array.from({ length: count }, (_, i) => [`p${i}`, `string ${String(i).padStart(110, 'x')}`] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, name]) => name)
    .join(' | ');

it.each([3, 17, 40])('[S7, F1] the choice at a point of %i long prompts outlives the file', (count) => {
  const graph = manyAxes(count);
  const [row] = pickRowsOf(planOf(graph), graph.nodes.pick!);
  const chosen = choose(graph, 'pick', { [row!.name]: { picked: [row!.candidates[1]!.id], at: 1 } });
  expect(chosenBehind(chosen, 'pick')).toEqual([1]);
  const read = readGraphFile(writeGraphFile('Long', chosen), nodeTypes);
  expect(read.notes).toEqual([]);
  expect(chosenBehind(read.graph, 'pick')).toEqual([1]);
});

it.each([3, 17, 40])(
  '[S7] a choice that an older Editloom kept under the whole name of %i prompts is found',
  (count) => {
    const graph = manyAxes(count);
    const [row] = pickRowsOf(planOf(graph), graph.nodes.pick!);
    const old = choose(graph, 'pick', { [wholeName(count)]: { picked: [row!.candidates[2]!.id], at: 7 } });
    const { graph: read, notes } = readGraphFile(writeGraphFile('Old', old), nodeTypes);
    expect(notes).toEqual([]);
    expect(chosenBehind(read, 'pick')).toEqual([2]);
    expect(pickRowsOf(planOf(read), read.nodes.pick!)).toMatchObject([{ at: 7, gone: 0 }]);
  },
);

/** Two prompt sweeps whose copies stand in another order by name, and a choice at each point of both. */
function twoPrompts(): Graph {
  const graph = sketch(
    {
      photo: ['load-image', { picture: picture() }],
      promptsweep9: ['prompt-sweep', { prompts: 'red\nblue' }],
      promptsweep10: ['prompt-sweep', { prompts: 'red\nblue' }],
      seeds: ['seed-sweep', { first: 1, count: 2 }],
      a: ['edit', {}],
      b: ['edit', { seed: 1 }],
      pick: ['pick', { over: ['seeds'] }],
    },
    'photo.image > a.image',
    'promptsweep9.text > a.prompt',
    'seeds.seed > a.seed',
    'a.image > b.image',
    'promptsweep10.text > b.prompt',
    'b.image > pick.image',
  );
  const rows = pickRowsOf(planOf(graph), graph.nodes.pick!);
  expect(rows).toHaveLength(4);
  return choose(
    graph,
    'pick',
    Object.fromEntries(
      rows.map(({ name, candidates }, i) => [name, { picked: [candidates[i % 3 ? 1 : 0]!.id], at: 1 }]),
    ),
  );
}

const paste = (graph: Graph, ids: readonly string[], onto: Graph = graph) => {
  const fragment = readFragment(writeFragment(takeFragment(graph, ids)), nodeTypes)!;
  const change: Change = pasteFragment(onto, nodeTypes, fragment, { at: { x: 0, y: 900 }, keepIncoming: true });
  return applyChange(onto, change).graph;
};

it.each([
  ['all of it', Object.keys(twoPrompts().nodes)],
  ['the sweep before the first edit stays', ['promptsweep10', 'a', 'b', 'pick']],
  ['the sweep before the second edit stays', ['promptsweep9', 'a', 'b', 'pick', 'seeds']],
  ['both sweeps stay', ['a', 'b', 'pick']],
  ['the pick alone', ['pick']],
])('[S7, G5] a copied pick has the choices of the original: %s', (_, ids) => {
  const graph = twoPrompts();
  expect(chosenBehind(graph, 'pick')).toEqual([0, 1, 1, 0]);
  const once = paste(graph, ids);
  expect(chosenBehind(once, 'pick1')).toEqual([0, 1, 1, 0]);
  expect(planOf(once).picks).toEqual([]);
  const copies = Object.keys(once.nodes).filter((id) => !(id in graph.nodes));
  const twice = paste(once, copies);
  expect(chosenBehind(twice, 'pick2')).toEqual([0, 1, 1, 0]);
});

it('[S7, G5] a copy of linked sweeps has the choices as well', () => {
  const before = twoPrompts();
  const graph = applyChange(before, {
    type: 'add',
    nodes: [{ ...before.nodes.promptsweep9!, id: 'promptsweep8', link: 'x' }],
    edges: [
      {
        id: 'b.negative_prompt',
        from: { node: 'promptsweep8', port: 'text' },
        to: { node: 'b', port: 'negative_prompt' },
      },
    ],
  }).graph;
  const linked = applyChange(graph, { type: 'link', nodes: ['promptsweep8', 'promptsweep10'], link: 'x' }).graph;
  const [, row] = pickRowsOf(planOf(linked), linked.nodes.pick!);
  const chosen = choose(linked, 'pick', { [row!.name]: { picked: [row!.candidates[1]!.id], at: 1 } });
  expect(chosenBehind(chosen, 'pick')).toEqual([-1, 1, -1, -1]);
  const copy = paste(chosen, Object.keys(chosen.nodes));
  expect(chosenBehind(copy, 'pick1')).toEqual([-1, 1, -1, -1]);
});

/** Two sweeps stay at the pick; `other` is linked with the second one and does not come to it. */
const linking = sketch(
  {
    photo: ['load-image', { picture: picture() }],
    a: ['prompt-sweep', { prompts: 'red\nblue' }],
    b: ['prompt-sweep', { prompts: 'noise\nblur' }],
    other: ['seed-sweep', { first: 1, count: 2 }],
    modes: ['switch-sweep', {}],
    edit: ['edit', {}],
    pick: ['pick', { over: ['modes'] }],
  },
  'photo.image > edit.image',
  'a.text > edit.prompt',
  'b.text > edit.negative_prompt',
  'modes.on > edit.enable_thinking_mode',
  'edit.image > pick.image',
);
const linked = (graph: Graph) =>
  applyChange(graph, { type: 'link', nodes: ['b', 'other'], link: 'z' } satisfies Change).graph;
const chosenIn = (graph: Graph, nameOf: (name: string) => string = (name) => name) =>
  choose(
    graph,
    'pick',
    Object.fromEntries(
      pickRowsOf(planOf(graph), graph.nodes.pick!).map(({ name, candidates }, i) => [
        nameOf(name),
        { picked: [candidates[i % 3 ? 1 : 0]!.id], at: 1 },
      ]),
    ),
  );

it('[S7] linking a sweep with one that does not come to the pick keeps the choices, and so does taking the link away', () => {
  const graph = chosenIn(linking);
  expect(chosenBehind(graph, 'pick')).toEqual([0, 1, 1, 0]);
  expect(chosenBehind(linked(graph), 'pick')).toEqual([0, 1, 1, 0]);
  const { graph: apart } = applyChange(linked(graph), { type: 'link', nodes: ['b'], link: null });
  expect(chosenBehind(apart, 'pick')).toEqual([0, 1, 1, 0]);
});

it('[S7] choices of an older Editloom, which named linked sweeps first, are found; a new one takes the place of its own', () => {
  const graph = chosenIn(linked(linking), (name) => name.split(' | ').toReversed().join(' | '));
  expect(chosenBehind(graph, 'pick')).toEqual([0, 1, 1, 0]);
  const rows = pickRowsOf(planOf(graph), graph.nodes.pick!);
  expect(rows.map(({ gone }) => gone)).toEqual([0, 0, 0, 0]);
  const choices = graph.nodes.pick!.params.choices as Choices;
  const again = pressed(choices, rows[3]!, 1);
  expect(chosenBehind(choose(graph, 'pick', again), 'pick')).toEqual([0, 1, 1, 1]);
  const gone = pressed(choices, rows[3]!, 0);
  expect(chosenBehind(choose(graph, 'pick', gone), 'pick')).toEqual([0, 1, 1, -1]);
});

const pressed = (choices: Choices, row: PickRow, candidate: number) =>
  chooseIn(choices, row, row.candidates[candidate]!.id, 2)!;
