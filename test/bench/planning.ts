import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { applyChange } from '../../graphs/changes.ts';
import { execute } from '../../graphs/execute.ts';
import type { Graph } from '../../graphs/graph.ts';
import { countPlan, type Known, type Lookup } from '../../graphs/known.ts';
import { orderOf } from '../../graphs/order.ts';
import { createPlanner, makePlan, type Plan } from '../../graphs/plan.ts';
import type { Services } from '../../graphs/services.ts';
import { hashOnly, keyTextsOf } from './key-texts.ts';
import { chain, layeredGraph, nodeTypes, sweptChain } from './planning-graph.ts';
import { laboratory } from './planning-laboratory.ts';
import { withBaklava, withRete } from './planning-rivals.ts';
import { median, printTable, race, worked, type Cell } from './report.ts';

const service = 'bench/model';
const rounds = 7;

const graph = layeredGraph();
const nodeCount = Object.keys(graph.nodes).length;
const plan = makePlan(graph, nodeTypes, service);
const everything: Known = { status: 'done', outputs: { image: { sha256: 'b'.repeat(64) } } };
const allMade: Lookup = () => everything;

await cold();
await beside();
replans();
await longChain();
await sweep();
await laboratory();

/** Planning from nothing and executing with everything made, beside a loop that does the least that names all tasks. */
async function cold(): Promise<void> {
  const texts = keyTextsOf(plan).flat();
  const order = orderOf(graph);
  const bytes = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length);
  const times = await race(
    [
      { name: 'bare', run: () => bareLoop(order, texts) },
      { name: 'ours', run: () => executeAll(makePlan(graph, nodeTypes, service)) },
      { name: 'plan', run: () => makePlan(graph, nodeTypes, service) },
      { name: 'execute', run: () => executeAll(plan) },
      { name: 'count', run: () => countPlan(plan, allMade) },
      { name: 'order', run: () => orderOf(graph) },
    ],
    rounds,
  );
  printTable(
    `Cold: layered random graph, ${nodeCount} nodes, ${Object.keys(graph.edges).length} edges, key texts of ${bytes} bytes`,
    ['', 'ms', 'µs per node', '× bare loop'],
    [
      ['bare loop: topological walk + SHA-256 of the same bytes', 'bare'],
      ['Editloom: plan + execute, everything made (goal 2)', 'ours'],
      ['  plan alone', 'plan'],
      ['    order alone', 'order'],
      ['  execute alone', 'execute'],
      ['count for the Run button (not in the sum)', 'count'],
    ].map(([title, name]) => rowOf(title!, times.get(name!)!, nodeCount, times.get('bare')!)),
  );
}

/** Other engines, which work with a small sum per node. The smaller graph is for the one that orders in quadratic time. */
async function beside(): Promise<void> {
  for (const layers of [20, 100]) {
    const graph = layeredGraph({ layers, edges: layers * 200 });
    const count = layers * 100;
    const plan = makePlan(graph, nodeTypes, service);
    const order = orderOf(graph);
    const texts = keyTextsOf(plan).flat();
    const rivals = [
      { name: 'bare loop', run: () => bareLoop(order, texts) },
      { name: 'Editloom', run: () => executeAll(makePlan(graph, nodeTypes, service)) },
      { name: 'rete-engine', run: await withRete(graph) },
      ...(layers > 20 ? [] : [{ name: '@baklavajs/engine', run: withBaklava(graph) }]),
    ];
    const times = await race(rivals, layers > 20 ? 1 : 3);
    printTable(
      `Beside other engines: layered random graph, ${count} nodes, ${2 * count} edges, all from nothing`,
      ['', 'ms', 'µs per node', '× bare loop'],
      [...times].map(([name, time]) => rowOf(name, time, count, times.get('bare loop')!)),
    );
  }
}

function rowOf(title: string, time: number, count: number, bare: number): Cell[] {
  return [title, time, (time * 1000) / count, time / bare];
}

/** One changed parameter: what depends on it is planned anew, all else stays the same object. */
function replans(): void {
  const rows: Cell[][] = [];
  for (const [title, at] of [
    ['in the last layer', nodeCount - 50],
    ['in the middle', nodeCount / 2],
    ['in the first layer', 50],
  ] as const) {
    const planner = createPlanner(nodeTypes, service);
    let current = graph;
    let last = planner(current);
    const times: number[] = [];
    let touched = 0;
    for (let round = 0; round <= 20; round++) {
      const change = { type: 'setParam', node: `n${at}`, name: 'seed', value: 50_000 + round } as const;
      current = applyChange(current, change).graph;
      globalThis.gc?.();
      const began = worked();
      const next = planner(current);
      if (round > 0) times.push(worked() - began);
      touched = 0;
      for (const [id, planned] of next.nodes) if (planned !== last.nodes.get(id)) touched++;
      last = next;
    }
    const time = median(times) * 1000;
    const each = touched === 1 ? time / (nodeCount - 1) : NaN;
    rows.push([title, time / 1000, touched, dependentsOf(graph, `n${at}`), time / touched, each]);
  }
  printTable(
    'Again after one changed parameter',
    ['node', 'ms', 'planned anew', 'depend on it', 'µs per planned node', 'µs per untouched node (goal 2)'],
    rows,
  );
}

