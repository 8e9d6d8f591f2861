import { describe, expect, it } from 'vitest';
import { candidatesOf, entriesOf, type EarlierGraph } from '../../../app/provenance/history.ts';
import type { Graph } from '../../../graphs/graph.ts';
import type { Known } from '../../../graphs/known.ts';
import { makePlan } from '../../../graphs/plan.ts';
import { nodeTypes } from '../../../nodes/index.ts';
import { chain, picture } from '../../support/sketch.ts';

const SERVICE = 'offline/1/model';
const planOf = (graph: Graph) => makePlan(graph, nodeTypes, SERVICE);
const taskOf = (graph: Graph, node = 'b') => planOf(graph).nodes.get(node)!.tasks[0]!;
const withPrompt = (prompt: string, node = 'b'): Graph => {
  const graph = chain();
  const old = graph.nodes[node]!;
  return { ...graph, nodes: { ...graph.nodes, [node]: { ...old, params: { ...old.params, prompt } } } };
};
const then = (graph: Graph, service: string | null = null): EarlierGraph => ({ graph, service });
const done = (at: number): Known => ({
  status: 'done',
  outputs: { image: picture('d') },
  making: { service: SERVICE, finishedAt: at },
});

function history(now: Graph, earlier: readonly EarlierGraph[], known: Record<string, Known>) {
  const [plan, task] = [planOf(now), taskOf(now)];
  const candidates = candidatesOf({
    graph: now,
    node: 'b',
    plan,
    task,
    earlier,
    nodeTypes,
    isTaken: (key) => key === task.key,
  });
  return entriesOf(candidates, { plan, task }, (key) => known[key]);
}

describe('[V9] the history of a card', () => {
  it('has what was made by earlier settings, newest first, each once, and tells what they were', () => {
    const [red, blue] = [withPrompt('red'), withPrompt('blue')];
    const entries = history(chain(), [then(red), then(blue), then(red), then(chain())], {
      [taskOf(red).key!]: done(100),
      [taskOf(blue).key!]: done(200),
    });
    expect(entries.map(({ key, at }) => [key, at])).toEqual([
      [taskOf(blue).key, 200],
      [taskOf(red).key, 100],
    ]);
    expect(entries[0]!.differences).toMatchObject([{ name: 'prompt', was: { value: 'blue' } }]);
  });

  it('leads back to the very key, earlier settings of what feeds the card included', () => {
    const earlier = withPrompt('something else', 'a');
    const [entry] = history(chain(), [then(earlier)], { [taskOf(earlier).key!]: done(1) });
    const back = entry!.back.type === 'settings' ? entry!.back.graph : chain();
    expect(taskOf(back).key).toBe(taskOf(earlier).key);
  });

  it('leaves out what was never made, is not here any more, or had no such card', () => {
    const failed: Known = { status: 'failed', message: 'No.', again: 'new-take' };
    const lost = withPrompt('lost');
    expect(history(chain(), [then(withPrompt('unmade')), then(lost)], { [taskOf(lost).key!]: failed })).toEqual([]);
    const bare: Graph = { ...chain(), nodes: { photo: chain().nodes.photo! }, edges: {} };
    expect(history(chain(), [then(bare)], {})).toEqual([]);
  });

  it('looks for what another service made by the keys of that service', () => {
    const red = withPrompt('red');
    const key = makePlan(red, nodeTypes, 'api.example/model').nodes.get('b')!.tasks[0]!.key!;
    expect(history(chain(), [then(red, 'api.example/model')], { [key]: done(5) }).map((entry) => entry.key)).toEqual([
      key,
    ]);
  });
});
