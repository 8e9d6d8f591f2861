import { applyChange, type Change } from '../../graphs/changes.ts';
import { edgeId, type Edge, type Graph, type GraphNode } from '../../graphs/graph.ts';
import { createCounter } from '../../graphs/counter.ts';
import { countPlan } from '../../graphs/known.ts';
import { createPlanner, makePlan, type Plan } from '../../graphs/plan.ts';
import { nodeTypes } from '../../nodes/index.ts';
import { hashOnly, keyTextsOf } from './key-texts.ts';
import { median, printTable, race, worked, type Cell } from './report.ts';

const service = 'bench/model';
const rounds = 5;

/** Plans of sweeps with strikes, picks and lists beside the same without, and what one change costs in a usual graph. */
export async function laboratory(): Promise<void> {
  const plain = labGraph({ prompts: 100, seeds: 100 });
  const first = makePlan(plain, nodeTypes, service);
  const graphs: [string, Graph][] = [
    ['as it is', plain],
    ['10 seeds and 500 cells struck out', struckOut(plain, first)],
    ['+ a pick of one seed for each prompt, chosen, and an edit behind it', chosen(withPick(plain))],
    ['+ the same, nothing chosen yet', withPick(plain)],
    ['+ a list of all 10,000', withList(plain)],
  ];
  const rows: Cell[][] = [];
  for (const [title, graph] of graphs) {
    const plan = makePlan(graph, nodeTypes, service);
    if (plan.errors.length > 0) throw new Error(plan.errors[0]!.message);
    const times = await race(
      [
        { name: 'hash', run: hashOnly(keyTextsOf(plan)) },
        { name: 'plan', run: () => makePlan(graph, nodeTypes, service) },
        { name: 'count', run: () => countPlan(plan, () => undefined) },
      ],
      rounds,
    );
    const [hash, time, count] = ['hash', 'plan', 'count'].map((name) => times.get(name)!);
    rows.push([title, plan.taskCount, time!, hash!, ((time! - hash!) * 1000) / plan.taskCount, count!]);
  }
  printTable(
    'Laboratory: 100 prompts × 100 seeds, 10,000 cells behind a chain of three edits',
    ['', 'tasks', 'plan ms', 'the least hashing ms', 'µs per task above hashing', 'count ms'],
    rows,
  );
  changes();
}

/** One change in a graph of about a thousand tasks; a frame has 16 ms. */
function changes(): void {
  const graph = chosen(withPick(labGraph({ prompts: 16, seeds: 20 })));
  const plan = makePlan(graph, nodeTypes, service);
  const cell = plan.nodes.get('c')!.tasks[7]!.firstKey!;
  const kinds: [string, (round: number) => Change][] = [
    ['a letter in the prompt of the last edit', (n) => setParam('c', 'prompt', `b ${n}`)],
    ['a letter in the prompt of the first edit', (n) => setParam('a', 'negative_prompt', `b ${n}`)],
    ['a letter in the prompt sweep', (n) => setParam('prompts', 'prompts', `${promptsOf(15)}\nlast ${n}`)],
    ['a cell struck out', (n) => ({ type: 'strikeTasks', firstKeys: [cell], struck: n % 2 === 0 })],
    ['a row struck out', (n) => ({ type: 'strikeValues', node: 'seeds', values: ['number 3'], struck: n % 2 === 0 })],
    [
      'another one picked',
      (n) => ({ type: 'setParam', node: 'pick', name: 'choices', value: choicesOf(graph, n % 20) }),
    ],
  ];
  const rows = kinds.map(([title, change]): Cell[] => {
    const planner = createPlanner(nodeTypes, service);
    let current = graph;
    planner(current);
    const times: number[] = [];
    const counts: number[] = [];
    for (let round = 0; round <= 40; round++) {
      const what = change(round);
      const began = worked();
      current = applyChange(current, what).graph;
      const now = planner(current);
      const planned = worked();
      createCounter(now, () => undefined);
      if (round === 0) continue;
      times.push(planned - began);
      counts.push(worked() - planned);
    }
    return [title, median(times), Math.max(...times), median(counts)];
  });
  printTable(
    `Laboratory: one change in a graph of ${plan.taskCount} tasks, from the key to the plan (a frame: 16 ms)`,
    ['', 'ms', 'worst', 'count ms'],
    rows,
  );
}