async function longChain(): Promise<void> {
  const rows: Cell[][] = [];
  for (const length of [10_000, 50_000]) {
    const graph = chain(length);
    const times = await race(
      [
        { name: 'plan', run: () => makePlan(graph, nodeTypes, service) },
        { name: 'ours', run: async () => executeAll(makePlan(graph, nodeTypes, service)) },
        { name: 'fresh', run: async () => executeFresh(makePlan(graph, nodeTypes, service)), rounds: 2 },
      ],
      3,
    );
    rows.push([length, ...[...times.values()].flatMap((time) => [time, (time * 1000) / length])]);
  }
  printTable(
    'One chain',
    [
      'nodes',
      'plan ms',
      'µs per node',
      '+ execute, all made ms',
      'µs per node',
      '+ execute, none made ms',
      'µs per node',
    ],
    rows,
  );
}

async function sweep(): Promise<void> {
  const swept = sweptChain();
  const planned = makePlan(swept, nodeTypes, service);
  const texts = keyTextsOf(planned);
  const tasks = texts.flat().length;
  const times = await race(
    [
      { name: 'bare', run: hashOnly(texts) },
      { name: 'plan', run: () => makePlan(swept, nodeTypes, service) },
      { name: 'execute', run: () => executeAll(planned) },
      { name: 'count', run: () => countPlan(planned, allMade) },
      { name: 'fresh', run: () => executeFresh(planned), rounds: 2 },
    ],
    5,
  );
  printTable(
    `Sweep: 100 prompts × 100 seeds through three edits, ${tasks} tasks`,
    ['', 'ms', 'µs per task', '× hashing'],
    [
      ['the least hashing that names them', 'bare'],
      ['plan', 'plan'],
      ['execute, everything made', 'execute'],
      ['count', 'count'],
      ['execute, every edit asked for (answered at once)', 'fresh'],
    ].map(([title, name]) => rowOf(title!, times.get(name!)!, tasks, times.get('bare')!)),
  );
}

/** The least that could name every task: Kahn's order, then one hash of the right length per node. */
function bareLoop({ sources, ids }: ReturnType<typeof orderOf>, texts: readonly string[]): string {
  const waits = sources.map((list) => list.length);
  const feeds: number[][] = ids.map(() => []);
  sources.forEach((list, to) => list.forEach(({ from }) => feeds[from]!.push(to)));
  const order: number[] = [];
  waits.forEach((count, i) => count === 0 && order.push(i));
  let key = '';
  for (let i = 0; i < order.length; i++) {
    key = bytesToHex(sha256(utf8ToBytes(texts[order[i]!]!)));
    for (const to of feeds[order[i]!]!) if (--waits[to]! === 0) order.push(to);
  }
  if (order.length !== ids.length) throw new Error('The walk left nodes out');
  return key;
}

function dependentsOf(graph: Graph, start: string): number {
  const found = new Set([start]);
  // Edges lead from layer to layer, and were made in any order: look until nothing is new.
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { from, to } of Object.values(graph.edges)) if (found.has(from.node)) found.add(to.node);
  }
  return found.size;
}

async function executeAll(plan: Plan): Promise<void> {
  let asked = 0;
  const services = answeringServices(() => asked++);
  await execute({ plan, services, lookup: allMade, emit: () => {}, signal: new AbortController().signal, limit: 4 });
  if (asked > 0) throw new Error(`${asked} edits were asked for that were made`);
}

async function executeFresh(plan: Plan): Promise<void> {
  let asked = 0;
  const services = answeringServices(() => asked++);
  const signal = new AbortController().signal;
  await execute({ plan, services, lookup: () => undefined, emit: () => {}, signal, limit: 4 });
  if (asked === 0) throw new Error('No edit was asked for');
}

/** An edit service that takes no time: what is left is our own. */
function answeringServices(onEdit: () => void): Services {
  const image = { sha256: 'c'.repeat(64), width: 1, height: 1, mediaType: 'image/png', bytes: 1 } as const;
  return {
    edits: {
      edit: () => {
        onEdit();
        return Promise.resolve({ outputs: { image }, known: { status: 'done', outputs: { image } } });
      },
    },
    outputs: {
      save: () => Promise.reject(new Error('Nothing is saved here')),
      saveSheet: () => Promise.reject(new Error('Nothing is saved here')),
    },
    cache: { lookUp: () => Promise.resolve(new Map()) },
  };
}
