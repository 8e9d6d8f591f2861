import { Editor, Node, NodeInterface, type CalculateFunction } from '@baklavajs/core';
import { DependencyEngine } from '@baklavajs/engine';
import { ClassicPreset, NodeEditor, type GetSchemes } from 'rete';
import { DataflowEngine } from 'rete-engine';
import type { Graph } from '../../graphs/graph.ts';
import { blendPorts } from './planning-graph.ts';

/** Evaluates the graph with the rival once, everything anew. */
export type Rerun = () => Promise<void>;

/** Much less than a key costs, so that the rivals are flattered. */
const combine = (inputs: readonly number[]): number => inputs.reduce((sum, value) => (sum + value) % 1_000_003, 1);

const socket = new ClassicPreset.Socket('image');

class ReteNode extends ClassicPreset.Node {
  data(inputs: Record<string, number[]>): { image: number } {
    return { image: combine(Object.values(inputs).flat()) };
  }
}
type Connection = ClassicPreset.Connection<ClassicPreset.Node, ClassicPreset.Node>;
type Schemes = GetSchemes<ReteNode, Connection>;

export async function withRete(graph: Graph): Promise<Rerun> {
  const editor = new NodeEditor<Schemes>();
  const engine = new DataflowEngine<Schemes>();
  editor.use(engine);
  const nodes = new Map<string, ReteNode>();
  for (const id in graph.nodes) {
    const node = new ReteNode(id);
    for (const port of blendPorts) node.addInput(port, new ClassicPreset.Input(socket));
    node.addOutput('image', new ClassicPreset.Output(socket));
    nodes.set(id, node);
    await editor.addNode(node);
  }
  const ends = new Set(nodes.keys());
  for (const { from, to } of Object.values(graph.edges)) {
    ends.delete(from.node);
    const connection: Connection = new ClassicPreset.Connection<ClassicPreset.Node, ClassicPreset.Node>(
      nodes.get(from.node)!,
      'image',
      nodes.get(to.node)!,
      to.port,
    );
    await editor.addConnection(connection);
  }
  return async () => {
    engine.reset();
    for (const id of ends) await engine.fetch(nodes.get(id)!);
  };
}

class BaklavaNode extends Node<Record<string, number>, { image: number }> {
  override readonly type = 'blend';
  override inputs = Object.fromEntries(blendPorts.map((port) => [port, new NodeInterface(port, 0)]));
  override outputs = { image: new NodeInterface('image', 0) };
  override calculate: CalculateFunction<Record<string, number>, { image: number }> = (inputs) => ({
    image: combine(Object.values(inputs)),
  });
  constructor() {
    super();
    this.initializeIo();
  }
}

export function withBaklava(graph: Graph): Rerun {
  const editor = new Editor();
  editor.registerNodeType(BaklavaNode);
  const nodes = new Map<string, BaklavaNode>();
  for (const id in graph.nodes) nodes.set(id, editor.graph.addNode(new BaklavaNode())!);
  for (const { from, to } of Object.values(graph.edges))
    editor.graph.addConnection(nodes.get(from.node)!.outputs.image, nodes.get(to.node)!.inputs[to.port]!);
  // Made last: it looks for cycles whenever an edge is added.
  const engine = new DependencyEngine<null>(editor);
  return async () => {
    engine.calculateOrder();
    const results = await engine.runOnce(null);
    if (results?.size !== nodes.size) throw new Error(`Baklava made ${results?.size} of ${nodes.size} nodes`);
  };
}