const setParam = (node: string, name: string, value: unknown): Change => ({ type: 'setParam', node, name, value });

function labGraph({ prompts, seeds }: { prompts: number; seeds: number }): Graph {
  const picture = { sha256: 'a'.repeat(64), width: 64, height: 48, mediaType: 'image/png', bytes: 1000, name: 'a.png' };
  return graphOf(
    {
      load: ['load-image', { picture }],
      prompts: ['prompt-sweep', { prompts: promptsOf(prompts) }],
      seeds: ['seed-sweep', { first: 1, count: seeds }],
      a: ['edit', {}],
      b: ['edit', { prompt: 'make it black and white' }],
      c: ['edit', { prompt: 'make it warmer' }],
    },
    [
      'load.image > a.image',
      'prompts.text > a.prompt',
      'seeds.seed > a.seed',
      'a.image > b.image',
      'b.image > c.image',
    ],
  );
}

function promptsOf(count: number): string {
  return Array.from({ length: count }, (_, i) => `change the background to colour number ${i}`).join('\n');
}

function graphOf(nodes: Record<string, [string, Record<string, unknown>]>, edges: readonly string[]): Graph {
  const drawn = edges.map((text): Edge => {
    const [from, to] = text.split(' > ').map((end) => {
      const [node, port] = end.split('.');
      return { node: node!, port: port! };
    });
    return { id: edgeId(to!), from: from!, to: to! };
  });
  return {
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, [type, params]]): [string, GraphNode] => [
        id,
        { id, type, version: 1, position: { x: 0, y: 0 }, params },
      ]),
    ),
    edges: Object.fromEntries(drawn.map((edge) => [edge.id, edge])),
    takes: {},
  };
}

function added(graph: Graph, nodes: Parameters<typeof graphOf>[0], edges: readonly string[]): Graph {
  const more = graphOf(nodes, edges);
  return { ...graph, nodes: { ...graph.nodes, ...more.nodes }, edges: { ...graph.edges, ...more.edges } };
}

function struckOut(graph: Graph, plan: Plan): Graph {
  const values = Array.from({ length: 10 }, (_, i) => `number ${1 + 7 * i}`);
  const cells = plan.nodes.get('c')!.tasks.filter(({ index }) => index % 20 === 0);
  const changes: Change[] = [
    { type: 'strikeValues', node: 'seeds', values, struck: true },
    { type: 'strikeTasks', firstKeys: cells.map(({ firstKey }) => firstKey!), struck: true },
  ];
  return changes.reduce((before, change) => applyChange(before, change).graph, graph);
}

function withPick(graph: Graph): Graph {
  return added(graph, { pick: ['pick', { over: ['seeds'], count: 1, choices: {} }], d: ['edit', { prompt: 'd' }] }, [
    'c.image > pick.image',
    'pick.image > d.image',
  ]);
}

function withList(graph: Graph): Graph {
  return added(graph, { collect: ['collect', { over: [] }] }, ['c.image > collect.image']);
}

function chosen(graph: Graph): Graph {
  return applyChange(graph, setParam('pick', 'choices', choicesOf(graph, 3))).graph;
}

/** For each prompt the picture of this seed. */
function choicesOf(graph: Graph, seed: number): Record<string, { picked: string[]; at: number }> {
  const { tasks, axes } = makePlan(graph, nodeTypes, service).nodes.get('c')!;
  const [prompts, seeds] = axes;
  return Object.fromEntries(
    prompts!.members[0]!.values.map((value, row) => [
      `string ${String(value)}`,
      { picked: [tasks[row * seeds!.length + seed]!.key!], at: 1 },
    ]),
  );
}
