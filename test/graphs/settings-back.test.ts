import { describe, expect, it } from 'vitest';
import { emptyGraph, type Graph } from '../../graphs/graph.ts';
import { makePlan } from '../../graphs/plan.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import { partOf, settingsBack, valuesBack } from '../../graphs/settings-back.ts';
import { keyOfTake } from '../../graphs/takes.ts';
import { whatDiffers } from '../../graphs/what-differs.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { chain, picture, sketch } from '../support/sketch.ts';

const planOf = (graph: Graph) => makePlan(graph, nodeTypes, 'offline/1/model');
const keyOf = (graph: Graph, node: string) => planOf(graph).nodes.get(node)?.tasks[0]?.key;
const firstKeysOf = (graph: Graph) =>
  [...planOf(graph).nodes.values()].flatMap(({ tasks }) => tasks.flatMap(({ firstKey }) => firstKey ?? []));

describe('[V6] putting the settings of a picture back', () => {
  it('gives its node the key again, and leaves all else as it is', () => {
    const now = chain();
    const edited: Graph = {
      ...now,
      nodes: {
        ...now.nodes,
        a: { ...now.nodes.a!, params: { prompt: 'other', seed: 8 }, title: 'Mine', position: { x: 7, y: 8 } },
        save: { ...now.nodes.save!, params: { name: 'new name' } },
      },
    };
    const back = settingsBack(edited, chain(), 'b');
    expect(keyOf(back, 'b')).toBe(keyOf(chain(), 'b'));
    expect(back.nodes.a).toMatchObject({ title: 'Mine', position: { x: 7, y: 8 } });
    expect(back.nodes.save).toBe(edited.nodes.save);
    expect(back.nodes.photo).toBe(edited.nodes.photo);
  });

  it('brings back nodes and edges that are gone, and takes away edges that were not there', () => {
    const now = sketch(
      {
        photo: ['load-image', { picture: picture() }],
        words: ['prompt', { text: 'other' }],
        b: ['edit', { prompt: 'make it black and white', seed: 2 }],
      },
      'photo.image > b.image',
      'words.text > b.prompt',
    );
    const back = settingsBack(now, chain(), 'b');
    expect(keyOf(back, 'b')).toBe(keyOf(chain(), 'b'));
    expect(Object.keys(back.nodes).sort()).toEqual(['a', 'b', 'photo', 'words']);
    expect(Object.keys(back.edges).sort()).toEqual(['a.image', 'b.image']);
  });

  it('puts the takes back that were shown then', () => {
    const firstKey = planOf(chain()).nodes.get('a')!.tasks[0]!.firstKey!;
    const third = { ...chain(), takes: { [firstKey]: 3 } };
    expect(settingsBack(third, chain(), 'b', firstKeysOf(chain())).takes).toEqual({});
    expect(keyOf(settingsBack(chain(), third, 'b', firstKeysOf(third)), 'b')).toBe(keyOf(third, 'b'));
  });

  it('changes nothing where nothing differs, or where the node was not there', () => {
    const now = chain();
    expect(settingsBack(now, chain(), 'b', firstKeysOf(now))).toBe(now);
    expect(settingsBack(now, emptyGraph, 'b')).toBe(now);
  });

  it('does not keep an edge out of a node that becomes another type', () => {
    const now = sketch({ a: ['prompt', { text: 'x' }], c: ['edit', {}] }, 'a.text > c.prompt');
    const back = settingsBack(now, chain(), 'b');
    expect(Object.keys(back.edges).sort()).toEqual(['a.image', 'b.image']);
  });

  it('puts single values back where the graph of then is not known, in place of what is connected', () => {
    const now = sketch(
      { words: ['prompt', { text: 'other' }], b: ['edit', { prompt: '', seed: 2 }] },
      'words.text > b.prompt',
    );
    const back = valuesBack(now, 'b', { prompt: 'sepia', seed: 2 });
    expect(back.nodes.b!.params).toEqual({ prompt: 'sepia', seed: 2 });
    expect(back.edges).toEqual({});
    expect(valuesBack(now, 'gone', { seed: 1 })).toBe(now);
  });
});

it('[P3] the part of a graph that a node depends on gives it the same keys', () => {
  const part = partOf(chain(), 'b');
  expect(Object.keys(part.nodes)).toEqual(['photo', 'a', 'b']);
  expect(keyOf(part, 'b')).toBe(keyOf(chain(), 'b'));
});

describe('[K6] the key of another take', () => {
  it('is the one that the plan gives once that take is shown', () => {
    const plan = planOf(chain());
    const task = plan.nodes.get('b')!.tasks[0]!;
    const third = { ...chain(), takes: { [task.firstKey!]: 3 } };
    expect(keyOfTake(plan, task, 3)).toBe(keyOf(third, 'b'));
    expect(keyOfTake(plan, task, 1)).toBe(task.firstKey);
  });

  it('follows a swept seed, and is unknown for a node that makes nothing', () => {
    const graph = sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { first: 4, count: 2 }],
        b: ['edit', { prompt: 'x' }],
      },
      'photo.image > b.image',
      'seeds.seed > b.seed',
    );
    const plan = planOf(graph);
    const task = plan.nodes.get('b')!.tasks[1]!;
    expect(keyOfTake(plan, task, 1)).toBe(task.firstKey);
    expect(keyOfTake(plan, plan.nodes.get('seeds')!.tasks[0]!, 2)).toBeNull();
  });
});

describe('[V1, V5, V6] a picture behind a choice', () => {
  const chosen = (picked: string[]): Graph =>
    sketch(
      {
        photo: ['load-image', { picture: picture() }],
        seeds: ['seed-sweep', { first: 4, count: 3 }],
        a: ['edit', { prompt: 'x' }],
        pick: ['pick', { choices: { all: { picked, at: 1 } } }],
        b: ['edit', { prompt: 'y' }],
      },
      'photo.image > a.image',
      'seeds.seed > a.seed',
      'a.image > pick.image',
      'pick.image > b.image',
    );
  const candidates = planOf(chosen([]))
    .nodes.get('a')!
    .tasks.map(({ key }) => key!);
  const of = (picked: string) => chosen([picked]);
  const madeBy = (graph: Graph) => {
    const plan = planOf(graph);
    return provenanceOf(plan, plan.nodes.get('b')!.tasks[0]!, () => undefined);
  };

  it('has the chain of what was chosen, and no other', () => {
    expect(madeBy(of(candidates[1]!)).steps.map(({ values }) => values.seed ?? values.prompt)).toEqual([5, 1]);
  });

  it('differs in what was chosen, and leads back to it', () => {
    const [was, now] = [of(candidates[0]!), of(candidates[2]!)];
    expect(whatDiffers(madeBy(was), madeBy(now))).toMatchObject([
      { type: 'value', name: 'seed', was: { value: 4 }, now: { value: 6 } },
    ]);
    expect(keyOf(settingsBack(now, was, 'b'), 'b')).toBe(keyOf(was, 'b'));
  });
});
